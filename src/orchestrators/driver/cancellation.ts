import type { Actor } from '../../deployment/run/actor.ts';
import { CANCEL_EVENT, cancelledBy } from '../../deployment/run/cancellation.ts';
import type { OrchestrationContext, Task } from '../../task-hub/orchestration.ts';
import { OrchestrationClock } from './orchestration-clock.ts';

/** Sleeps on a durable timer whatever happens: in an orchestration that nobody may stop. */
export function* sleepThrough(context: OrchestrationContext, instant: number): Generator<Task, void, unknown> {
  yield context.df.createTimer(new Date(instant));
}

/**
 * The request to stop, awaited through a whole orchestration. There is ONE event task, made at the start and put into each `Task.any`: a fresh one for
 * each turn would lose events that arrive between turns. It is checked before everything new is begun.
 */
export class Cancellation {
  readonly #context: OrchestrationContext;
  readonly #event: Task;
  readonly #clock: OrchestrationClock;

  constructor(context: OrchestrationContext) {
    this.#context = context;
    this.#event = context.df.waitForExternalEvent(CANCEL_EVENT);
    this.#clock = new OrchestrationClock(context);
  }

  /** The time, which is never before an instant until which was slept. */
  get now(): number {
    return this.#clock.now;
  }

  get requested(): boolean {
    return this.#event.isCompleted;
  }

  /** Who asked; undefined when nobody did, or nobody who is known. */
  get by(): Actor | undefined {
    return cancelledBy(this.#event.result);
  }

  /** Begins to listen. The SDK keeps an event back until its task has been yielded once, and an orchestration that never sleeps would not see it. */
  *listen(): Generator<Task, void, unknown> {
    yield* this.sleepUntil(this.now);
  }

  /** Another event that ends a sleep: like the request to stop ONE task, to be made once and handed to each {@link sleepUntil}. */
  alsoAwait(event: string): Task {
    return this.#context.df.waitForExternalEvent(event);
  }

  /**
   * Sleeps on a durable timer, but not on after the request. A timer that lost is cancelled, or the instance would stay until it fires.
   * An event that came while something else was awaited ends it at once: of a task that has ended before, durable-functions 3's `Task.any` sees nothing.
   *
   * @param event - what ends the sleep as well; see {@link alsoAwait}.
   * @returns whether the instant has come.
   */
  *sleepUntil(instant: number, event?: Task): Generator<Task, boolean, unknown> {
    const events = event ? [this.#event, event] : [this.#event];
    if (events.some(({ isCompleted }) => isCompleted)) return false;
    const timer = this.#context.df.createTimer(new Date(instant));
    yield this.#context.df.Task.any([...events, timer]);
    if (timer.isCompleted) this.#clock.reached(instant);
    else timer.cancel();
    return timer.isCompleted;
  }
}
