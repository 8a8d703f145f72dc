import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelaySeconds } from '../../../src/deployment/driver/retry-policy.ts';
import { errorClasses } from '../../../src/deployment/driver/step.ts';

describe('the wait before a retry', () => {
  // Azure gives no Retry-After: how often is a call retried, and how long does that take in all?
  it.each([
    ['throttle', 100, 30 + 60 + 120 + 240 + 96 * 300, [30, 60]],
    ['transient', 8, 5 + 10 + 20 + 40 + 4 * 60, [5, 10]],
    ['replication', 24, 110 + 14 * 30, [2, 4]],
    ['busy', 30, 30 + 45 + 28 * 60, [30, 45]],
    ['external-limit', 6, 900 + 1800 + 4 * 3600, [900, 1800]],
    ['capacity', 1, 600, [600]],
    ['crash', 3, 5 + 15 + 30, [5, 15]],
    ['permanent', 0, 0, []],
  ] as const)('%s: %i retries that take %i s in all', (errorClass, retries, seconds, first) => {
    const waits: number[] = [];
    for (let wait = retryDelaySeconds(errorClass, 0, undefined); wait !== undefined; ) {
      waits.push(wait);
      wait = retryDelaySeconds(errorClass, waits.length, undefined);
    }
    expect(waits).toHaveLength(retries);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(seconds);
    expect(waits.slice(0, 2)).toEqual(first);
  });

  it.each([
    ['is what a busy service asks for', 'busy', 0, 31, 31],
    ['has a floor for errors that a hasty service would use up', 'busy', 2, 1, 30],
    ['has the floor of each class', 'transient', 0, 0, 5],
    ['is what a throttling service asks for, however short', 'throttle', 0, 2, 2],
    ['grows by a second a retry when a throttling service always says 0', 'throttle', 6, 0, 7],
    ['is an hour at most', 'throttle', 0, 3601, 3600],
  ] as const)('%s', (_, errorClass, retries, retryAfterSeconds, seconds) => {
    expect(retryDelaySeconds(errorClass, retries, retryAfterSeconds)).toBe(seconds);
  });

  it.each([
    [0, 60],
    [0.5, 66],
    [1, 72],
  ])('is stretched by a fifth at most: jitter %f gives %i s instead of 60 s', (jitter, seconds) => {
    expect(retryDelaySeconds('throttle', 1, undefined, jitter)).toBe(seconds);
    expect(retryDelaySeconds('throttle', 0, 60, jitter)).toBe(seconds);
  });

  it('is never shortened, and never longer than an hour', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...errorClasses),
        fc.nat(40),
        fc.option(fc.nat(10_000), { nil: undefined }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (name, retries, retryAfterSeconds, jitter) => {
          const plain = retryDelaySeconds(name, retries, retryAfterSeconds);
          const stretched = retryDelaySeconds(name, retries, retryAfterSeconds, jitter);
          if (plain === undefined) expect(stretched).toBeUndefined();
          else {
            expect(stretched).toBeGreaterThanOrEqual(plain);
            expect(stretched).toBeLessThanOrEqual(Math.min(plain * 1.2 + 1e-9, 3600));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
