import { describe, expect, it } from 'vitest';
import { flag, shellWord, tagFlags } from '../../../src/deployment/az/az-words.ts';

describe('a value as a word of a shell', () => {
  it.each(['plain', 'AZaz09', 'a_b-c.d:e/f@g=h,i+j', '/subscriptions/s', '203.0.113.7/32', '1'])(
    '%s stays as it is',
    (value) => {
      expect(shellWord(value)).toBe(value);
    },
  );

  it.each([
    ['', "''"],
    ['two words', "'two words'"],
    ['$HOME', "'$HOME'"],
    ['a;b', "'a;b'"],
    ['(a)', "'(a)'"],
    ['"a"', '\'"a"\''],
    ['ends\n', "'ends\n'"],
    ['&starts', "'&starts'"],
    ["it's Joe's", "'it'\\''s Joe'\\''s'"],
  ])('%j is quoted', (value, word) => {
    expect(shellWord(value)).toBe(word);
  });
});

it.each([
  ['name', 'a', '--name a'],
  ['name', 'a b', "--name 'a b'"],
  ['g', 'rg', '-g rg'],
  ['id', 'x', '--id x'],
])('the flag %s with %j is %s', (name, value, text) => {
  expect(flag(name, value)).toBe(text);
});

it.each([
  [[], ''],
  [[['team', 'data']], '--tags team=data'],
  [
    [
      ['team', 'data & more'],
      ['a b', 'c'],
    ],
    "--tags 'team=data & more' 'a b=c'",
  ],
] as const)('the tags %j are %s', (tags, text) => {
  expect(tagFlags(tags)).toBe(text);
});
