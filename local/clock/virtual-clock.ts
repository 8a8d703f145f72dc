import type { Clock, Scheduled, ScheduleOptions } from './clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
  readonly background: boolean;
}

/**
 * A clock for tests and measurements with host, simulator and app in one process: it stands still while anything works and jumps to the next
 * timer when all work waits for it, so that ten modelled minutes take milliseconds. One timer fires per jump, earliest first,
 * ties in the order they were set. When only background timers are left, it stands still.
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
  /** Timers that are worth a jump. */
  #foreground = 0;
  readonly #timers = new Set<Timer>();

  /** @param start - the first modelled instant, ms since the epoch. */
  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  schedule(at: number, action: () => void, { background = false }: ScheduleOptions = {}): Scheduled {
    const timer: Timer = { at, order: this.#order++, action, background };
    this.#add(timer);
    this.#planJump();
    return { cancel: () => this.#delete(timer) };
  }

  #add(timer: Timer): void {
    this.#timers.add(timer);
    if (!timer.background) this.#foreground++;
  }

  #delete(timer: Timer): void {
    if (this.#timers.delete(timer) && !timer.background) this.#foreground--;
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

  /** Checks again after pending I/O callbacks and microtasks, since whoever was just woken has not had its turn yet. */
  #planJump(): void {
    if (this.#jumpPlanned) return;
    this.#jumpPlanned = true;
    setImmediate(() => {
      this.#jumpPlanned = false;
      if (this.#holders > this.#sleepers) return;
      const next = this.#next();
      if (!next || (this.#foreground === 0 && next.at > this.#now)) return;
      this.#delete(next);
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
