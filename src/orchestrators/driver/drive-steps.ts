import type { ActivityResult } from '../../deployment/driver/activity-result.ts';
import { retryDelaySeconds } from '../../deployment/driver/retry-policy.ts';
import type { StepError, StepStatus } from '../../deployment/driver/step.ts';
import type { StepContract } from '../../deployment/driver/step-contracts.ts';
import {
  advanceStep,
  beginStep,
  callData,
  cancelStep,
  countCall,
  type StepExecution,
} from '../../deployment/driver/step-execution.ts';
import { cancelledError } from '../../deployment/run/cancellation.ts';
import type { DeploymentError } from '../../deployment/run/deployment-run.ts';
import type { OrchestrationContext, Task } from '../../task-hub/orchestration.ts';
import type { Cancellation } from './cancellation.ts';
import { settleAll } from './settle-all.ts';

/** One step to carry out. */
export interface StepCall<I, T> {
  /** The step's name in the status, e.g. `key-vault`. */
  readonly name: string;
  readonly contract: StepContract<I, T>;
  readonly input: I;
  /** Whether the whole deployment waits for it; it is then looked at more often. */
  readonly critical?: boolean;
}

/** How a step or a branch ended. Nothing below the deployment itself throws. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DeploymentError };

export interface DriveOptions {
  /** Is told every change of a step's record. */
  readonly onStatus: (record: StepStatus) => void;
  readonly cancellation: Cancellation;
  /** The deployment's run, where the instance id does not name it. */
  readonly run?: string;
  /** At most so many steps are under way at once; all of them when absent. */
  readonly concurrency?: number;
}

/** Drives one step to its end. */
export function* driveStep<I, T>(
  context: OrchestrationContext,
  call: StepCall<I, T>,
  options: DriveOptions,
): Generator<Task, Outcome<T>, unknown> {
  const [ended] = yield* driveSteps(context, [call], options);
  if (ended?.record.state === 'Succeeded') return { ok: true, value: call.contract.value.parse(ended.value) };
  return { ok: false, error: errorOf(call.name, ended?.record) };
}

/**
 * Drives several independent steps to their ends: calls the activities that are due, all at once, then sleeps on one durable timer
 * until the next is due. An activity reports the end of its step or how long to wait before it is called again.
 * Attempts, timers and what was learnt are in the durable history, the work itself is in Azure; so a host that dies resumes in the
 * middle of a long operation without starting it again.
 */
export function* driveSteps<I, T>(
  context: OrchestrationContext,
  calls: readonly StepCall<I, T>[],
  { onStatus, cancellation, run, concurrency = calls.length }: DriveOptions,
): Generator<Task, readonly StepExecution[], unknown> {
  const steps: (StepExecution | undefined)[] = calls.map(() => undefined);
  const set = (index: number, step: StepExecution): void => {
    steps[index] = step;
    onStatus(step.record);
  };

  // Workers' clocks differ: after a timer it is at least the instant for which the timer was set.
  let timerFiredAt = 0;
  for (;;) {
    const now = Math.max(context.df.currentUtcDateTime.getTime(), timerFiredAt);
    if (cancellation.requested) {
      for (const [index, step] of steps.entries()) {
        if (step?.dueAt !== undefined) set(index, cancelStep(step, now));
      }
      return steps.filter((step) => step !== undefined);
    }
    startMore(calls, steps, concurrency, now, set);
    const dueTimes = steps.flatMap((step) => (step?.dueAt === undefined ? [] : [step.dueAt]));
    if (dueTimes.length === 0) return steps.filter((step) => step !== undefined);

    const due = calls.flatMap((call, index) => {
      const step = steps[index];
      return step?.dueAt !== undefined && step.dueAt <= now ? [{ call, index, step: countCall(step) }] : [];
    });
    if (due.length === 0) {
      const earliest = Math.min(...dueTimes);
      if (yield* cancellation.sleepUntil(earliest)) timerFiredAt = earliest;
      continue;
    }
    for (const { index, step } of due) set(index, step);
    const reports = yield* callActivities(context, due, now, run);
    const reportedAt = context.df.currentUtcDateTime.getTime();
    for (const [position, { call, index, step }] of due.entries()) {
      set(index, advanceStep(step, reports(position), reportedAt, call.contract.deadlineSeconds));
    }
  }
}

const startMore = <I, T>(
  calls: readonly StepCall<I, T>[],
  steps: readonly (StepExecution | undefined)[],
  concurrency: number,
  now: number,
  set: (index: number, step: StepExecution) => void,
): void => {
  // One that waits for a limit of others to pass does not hold up those that have not begun.
  let underWay = steps.filter((step) => step?.dueAt !== undefined && step.record.state === 'Running').length;
  for (const [index, call] of calls.entries()) {
    if (underWay >= concurrency) return;
    if (steps[index]) continue;
    set(index, beginStep(call.name, now));
    underWay++;
  }
};

/** Calls the activities and waits for all. No activity of ours throws; what does come out (a bug, a crashed worker) counts as a crash of its step alone. */
function* callActivities<I, T>(
  context: OrchestrationContext,
  due: readonly { readonly call: StepCall<I, T>; readonly step: StepExecution }[],
  now: number,
  run: string | undefined,
): Generator<Task, (position: number) => ActivityResult, unknown> {
  const tasks = due.map(({ call, step }) =>
    context.df.callActivity(call.contract.activity, {
      input: call.input,
      critical: call.critical ?? false,
      ...(run !== undefined && { run }),
      ...callData(step, now),
    }),
  );
  const settled = yield* settleAll(context, tasks);
  return (position) => {
    const { call, step } = due[position] ?? {};
    const end = settled[position];
    const parsed = end?.ok ? call?.contract.report.safeParse(end.value) : undefined;
    return parsed?.success ? parsed.data : crashed(end?.ok ? parsed?.error : end?.error, step?.retries.crash ?? 0);
  };
}

const crashed = (cause: unknown, retries: number): ActivityResult => {
  const error: StepError = {
    code: 'ActivityCrashed',
    message: (cause instanceof Error ? cause.message : String(cause)).slice(0, 1024),
    class: 'crash',
    remedy: 'This is a fault of the service, not of the request: look at its logs, then send the same request again.',
  };
  const requeueAfterSeconds = retryDelaySeconds('crash', retries, undefined);
  return requeueAfterSeconds === undefined ? { kind: 'failed', error } : { kind: 'wait', requeueAfterSeconds, error };
};

/** The error of a step that did not succeed, as the deployment's error; a step that was not even begun was cancelled. */
export const errorOf = (step: string, record: StepStatus | undefined): DeploymentError =>
  record?.error ? { step, ...record.error } : cancelledError(step);

/** The first error among steps that were driven together; those that a cancellation kept from beginning count too. */
export const firstError = (names: readonly string[], ended: readonly StepExecution[]): DeploymentError | undefined => {
  const failed = ended.find(({ record }) => record.state !== 'Succeeded')?.record;
  if (failed) return errorOf(failed.name, failed);
  const notBegun = names.find((name) => !ended.some(({ record }) => record.name === name));
  return notBegun === undefined ? undefined : errorOf(notBegun, undefined);
};
