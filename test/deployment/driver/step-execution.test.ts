import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityResultOf } from '../../../src/deployment/driver/activity-result.ts';
import { pollDelaySeconds } from '../../../src/deployment/driver/polling-schedule.ts';
import type { ReconcileResult } from '../../../src/deployment/driver/reconcile-result.ts';
import { retryDelaySeconds } from '../../../src/deployment/driver/retry-policy.ts';
import { type ErrorClass, errorClasses } from '../../../src/deployment/driver/step.ts';
import {
  beginStep,
  callData,
  countCall,
  type StepExecution,
  advanceStep as takeReport,
} from '../../../src/deployment/driver/step-execution.ts';

const LIMITS = { critical: true, deadlineSeconds: 3600 };

/** An activity's progress, reported and taken in as the driver does. */
const advanceStep = (
  step: StepExecution,
  progress: ReconcileResult<unknown>,
  now: number,
  { critical, deadlineSeconds }: typeof LIMITS,
): StepExecution => {
  const call = { input: {}, critical, ...callData(step, now) };
  return takeReport(step, activityResultOf(progress, call, 0), now, deadlineSeconds);
};

const retryError = (errorClass: ErrorClass) =>
  ({ kind: 'retry', error: { code: 'Busy', message: 'later', class: errorClass } }) as const;

const retryOf = (errorClass: ErrorClass): ReconcileResult<unknown> => retryError(errorClass);

/** Drives a step with one answer over and over until it ends; returns how it ended and after how many seconds. */
const driveWith = (answer: ReconcileResult<unknown>, limits = LIMITS) => {
  let step: StepExecution = beginStep('cluster', 0);
  while (step.dueAt !== undefined) {
    const now = step.dueAt;
    step = advanceStep(countCall(step), answer, now, limits);
  }
  return step;
};

describe('a step', () => {
  it('counts tries and looks apart', () => {
    let step = countCall(beginStep('cluster', 0));
    step = countCall(advanceStep(step, { kind: 'running', usualSeconds: 100 }, 0, LIMITS));
    step = countCall(advanceStep(step, retryOf('transient'), 60_000, LIMITS));
    step = countCall(advanceStep(step, { kind: 'running', usualSeconds: 10 }, 70_000, LIMITS));
    expect(step.record).toMatchObject({ attempts: 2, polls: 2 });
  });

  it('hands back what the activity wants to know at the next look, until it says something new', () => {
    let step = advanceStep(beginStep('storage', 0), { kind: 'running', usualSeconds: 10, checkpoint: 'a' }, 0, LIMITS);
    step = advanceStep(step, { kind: 'running', usualSeconds: 10 }, 1000, LIMITS);
    expect(step.checkpoint).toBe('a');
    expect(advanceStep(step, { kind: 'running', usualSeconds: 10, checkpoint: 'b' }, 2000, LIMITS).checkpoint).toBe(
      'b',
    );
  });

  it('is due at a whole millisecond, as timers are: a fraction would be due for ever after', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.double({ min: 1, max: 900, noNaN: true }), (now, usualSeconds) => {
        const step = advanceStep(beginStep('cluster', now), { kind: 'running', usualSeconds }, now, LIMITS);
        expect(Number.isInteger(step.dueAt)).toBe(true);
      }),
    );
  });

  it('forgets an error once it is over', () => {
    const retried = advanceStep(beginStep('registry', 0), retryOf('busy'), 0, LIMITS);
    expect(retried.record.error?.code).toBe('Busy');
    const done = advanceStep(retried, { kind: 'done', value: 1, change: 'created' }, 1000, LIMITS);
    expect(done.record).toMatchObject({ state: 'Succeeded', change: 'created', endedAt: '1970-01-01T00:00:01.000Z' });
    expect(done.record.error).toBeUndefined();
  });

  it('does not run for ever when Azure never ends: its deadline ends it, and says what to do', () => {
    const ended = driveWith({ kind: 'running', usualSeconds: 100 });
    expect(ended.record).toMatchObject({ state: 'Failed', error: { code: 'StepDeadlineExceeded' } });
    expect(ended.record.error?.remedy).toContain('send the same request again');
  });

  it.each(errorClasses)('ends when an error of the class %s never goes away', (errorClass) => {
    const ended = driveWith(retryOf(errorClass), { critical: false, deadlineSeconds: 6 * 3600 });
    expect(ended.record.state).toBe('Failed');
    expect(ended.record.error?.message).toContain('later');
  });

  it('does not begin operations for ever that Azure accepts and then fails', () => {
    let step: StepExecution = beginStep('image', 0);
    for (let turn = 0; step.dueAt !== undefined && turn < 1000; turn++) {
      const failed: ReconcileResult<unknown> = { ...retryError('transient'), checkpoint: '{}' };
      const answer: ReconcileResult<unknown> = turn % 2 ? failed : { kind: 'running', usualSeconds: 1 };
      step = advanceStep(countCall(step), answer, step.dueAt, { critical: false, deadlineSeconds: 6 * 3600 });
    }
    expect(step.record).toMatchObject({ state: 'Failed', error: { code: 'Busy' } });
  });

  it('names the last error when its deadline ends it', () => {
    const limits = { critical: false, deadlineSeconds: 600 };
    let step = advanceStep(beginStep('registry', 0), retryError('busy'), 0, limits);
    while (step.dueAt !== undefined) {
      step = advanceStep(countCall(step), { kind: 'running', usualSeconds: 10 }, step.dueAt, limits);
    }
    expect(step.record.error?.message).toContain('The last error was Busy: later');
  });

  it('does not repeat a permanent error', () => {
    expect(driveWith(retryOf('permanent')).record.attempts).toBe(1);
  });
});

