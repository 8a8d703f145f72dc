import type { ActivityResult, StepCallData } from './activity-result.ts';
import type { RecordedError, StepStatus } from './step.ts';
import { underWayOf } from './under-way.ts';

/** Where the driver stands with one step. Instants are milliseconds since the epoch on the orchestration's clock. */
export interface StepExecution {
  readonly record: StepStatus;
  /** When the activity is to be called next; undefined once the step has ended. */
  readonly dueAt: number | undefined;
  readonly startedAt: number;
  readonly runningSince: number | undefined;
  readonly checkpoint: string | undefined;
  readonly retries: Retries;
  /** How many of them came after operations that Azure had accepted and then failed. */
  readonly failedOperations: Retries;
  /** The last error, also while Azure is at work again. */
  readonly lastError: RecordedError | undefined;
  /** What the step gave; only after it succeeded. */
  readonly value: unknown;
}

/** By class of error. */
type Retries = Readonly<Record<string, number>>;

/** A step about to be called for the first time. */
export const beginStep = (name: string, now: number): StepExecution => ({
  record: { name, state: 'Running', startedAt: iso(now), attempts: 0, polls: 0 },
  dueAt: now,
  startedAt: now,
  runningSince: undefined,
  checkpoint: undefined,
  retries: {},
  failedOperations: {},
  lastError: undefined,
  value: undefined,
});

/** Counts a call of the activity: the first and those after an error are attempts, those while Azure works are polls. */
export const countCall = (step: StepExecution): StepExecution => {
  const { record } = step;
  const isPoll = record.attempts > 0 && record.state === 'Running';
  const counted = isPoll ? { polls: record.polls + 1 } : { attempts: record.attempts + 1 };
  return { ...step, record: { ...record, ...counted } };
};

/** What is passed to the activity at its next call. */
export const callData = (
  { record, startedAt, checkpoint, retries, runningSince }: StepExecution,
  now: number,
): Omit<StepCallData, 'input' | 'critical'> => ({
  step: record.name,
  ageSeconds: (now - startedAt) / 1000,
  ...(checkpoint !== undefined && { checkpoint }),
  retries,
  runningSeconds: (now - (runningSince ?? now)) / 1000,
});

/** Takes in what the activity reported: the end of the step, or when to call it again. */
export const advanceStep = (
  before: StepExecution,
  report: ActivityResult,
  now: number,
  deadlineSeconds: number,
): StepExecution => {
  const wrote = report.kind !== 'done' && report.wrote === true;
  const step = wrote ? { ...before, record: { ...before.record, wrote } } : before;
  switch (report.kind) {
    case 'done':
      return succeed(step, report, now);
    case 'failed':
      return fail(step, report.error, now);
    case 'wait': {
      const waiting = report.error
        ? afterError(step, report.error, report.checkpoint !== undefined)
        : whileRunning(step, report, now);
      const checkpoint = report.checkpoint ?? step.checkpoint;
      return wait({ ...waiting, checkpoint }, report.requeueAfterSeconds, now, deadlineSeconds);
    }
  }
};

const whileRunning = (
  step: StepExecution,
  { resourceId, note }: Extract<ActivityResult, { kind: 'wait' }>,
  now: number,
): StepExecution => {
  const { error: _, note: __, ...record } = step.record;
  return {
    ...step,
    runningSince: step.runningSince ?? now,
    // A call without an error ends a series of errors; but an operation that Azure failed has not got further by running once more.
    retries: step.failedOperations,
    record: {
      ...record,
      state: 'Running',
      ...(resourceId !== undefined && { resourceId }),
      ...(note !== undefined && { note }),
    },
  };
};

/** @param operationFailed - the next call begins a new operation, whose age counts from then. */
const afterError = (step: StepExecution, error: RecordedError, operationFailed: boolean): StepExecution => ({
  ...step,
  retries: oneMore(step.retries, error),
  ...(operationFailed && { failedOperations: oneMore(step.failedOperations, error), runningSince: undefined }),
  lastError: error,
  record: { ...step.record, state: 'Retrying', error },
});

const oneMore = (retries: Retries, error: RecordedError): Retries => ({
  ...retries,
  [error.class]: (retries[error.class] ?? 0) + 1,
});

/** Ends a step that was asked to stop; what Azure has begun is not undone. */
export const cancelStep = (step: StepExecution, now: number): StepExecution => {
  const { error: _, ...record } = step.record;
  // Only an operation that Azure has accepted goes on by itself.
  const underWay = step.runningSince === undefined ? undefined : underWayOf(step.checkpoint);
  return {
    ...step,
    dueAt: undefined,
    record: { ...record, state: 'Cancelled', endedAt: iso(now), ...(underWay && { underWay }) },
  };
};

const wait = (
  step: StepExecution,
  requeueAfterSeconds: number,
  now: number,
  deadlineSeconds: number,
): StepExecution => {
  // Whole milliseconds, as a timer has them: one that fired a fraction early would find nothing due, for ever.
  const dueAt = Math.ceil(now + requeueAfterSeconds * 1000);
  if (dueAt <= step.startedAt + deadlineSeconds * 1000) return { ...step, dueAt };
  return fail(step, deadlineExceeded(step.lastError, deadlineSeconds), now);
};

const succeed = (
  step: StepExecution,
  { value, change, changed, resourceId, digest, note }: Extract<ActivityResult, { kind: 'done' }>,
  now: number,
): StepExecution => {
  const { error: _, note: __, wrote, ...record } = step.record;
  return {
    ...step,
    dueAt: undefined,
    value,
    record: {
      ...record,
      state: 'Succeeded',
      endedAt: iso(now),
      change,
      // What an earlier call sent, and whose answer was lost, may be why nothing was left to do.
      ...(wrote && change === 'unchanged' && { wrote }),
      ...(changed?.length && { changed: [...changed] }),
      ...(resourceId !== undefined && { resourceId }),
      ...(digest !== undefined && { digest }),
      ...(note !== undefined && { note }),
    },
  };
};

const fail = (step: StepExecution, error: RecordedError, now: number): StepExecution => ({
  ...step,
  dueAt: undefined,
  record: { ...step.record, state: 'Failed', endedAt: iso(now), error },
});

const deadlineExceeded = (error: RecordedError | undefined, deadlineSeconds: number): RecordedError => ({
  code: 'StepDeadlineExceeded',
  message: `The step was not done within ${deadlineSeconds / 60} minutes.${
    error ? ` The last error was ${error.code}: ${error.message}` : ' Azure was still at work on it.'
  }`,
  class: 'permanent',
  ...(error?.correlationId !== undefined && { correlationId: error.correlationId }),
  remedy:
    error?.remedy ??
    'Check the resource in the Azure portal, then send the same request again: it goes on from what exists.',
});

const iso = (instant: number): string => new Date(instant).toISOString();
