import { pollDelaySeconds } from './polling-schedule.ts';
import type { Progress } from './progress.ts';
import { retryDelaySeconds } from './retry-policy.ts';
import type { ErrorClass, StepError, StepRecord } from './step.ts';

/** Where the driver stands with one step. Instants are milliseconds since the epoch on the orchestration's clock. */
export interface StepProgression {
  readonly record: StepRecord;
  /** When the activity is to be called next; undefined once the step has ended. */
  readonly dueAt: number | undefined;
  readonly startedAt: number;
  readonly runningSince: number | undefined;
  readonly resume: string | undefined;
  readonly retries: Readonly<Partial<Record<ErrorClass, number>>>;
  /** What the step gave; only after it succeeded. */
  readonly value: unknown;
}

export interface StepLimits {
  readonly critical: boolean;
  readonly deadlineSeconds: number;
}

/** A step about to be called for the first time. */
export const beginStep = (name: string, now: number): StepProgression => ({
  record: { name, state: 'Running', startedAt: iso(now), attempts: 0, polls: 0 },
  dueAt: now,
  startedAt: now,
  runningSince: undefined,
  resume: undefined,
  retries: {},
  value: undefined,
});

/** Counts a call of the activity: the first and those after an error are attempts, those while Azure works are polls. */
export const countCall = (step: StepProgression): StepProgression => {
  const { record } = step;
  const counted =
    record.attempts > 0 && record.state === 'Running' ? { polls: record.polls + 1 } : { attempts: record.attempts + 1 };
  return { ...step, record: { ...record, ...counted } };
};

/** Decides what follows from what the activity found: the end of the step, or when to call it again. */
export const advanceStep = (
  step: StepProgression,
  progress: Progress<unknown>,
  now: number,
  limits: StepLimits,
): StepProgression => {
  switch (progress.kind) {
    case 'done':
      return succeed(step, progress, now);
    case 'failed':
      return fail(step, progress.error, now);
    case 'running': {
      const runningSince = step.runningSince ?? now;
      const { usualSeconds, pollAfterSeconds, resume, resourceId } = progress;
      const ageSeconds = (now - runningSince) / 1000;
      const delay = pollDelaySeconds({ critical: limits.critical, ageSeconds, usualSeconds, pollAfterSeconds });
      const { error: _, ...record } = step.record;
      const running: StepProgression = {
        ...step,
        runningSince,
        resume: resume ?? step.resume,
        record: { ...record, state: 'Running', ...(resourceId !== undefined && { resourceId }) },
      };
      return wait(running, delay, now, limits);
    }
    case 'retry': {
      const { class: errorClass } = progress.error;
      const retries = step.retries[errorClass] ?? 0;
      const delay = retryDelaySeconds(errorClass, retries, progress.retryAfterSeconds, progress.jitter);
      if (delay === undefined) return fail(step, progress.error, now);
      const retrying: StepProgression = {
        ...step,
        retries: { ...step.retries, [errorClass]: retries + 1 },
        resume: progress.resume ?? step.resume,
        record: { ...step.record, state: 'Retrying', error: progress.error },
      };
      return wait(retrying, delay, now, limits);
    }
  }
};

const wait = (step: StepProgression, delaySeconds: number, now: number, limits: StepLimits): StepProgression => {
  // Whole milliseconds, as a timer has them: one that fired a fraction early would find nothing due, for ever.
  const dueAt = Math.ceil(now + delaySeconds * 1000);
  if (dueAt <= step.startedAt + limits.deadlineSeconds * 1000) return { ...step, dueAt };
  return fail(step, deadlineExceeded(step.record, limits), now);
};

const succeed = (
  step: StepProgression,
  { value, change, changed, resourceId, note }: Extract<Progress<unknown>, { kind: 'done' }>,
  now: number,
): StepProgression => {
  const { error: _, ...record } = step.record;
  return {
    ...step,
    dueAt: undefined,
    value,
    record: {
      ...record,
      state: 'Succeeded',
      endedAt: iso(now),
      change,
      ...(changed?.length && { changed }),
      ...(resourceId !== undefined && { resourceId }),
      ...(note !== undefined && { note }),
    },
  };
};

const fail = (step: StepProgression, error: StepError, now: number): StepProgression => ({
  ...step,
  dueAt: undefined,
  record: { ...step.record, state: 'Failed', endedAt: iso(now), error },
});

const deadlineExceeded = ({ error }: StepRecord, { deadlineSeconds }: StepLimits): StepError => ({
  code: 'StepDeadlineExceeded',
  message: `The step was not done within ${deadlineSeconds / 60} minutes.${
    error ? ` The last error was ${error.code}: ${error.message}` : ' Azure was still at work on it.'
  }`,
  class: 'permanent',
  ...(error?.correlationId !== undefined && { correlationId: error.correlationId }),
  remedy: 'Look at the resource in the Azure portal, then send the same request again: it goes on from what exists.',
});

const iso = (instant: number): string => new Date(instant).toISOString();
