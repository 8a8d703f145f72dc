import { expect, it } from 'vitest';
import { criticalPathOf } from '../../../src/deployment/plan/critical-path.ts';

const step = (name: string, usualSeconds: number, ...waitsFor: string[]) => ({ name, usualSeconds, waitsFor });

it('is the longest chain, not the longest step', () => {
  expect(
    criticalPathOf([step('a', 1), step('b', 10, 'a'), step('c', 3, 'a'), step('d', 9, 'c'), step('e', 1, 'b', 'd')]),
  ).toEqual({
    steps: ['a', 'c', 'd', 'e'],
    usualSeconds: 14,
  });
});

it('of steps that take nothing still leads to the end, and of none is empty', () => {
  expect(criticalPathOf([step('a', 0), step('b', 0, 'a')])).toEqual({ steps: ['a'], usualSeconds: 0 });
  expect(criticalPathOf([])).toEqual({ steps: [], usualSeconds: 0 });
});
