import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityResultOf } from '../../../src/deployment/driver/activity-result.ts';
import type { ReconcileResult } from '../../../src/deployment/driver/reconcile-result.ts';
import { type ErrorClass, errorClasses } from '../../../src/deployment/driver/step.ts';
import {
  beginStep,
  callData,
  cancelStep,
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
  it('counts tries and polls apart', () => {
    let step = countCall(beginStep('cluster', 0));
    step = countCall(advanceStep(step, { kind: 'running', usualSeconds: 100 }, 0, LIMITS));
    step = countCall(advanceStep(step, retryOf('transient'), 60_000, LIMITS));
    step = countCall(advanceStep(step, { kind: 'running', usualSeconds: 10 }, 70_000, LIMITS));
    expect(step.record).toMatchObject({ attempts: 2, polls: 2 });
  });

  it('hands back what the activity wants to know at the next call, until it says something new', () => {
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

  it('remembers that a call may have changed something, until it says that one did', () => {
    const wrote = { kind: 'wait', requeueAfterSeconds: 1, wrote: true } as const;
    const done = { kind: 'done', value: 1 } as const;
    const sent = takeReport(beginStep('cluster', 0), wrote, 0, 3600);
    expect(takeReport(sent, { kind: 'wait', requeueAfterSeconds: 1 }, 1000, 3600).record.wrote).toBe(true);
    expect(takeReport(sent, { ...done, change: 'unchanged' }, 1000, 3600).record.wrote).toBe(true);
    expect(takeReport(sent, { ...done, change: 'created' }, 1000, 3600).record).not.toHaveProperty('wrote');
    expect(cancelStep(sent, 1000).record.wrote).toBe(true);
    const refused = { kind: 'failed', error: { code: 'c', message: 'm', class: 'permanent' } } as const;
    expect(takeReport(sent, refused, 1000, 3600).record.wrote).toBe(true);
    expect(takeReport(beginStep('cluster', 0), refused, 0, 3600).record).not.toHaveProperty('wrote');
    expect(takeReport(beginStep('cluster', 0), { ...refused, wrote: true }, 0, 3600).record.wrote).toBe(true);
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

const BUSY = { code: 'Busy', message: 'later', class: 'busy' } as const;

/** A step that has been running for a minute, after an error. */
const underWay = (): StepExecution => {
  const begun = countCall(beginStep('cluster', 1000));
  const retried = takeReport(begun, { kind: 'wait', requeueAfterSeconds: 30, error: BUSY }, 1000, 3600);
  const running = { kind: 'wait', requeueAfterSeconds: 60, resourceId: '/x', note: 'At work.' } as const;
  return takeReport(countCall(retried), running, 31_000, 3600);
};

describe('what is recorded of a step', () => {
  it('at its beginning: due at once, and never tried', () => {
    expect(beginStep('cluster', 1500)).toMatchObject({
      dueAt: 1500,
      startedAt: 1500,
      record: { name: 'cluster', state: 'Running', startedAt: '1970-01-01T00:00:01.500Z', attempts: 0, polls: 0 },
      retries: {},
      failedOperations: {},
    });
  });

  it('while an error is waited for', () => {
    const retried = takeReport(
      beginStep('cluster', 0),
      { kind: 'wait', requeueAfterSeconds: 30, error: BUSY },
      0,
      3600,
    );
    expect(retried).toMatchObject({ dueAt: 30_000, retries: { busy: 1 }, failedOperations: {}, lastError: BUSY });
    expect(retried.record).toMatchObject({ state: 'Retrying', error: BUSY });
  });

  it('while Azure is at work: what it is at work on and no error, until it ends', () => {
    const { record, dueAt, runningSince } = underWay();
    expect({ dueAt, runningSince }).toEqual({ dueAt: 91_000, runningSince: 31_000 });
    expect(record).toStrictEqual({
      name: 'cluster',
      state: 'Running',
      startedAt: '1970-01-01T00:00:01.000Z',
      attempts: 2,
      polls: 0,
      resourceId: '/x',
      note: 'At work.',
    });
  });

  it('keeps the id that an earlier call gave, but no note that it gave', () => {
    const { record } = takeReport(underWay(), { kind: 'wait', requeueAfterSeconds: 1 }, 91_000, 3600);
    expect(record).toMatchObject({ state: 'Running', resourceId: '/x' });
    expect(record).not.toHaveProperty('note');
  });

  it('after it succeeded: what changed and what it gave', () => {
    const done = { kind: 'done', value: { oidc: 'x' }, change: 'updated', changed: ['sku'] } as const;
    const ended = takeReport(underWay(), { ...done, digest: 'sha256:0', note: 'Kept.', resourceId: '/y' }, 91_500, 1);
    expect(ended).toMatchObject({ dueAt: undefined, value: { oidc: 'x' } });
    expect(ended.record).toStrictEqual({
      name: 'cluster',
      state: 'Succeeded',
      startedAt: '1970-01-01T00:00:01.000Z',
      endedAt: '1970-01-01T00:01:31.500Z',
      attempts: 2,
      polls: 0,
      change: 'updated',
      changed: ['sku'],
      resourceId: '/y',
      digest: 'sha256:0',
      note: 'Kept.',
    });
  });

  it.each([undefined, []])('after it succeeded with nothing to say (changed: %j)', (changed) => {
    const ended = takeReport(underWay(), { kind: 'done', value: 1, change: 'unchanged', changed }, 91_000, 3600);
    expect(Object.keys(ended.record).toSorted()).toEqual([
      'attempts',
      'change',
      'endedAt',
      'name',
      'polls',
      'resourceId',
      'startedAt',
      'state',
    ]);
    expect(ended.record.resourceId).toBe('/x');
  });

  it('after it failed', () => {
    const ended = takeReport(underWay(), { kind: 'failed', error: BUSY }, 91_000, 3600);
    expect(ended).toMatchObject({ dueAt: undefined });
    expect(ended.record).toMatchObject({ state: 'Failed', endedAt: '1970-01-01T00:01:31.000Z', error: BUSY });
  });

  it('after it was cancelled: what it was at, without the error that it was waiting for', () => {
    const retried = takeReport(underWay(), { kind: 'wait', requeueAfterSeconds: 1, error: BUSY }, 91_000, 3600);
    const ended = cancelStep(retried, 92_000);
    expect(ended.dueAt).toBeUndefined();
    expect(ended.record).toMatchObject({ state: 'Cancelled', endedAt: '1970-01-01T00:01:32.000Z', resourceId: '/x' });
    expect(ended.record).not.toHaveProperty('error');
  });
});

describe('what is passed to the activity', () => {
  it('at the first call', () => {
    expect(callData(beginStep('cluster', 1000), 1000)).toStrictEqual({
      step: 'cluster',
      ageSeconds: 0,
      retries: {},
      runningSeconds: 0,
    });
  });

  it('at a later one: the age of the step, and of the operation', () => {
    const { retries, ...told } = callData({ ...underWay(), checkpoint: 'sent' }, 91_000);
    expect(told).toStrictEqual({ step: 'cluster', ageSeconds: 90, checkpoint: 'sent', runningSeconds: 60 });
    // The operation runs: errors before it do not count any more.
    expect(retries).toEqual({});
  });

  it('of errors: how many there were in a row, by class', () => {
    const report = (errorClass: ErrorClass) =>
      ({ kind: 'wait', requeueAfterSeconds: 1, error: { ...BUSY, class: errorClass } }) as const;
    const step = (['busy', 'crash', 'busy'] as const).reduce(
      (before, errorClass) => takeReport(before, report(errorClass), 0, 3600),
      beginStep('cluster', 0),
    );
    expect(callData(step, 0).retries).toEqual({ busy: 2, crash: 1 });
  });

  it('of an operation that failed: the next begins anew, its failure counts on', () => {
    const failed = { kind: 'wait', requeueAfterSeconds: 9, error: BUSY, checkpoint: 'failed' } as const;
    const step = takeReport(underWay(), failed, 91_000, 3600);
    expect(callData(step, 100_000)).toMatchObject({ checkpoint: 'failed', runningSeconds: 0, retries: { busy: 1 } });
    const again = takeReport(step, { kind: 'wait', requeueAfterSeconds: 9 }, 100_000, 3600);
    expect(callData(again, 109_000)).toMatchObject({ runningSeconds: 9, retries: { busy: 1 } });
  });

  it('of a call that failed while the operation runs: the operation keeps its age', () => {
    const step = takeReport(underWay(), { kind: 'wait', requeueAfterSeconds: 9, error: BUSY }, 91_000, 3600);
    expect(callData(step, 100_000)).toMatchObject({ runningSeconds: 69, retries: { busy: 1 } });
    expect(step.failedOperations).toEqual({});
  });
});

describe('the deadline', () => {
  const at = (requeueAfterSeconds: number, error?: typeof BUSY & { correlationId?: string; remedy?: string }) =>
    takeReport(beginStep('cluster', 1000), { kind: 'wait', requeueAfterSeconds, error }, 2000, 600);

  it('is not passed by a call in its last second', () => {
    expect(at(599)).toMatchObject({ dueAt: 601_000, record: { state: 'Running' } });
  });

  it('ends a step whose next call would come later', () => {
    expect(at(599.0001)).toMatchObject({
      dueAt: undefined,
      record: {
        state: 'Failed',
        endedAt: '1970-01-01T00:00:02.000Z',
        error: {
          code: 'StepDeadlineExceeded',
          class: 'permanent',
          message: 'The step was not done within 10 minutes. Azure was still at work on it.',
          remedy: expect.stringMatching(/send the same request again/),
        },
      },
    });
    expect(at(600).record.error).not.toHaveProperty('correlationId');
  });

  it('names the last error, its remedy and its correlation id', () => {
    expect(at(600, { ...BUSY, correlationId: 'abc', remedy: 'Wait.' }).record.error).toEqual({
      code: 'StepDeadlineExceeded',
      class: 'permanent',
      message: 'The step was not done within 10 minutes. The last error was Busy: later',
      correlationId: 'abc',
      remedy: 'Wait.',
    });
  });
});

it('a step that is called right when it is due is an attempt after an error, a poll while Azure is at work', () => {
  const begun = countCall(beginStep('cluster', 0));
  expect(begun.record).toMatchObject({ attempts: 1, polls: 0 });
  expect(countCall(begun).record).toMatchObject({ attempts: 1, polls: 1 });
  const retried = takeReport(begun, { kind: 'wait', requeueAfterSeconds: 1, error: BUSY }, 0, 3600);
  expect(countCall(retried).record).toMatchObject({ attempts: 2, polls: 0 });
});
