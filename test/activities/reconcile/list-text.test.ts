import { expect, it } from 'vitest';
import { listText } from '../../../src/activities/reconcile/list-text.ts';

it.each([
  [undefined, undefined],
  [[], undefined],
  [['a'], 'a'],
  [['b', 'a', 'c'], 'a, b, c'],
])('the list %j is compared as %s', (list, text) => {
  expect(listText(list)).toBe(text);
});
