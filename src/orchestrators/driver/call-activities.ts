import type { ActivityResult } from '../../deployment/driver/activity-result.ts';
import { retryDelaySeconds } from '../../deployment/driver/retry-policy.ts';
import type { StepError } from '../../deployment/driver/step.ts';
import { callData } from '../../deployment/driver/step-execution.ts';
import type { OrchestrationContext, Task } from '../../task-hub/orchestration.ts';
import type { BegunStep } from './driven-step.ts';
import { settleAll } from './settle-all.ts';

/**
 * Calls the activities and waits for all. No activity of ours throws; what does come out (a bug, a crashed worker) counts as a crash of its step alone.
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
  const settled = yield* settleAll(context, tasks);
  return (position) => {
    const { driven, execution } = due[position] ?? {};
    const end = settled[position];
    const parsed = end?.ok ? driven?.contract.report.safeParse(end.value) : undefined;
    return parsed?.success ? parsed.data : crashed(end?.ok ? parsed?.error : end?.error, execution?.retries.crash ?? 0);
  };
}

const crashed = (cause: unknown, retries: number): ActivityResult => {
  const error: StepError = {
    code: 'ActivityCrashed',
    message: (cause instanceof Error ? cause.message : String(cause)).slice(0, 1024),
    class: 'crash',
    remedy: 'This is a fault of the service, not of the request: check its logs, then send the same request again.',
  };
  const requeueAfterSeconds = retryDelaySeconds('crash', retries, undefined);
  return requeueAfterSeconds === undefined ? { kind: 'failed', error } : { kind: 'wait', requeueAfterSeconds, error };
};
