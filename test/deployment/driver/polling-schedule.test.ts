import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pollDelaySeconds } from '../../../src/deployment/driver/polling-schedule.ts';

describe('the wait before the next inspection of an operation that usually takes 100 s', () => {
  it.each([
    ['critical: first at 60 % of the usual time', true, 0, 60],
    ['critical: at 60 % also when it was inspected before', true, 50, 10],
    ['critical: not sooner than after 3 s', true, 58, 3],
    ['critical: every 3 s from then on', true, 60, 3],
    ['critical: every 3 s while 4 % of its age are less', true, 75, 3],
    ['critical: then 4 % of its age', true, 500, 20],
    ['with slack: first at 140 % of the usual time', false, 0, 140],
    ['with slack: not sooner than after 3 s', false, 139, 3],
    ['with slack: every 30 s from then on', false, 140, 30],
    ['with slack: every 30 s while 10 % of its age are less', false, 300, 30],
    ['with slack: then 10 % of its age', false, 500, 50],
  ])('%s', (_, critical, ageSeconds, seconds) => {
    expect(pollDelaySeconds({ critical, ageSeconds, usualSeconds: 100 })).toBeCloseTo(seconds, 6);
  });

  it.each([
    [61, 61],
    [59, 60],
  ])('is %i s by Retry-After, but not shorter than the schedule: %i s', (pollAfterSeconds, seconds) => {
    expect(pollDelaySeconds({ critical: true, ageSeconds: 0, usualSeconds: 100, pollAfterSeconds })).toBe(seconds);
  });
});

it('is never shorter than 3 s nor than Retry-After', () => {
  const seconds = fc.double({ min: 0, max: 10_000, noNaN: true });
  fc.assert(
    fc.property(
      fc.boolean(),
      seconds,
      seconds,
      fc.option(seconds, { nil: undefined }),
      (critical, ageSeconds, usualSeconds, pollAfterSeconds) => {
        const delay = pollDelaySeconds({ critical, ageSeconds, usualSeconds, pollAfterSeconds });
        expect(delay).toBeGreaterThanOrEqual(Math.max(3, pollAfterSeconds ?? 0));
      },
    ),
    { numRuns: 50 },
  );
});

it('never exceeds 4 % of the age (or 3 s) on the critical path, so that the end is seen early', () => {
  fc.assert(
    fc.property(fc.double({ min: 198, max: 3600, noNaN: true }), (ageSeconds) => {
      const delay = pollDelaySeconds({ critical: true, ageSeconds, usualSeconds: 330 });
      expect(delay).toBeLessThanOrEqual(Math.max(3, ageSeconds * 0.04));
    }),
    { numRuns: 50 },
  );
});
