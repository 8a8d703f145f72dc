import type { ActivityResult } from '../../deployment/driver/activity-result.ts';
import { retryDelaySeconds } from '../../deployment/driver/retry-policy.ts';
import type { StepError } from '../../deployment/driver/step.ts';
import { callData } from '../../deployment/driver/step-execution.ts';
import type { OrchestrationContext, Task } from '../../task-hub/orchestration.ts';
import type { BegunStep } from './drive-graph.ts';

/**
 * Calls the activities and waits for all. No activity of ours throws; what does come out (a bug, a crashed worker) fails the whole
 * `Task.all`, whose other results are then lost: every step of the round counts it as a crash and is called again, which is harmless.
 *
 * Only fresh activity tasks go into `Task.all`, never one that was scheduled before (azure-functions-durable-js#574).
 *
 * @returns what the step at a position reported.
 */
export function* callActivities(
  context: OrchestrationContext,
  due: readonly BegunStep[],
  now: number,
  run: string | undefined,
): Generator<Task, (position: number) => ActivityResult, unknown> {
  const tasks = due.map(({ driven, input, execution }) =>
    context.df.callActivity(driven.contract.activity, {
      input,
      critical: driven.critical ?? false,
      ...(run !== undefined && { run }),
      ...callData(execution, now),
    }),
  );
  let results: unknown;
  let failure: unknown;
  try {
    results = yield context.df.Task.all(tasks);
  } catch (error) {
    failure = error;
  }
  return (position) => {
    const { driven, execution } = due[position] ?? {};
    const result = Array.isArray(results) ? results[position] : undefined;
    const parsed = driven?.contract.report.safeParse(result);
    return parsed?.success ? parsed.data : crashed(failure ?? parsed?.error, execution?.retries.crash ?? 0);
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
