import { z } from 'zod';
import type { OrchestrationContext, Task } from '../../task-hub/orchestration.ts';

/** How a task ended. */
export type Settled = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/**
 * Waits until all tasks have ended, and returns how each did, in their order.
 *
 * `Task.all` says that itself when none fails. When one does, durable-functions 3 throws its error where it stands in the history, before the SDK has read
 * how the others ended; 4 throws an AggregateError when all have. So each task's own state is read then, and 3 reads on for those that have none yet: a
 * task that is yielded again schedules nothing, and its end stands in the same history, for the host waits for all.
 *
 * @param tasks - at least one; activities or sub-orchestrations called just now, never a task that was yielded before (azure-functions-durable-js#574).
 */
export function* settleAll(context: OrchestrationContext, tasks: Task[]): Generator<Task, readonly Settled[], unknown> {
  const together = yield* settle(context.df.Task.all(tasks));
  if (together.ok)
    return z
      .array(z.unknown())
      .parse(together.value)
      .map((value) => ({ ok: true, value }));
  const settled: Settled[] = [];
  for (const task of tasks) {
    if (task.isFaulted) settled.push({ ok: false, error: errorOf(task, tasks, together.error) });
    else if (task.isCompleted) settled.push({ ok: true, value: task.result });
    else settled.push(yield* settle(task));
  }
  return settled;
}

function* settle(task: Task): Generator<Task, Settled, unknown> {
  try {
    return { ok: true, value: yield task };
  } catch (error) {
    return { ok: false, error };
  }
}

/** The error of a task that failed: 3 keeps it as the task's result, 4 shows it in the AggregateError alone, in the order of the tasks that failed. */
const errorOf = (task: Task, tasks: readonly Task[], thrown: unknown): unknown => {
  if (task.result instanceof Error) return task.result;
  if (!(thrown instanceof AggregateError)) return thrown;
  return thrown.errors[tasks.filter(({ isFaulted }) => isFaulted).indexOf(task)];
};
