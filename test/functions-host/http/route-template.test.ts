import { expect, test } from 'vitest';
import { compileRoute } from '../../../local/functions-host/http/route-template.ts';

const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

test.each<[template: string, path: string, values: Record<string, string> | undefined]>([
  ['api/Items', 'API/items', {}],
  ['api/items', 'api/items/', {}],
  ['api/items', 'api/items/1', undefined],
  ['api/items', 'api//items', undefined],
  ['{a}/{b}', 'x/y', { a: 'x', b: 'y' }],
  ['{a}/{b}', 'x', undefined],
  ['{a}/{b?}', 'x', { a: 'x' }],
  ['{a}/{b=z}', 'x', { a: 'x', b: 'z' }],
  ['{a}/{b:int=5}', 'x/7', { a: 'x', b: '7' }],
  ['{a}/{b:int?}', 'x/seven', undefined],
  ['files/{*rest}', 'files', {}],
  ['files/{*rest}', 'files/a/b%20c', { rest: 'a/b c' }],
  ['files/{*rest=index.html}', 'files', { rest: 'index.html' }],
  ['files/{**rest}', 'files/a/b', { rest: 'a/b' }],
  ['{name}.{extension}', 'a.b.txt', { name: 'a.b', extension: 'txt' }],
  ['{name}.{extension?}', 'plain', { name: 'plain' }],
  ['v{major:int}-{minor}', 'v1-beta', { major: '1', minor: 'beta' }],
  ['v{major:int}', 'vx', undefined],
  ['{x:guid}', id, { x: id }],
  ['{x:guid}', `${id}0`, undefined],
  ['{x:bool}', 'True', { x: 'True' }],
  ['{x:int}', '2147483648', undefined],
  ['{x:long}', '2147483648', { x: '2147483648' }],
  ['{x:int:min(3)}', '2', undefined],
  ['{x:int:min(3)}', '3', { x: '3' }],
  ['{x:range(1,9)}', '10', undefined],
  ['{x:length(3)}', 'abcd', undefined],
  ['{x:length(3,4)}', 'abcd', { x: 'abcd' }],
  ['{x:minlength(2):maxlength(3)}', 'a', undefined],
  ['{x:alpha}', 'abc1', undefined],
  ['{x:datetime}', '2026-01-31', { x: '2026-01-31' }],
  ['{x:double}', '1.5e3', { x: '1.5e3' }],
  ['{x:decimal}', '-1.5', { x: '-1.5' }],
  ['{x:regex(^\\d{{3}}$)}', '123', { x: '123' }],
  ['{x:regex(^\\d{{3}}$)}', '1234', undefined],
  ['{x:regex(^a/b$)}', 'a', undefined],
  ['a.b/{c}', 'aXb/1', undefined],
  ['{a}', '%E4%BD%A0', { a: '你' }],
  ['{a}', '%zz', { a: '%zz' }],
])('%s on %s', (template, path, values) => {
  expect(compileRoute(template)(path)).toEqual(values);
});

test.each([
  ['{x:nope}', "The constraint reference 'nope' could not be resolved to a type."],
  ['{*rest}/more', 'catch-all'],
  ['{open', 'unmatched brace'],
  ['a//b', 'empty segment'],
  ['{x:min(a)}', "needs whole numbers, not 'a'"],
  ['{a/b}', 'malformed'],
])('%s is refused', (template, message) => {
  expect(() => compileRoute(template)).toThrow(message);
});
