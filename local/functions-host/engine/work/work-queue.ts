import { AbandonedError, type Hub } from './hub.ts';

/**
 * Runs items first come, first served, up to a limit at a time. The clock is held for an item from before it starts until after what
 * follows from it was queued; items that wait for a free place hold nothing, or a virtual clock with all places asleep would stand still.
 */
export class WorkQueue<T> {
  readonly #hub: Hub;
  readonly #limit: number;
  readonly #work: (item: T) => Promise<void>;
  readonly #waiting: T[] = [];
  #head = 0;
  #running = 0;
  #planned = false;
  #onIdle: (() => void) | undefined;

  constructor(hub: Hub, limit: number, work: (item: T) => Promise<void>) {
    this.#hub = hub;
    this.#limit = Math.max(1, limit);
    this.#work = work;
  }

  get waiting(): number {
    return this.#waiting.length - this.#head;
  }

  get running(): number {
    return this.#running;
  }

  add(item: T): void {
    this.#waiting.push(item);
    this.#plan();
  }

  /** Resolves when nothing runs any more; to be called once, after new work has stopped. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onIdle = resolve;
    });
  }

  get #canStart(): boolean {
    return this.waiting > 0 && this.#running < this.#limit && this.#hub.mayStartWork;
  }

  #plan(): void {
    if (this.#planned || !this.#canStart) return;
    this.#planned = true;
    this.#hub.soon(() => {
      this.#planned = false;
      do this.#startNext();
      while (this.#canStart && this.#hub.hasTimeLeft);
      this.#plan();
    });
  }

  #startNext(): void {
    if (!this.#canStart) return;
    const item = this.#waiting[this.#head++];
    if (this.#head > 1000 && this.#head * 2 > this.#waiting.length) {
      this.#waiting.splice(0, this.#head);
      this.#head = 0;
    }
    if (item !== undefined) void this.#run(item);
  }

  async #run(item: T): Promise<void> {
    this.#running++;
    // Held until the work ends even when the engine is abandoned: what it does, it may sleep on the clock for.
    const release = this.#hub.options.clock.hold();
    try {
      await this.#work(item);
    } catch (error) {
      // A defect of the engine or the disk: this item is left to the next engine on the store, the others go on.
      if (!(error instanceof AbandonedError) && !this.#hub.abandoned) {
        this.#hub.log('critical', `A work item was given up: ${error instanceof Error ? error.stack : String(error)}`);
      }
    }
    this.#running--;
    this.#plan();
    release();
    if (this.#running === 0) this.#onIdle?.();
  }
}
