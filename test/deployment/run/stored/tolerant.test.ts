import { expect, it } from 'vitest';
import { z } from 'zod';
import { ifReadable, readableOf } from '../../../../src/deployment/run/stored/tolerant.ts';

it('of a list those members are kept that can be read', () => {
  const numbers = readableOf(z.number());
  expect(numbers.parse([1, 'two', 3, null])).toEqual([1, 3]);
  expect(numbers.parse([])).toEqual([]);
  expect(numbers.safeParse(7).success).toBe(false);
});

it.each([
  [7, 7],
  ['seven', undefined],
  [undefined, undefined],
])('a field that is only shown and holds %j shows %j', (stored, shown) => {
  expect(ifReadable(z.number()).parse(stored)).toBe(shown);
});
