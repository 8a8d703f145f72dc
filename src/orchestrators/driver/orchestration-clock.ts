import type { OrchestrationContext } from '../../task-hub/orchestration.ts';

/** Where an orchestration reads its time, replayed alike by every worker. */
export interface TimeSource {
  readonly df: Pick<OrchestrationContext['df'], 'currentUtcDateTime'>;
}

/**
 * The time of an orchestration, which never goes back. Workers' clocks differ: after a timer fired, another worker's may still be before the instant for
 * which it was set. With an earlier time nothing would be due, and the instance would wait for nothing.
 */
export class OrchestrationClock {
  readonly #context: TimeSource;
  #latest = 0;

  constructor(context: TimeSource) {
    this.#context = context;
  }

  get now(): number {
    return this.reached(this.#context.df.currentUtcDateTime.getTime());
  }

  /** Takes note that an instant has come. */
  reached(instant: number): number {
    this.#latest = Math.max(this.#latest, instant);
    return this.#latest;
  }
}
