import { expect, test } from 'vitest';
import { BehaviourHost } from './behaviour-host.ts';

test('20. HTTP: verbs, HEAD, thrown errors, nothing and texts returned, repeated parameters, cookies, optional parameters', async () => {
  const host = await BehaviourHost.start();
  const get = (path: string, method = 'GET'): Promise<Response> => fetch(`${host.host.url}/api/${path}`, { method });
  const answer = async (path: string, method?: string): Promise<[number, string]> => {
    const response = await get(path, method);
    return [response.status, await response.text()];
  };
  expect(await answer('plain')).toEqual([200, 'plain']);
  expect(await answer('plain', 'PUT')).toEqual([404, '']);
  expect(await answer('plain', 'HEAD')).toEqual([404, '']);
  expect(await answer('throws')).toEqual([500, '']);
  expect(await answer('nothing-returned')).toEqual([204, '']);
  expect(await answer('text-returned')).toEqual([500, '']);
  expect(JSON.parse((await answer('query/ada?a=1&a=2'))[1])).toEqual({ a: '1,2', params: { name: 'ada' } });
  expect(JSON.parse((await answer('query/ada/more'))[1])).toMatchObject({ params: { name: 'ada', extra: 'more' } });
  expect((await get('cookies')).headers.getSetCookie()).toEqual(['kept=2', 'a=1', 'b=2']);
});

test('Extra: of two routes that match, the one of the function whose name comes first wins', async () => {
  const host = await BehaviourHost.start();
  expect(await (await fetch(`${host.host.url}/api/order/literal`)).text()).toBe('a-parameter');
});