describe('the wait before a retry', () => {
  it("is the service's Retry-After when it gives one", () => {
    expect(retryDelaySeconds('throttle', 0, 7, 0)).toBe(7);
  });

  it('grows with the retries of the same class', () => {
    expect([0, 1, 2].map((retries) => retryDelaySeconds('transient', retries, undefined))).toEqual([5, 10, 20]);
  });

  it('is stretched by at most a fifth, never shortened', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...errorClasses),
        fc.nat(40),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (name, retries, jitter) => {
          const plain = retryDelaySeconds(name, retries, undefined, 0);
          const stretched = retryDelaySeconds(name, retries, undefined, jitter);
          if (plain === undefined) expect(stretched).toBeUndefined();
          else {
            expect(stretched).toBeGreaterThanOrEqual(plain);
            expect(stretched).toBeLessThanOrEqual(Math.min(plain * 1.2, 3600) + 1e-9);
          }
        },
      ),
    );
  });
});

describe('the wait before the next look', () => {
  it('is 60 % of the usual time at first for what the deployment waits for, 140 % for what has slack', () => {
    expect(pollDelaySeconds({ critical: true, ageSeconds: 0, usualSeconds: 330 })).toBe(198);
    expect(pollDelaySeconds({ critical: false, ageSeconds: 0, usualSeconds: 25 })).toBe(35);
  });

  it('then never exceeds 4 % of the age (or 3 s) on the critical path, so that the end is seen early', () => {
    fc.assert(
      fc.property(fc.double({ min: 198, max: 3600, noNaN: true }), (ageSeconds) => {
        const delay = pollDelaySeconds({ critical: true, ageSeconds, usualSeconds: 330 });
        expect(delay).toBeLessThanOrEqual(Math.max(3, ageSeconds * 0.04));
      }),
    );
  });

  it('is never shorter than Azure asks', () => {
    expect(pollDelaySeconds({ critical: true, ageSeconds: 30, usualSeconds: 20, pollAfterSeconds: 17 })).toBe(17);
  });
});
