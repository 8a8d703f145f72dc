import type { Clock, Scheduled } from './clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/**
 * A clock for tests and measurements with host, simulator and app in one process: it stands still while anything works and jumps to the next
 * timer when all work waits for it, so that ten modelled minutes take milliseconds. One timer fires per jump, earliest first,
 * ties in the order they were set.
 *
 * Limit: an activity that has several requests under way at once counts as parked when one of them is. Time may then move on while
 * another is still on the wire, which shifts that one's modelled instant but loses nothing.
 */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  #holders = 0;
  #sleepers = 0;
  #jumpPlanned = false;
  readonly #timers = new Set<Timer>();

  /** @param start - the first modelled instant, ms since the epoch. */
  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  schedule(at: number, action: () => void): Scheduled {
    const timer: Timer = { at, order: this.#order++, action };
    this.#timers.add(timer);
    this.#planJump();
    return { cancel: () => void this.#timers.delete(timer) };
  }

  async sleep(durationMs: number): Promise<void> {
    this.#sleepers++;
    await new Promise<void>((resolve) =>
      this.schedule(this.#now + durationMs, () => {
        this.#sleepers--;
        resolve();
      }),
    );
  }

  hold(): () => void {
    this.#holders++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders--;
      this.#planJump();
    };
  }

  /** Looks again after pending I/O callbacks and microtasks, since whoever was just woken has not had its turn yet. */
  #planJump(): void {
    if (this.#jumpPlanned) return;
    this.#jumpPlanned = true;
    setImmediate(() => {
      this.#jumpPlanned = false;
      if (this.#holders > this.#sleepers) return;
      const next = this.#next();
      if (!next) return;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.action();
      this.#planJump();
    });
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  }
}
