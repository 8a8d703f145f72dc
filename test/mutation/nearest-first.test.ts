import { expect, it } from 'vitest';
import { nearestFirst } from '../../bench/mutation/nearest-first.ts';

it('the tests of a file come first, then those of its room, then the others as they were', () => {
  const tests = ['test/plan/b.test.ts', 'test/steps/z.test.ts', 'test/a.test.ts', 'test/steps/key.test.ts'];
  expect(nearestFirst(tests, 'src/steps/key.ts')).toEqual([
    'test/steps/key.test.ts',
    'test/steps/z.test.ts',
    'test/plan/b.test.ts',
    'test/a.test.ts',
  ]);
});
