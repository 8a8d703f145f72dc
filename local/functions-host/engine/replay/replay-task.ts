/** How a task of the replay ended. `value` is JSON text; a failure keeps only what the host itself decides by. */
export type Outcome =
  | { readonly ok: true; readonly value: string | null }
  | { readonly ok: false; readonly nonRetriable: boolean };

/** An end without a value. */
export const succeeded: Outcome = { ok: true, value: null };
/** A failure that a retry may mend. */
export const failed: Outcome = { ok: false, nonRetriable: false };

/**
 * A task whose continuations run synchronously and in the order they were attached, as under DTFx's SynchronousTaskScheduler.
 * Promises would not do: microtasks change the order in which later tasks get their ids.
 */
export class ReplayTask {
  outcome: Outcome | undefined;
  #continuations: (() => void)[] = [];

  static ended(outcome: Outcome): ReplayTask {
    const task = new ReplayTask();
    task.outcome = outcome;
    return task;
  }

  /** Ends the task; a second call does nothing. */
  end(outcome: Outcome): void {
    if (this.outcome) return;
    this.outcome = outcome;
    const continuations = this.#continuations;
    this.#continuations = [];
    for (const continuation of continuations) continuation();
  }

  onEnd(continuation: () => void): void {
    if (this.outcome) continuation();
    else this.#continuations.push(continuation);
  }
}

/** A piece of orchestration that waits for tasks by yielding them. */
export type Coroutine<T> = Generator<ReplayTask, T, void>;

/** Waits inside a coroutine and hands on how the task ended. */
export function* outcomeOf(task: ReplayTask): Coroutine<Outcome> {
  if (!task.outcome) yield task;
  if (!task.outcome) throw new Error('A coroutine went on before its task ended.');
  return task.outcome;
}

/** Runs a coroutine up to its first open task at once, and on whenever that ends. */
export const run = (coroutine: Coroutine<Outcome>): ReplayTask => {
  const whole = new ReplayTask();
  const step = (): void => {
    for (;;) {
      const next = coroutine.next();
      if (next.done) {
        whole.end(next.value);
        return;
      }
      if (!next.value.outcome) {
        next.value.onEnd(step);
        return;
      }
    }
  };
  step();
  return whole;
};

/** Ends when every task ended, also after a failure (.NET Task.WhenAll; the JS SDK's `Task.all` rejects earlier). */
export const whenAll = (tasks: readonly ReplayTask[]): ReplayTask => {
  const whole = new ReplayTask();
  let open = tasks.length;
  if (open === 0) return ReplayTask.ended(succeeded);
  for (const task of tasks) {
    task.onEnd(() => {
      if (--open === 0) whole.end(tasks.every((each) => each.outcome?.ok) ? succeeded : failed);
    });
  }
  return whole;
};

/** Ends with the first task that ends, however it ended (.NET Task.WhenAny). */
export const whenAny = (tasks: readonly ReplayTask[]): ReplayTask => {
  const whole = new ReplayTask();
  for (const task of tasks) task.onEnd(() => whole.end(succeeded));
  return whole;
};
