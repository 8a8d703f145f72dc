/** A thing that somebody waits for. */
interface Watched<T> {
  waiters: number;
  readAt: number;
  last: Promise<T> | undefined;
}

/** How often one thing is read, in real milliseconds. */
const INTERVAL_MS = 1_000;
/** What each watched thing adds: all reads of this process together are no more than twenty a second. */
const INTERVAL_PER_THING_MS = 50;

/**
 * Waits by polling, for many waiters at once: those who wait for the same thing share its reads, and the more things are watched, the less
 * often each is read. So the load that waiters cause is bounded, however many there are.
 */
export class SharedReads<T> {
  readonly #watched = new Map<string, Watched<T>>();

  /**
   * Reads again and again until what is seen is good, or the time is over.
   *
   * @param key - what is watched.
   * @param first - what the caller has seen already.
   * @returns what was seen last.
   */
  async waitUntil(key: string, { first, read, isGood, seconds }: WaitOptions<T>): Promise<T> {
    const end = performance.now() + seconds * 1000;
    const watched = this.#watched.get(key) ?? { waiters: 0, readAt: performance.now(), last: undefined };
    this.#watched.set(key, watched);
    watched.waiters++;
    try {
      let seen = first;
      while (!isGood(seen)) {
        const left = end - performance.now();
        if (left <= 0) break;
        const interval = this.intervalMs;
        await new Promise((resolve) => setTimeout(resolve, Math.min(interval, left)));
        seen = await this.#readNoSooner(watched, read, interval);
      }
      return seen;
    } finally {
      if (--watched.waiters === 0) this.#watched.delete(key);
    }
  }

  /** Between two reads of one thing. */
  get intervalMs(): number {
    return Math.max(INTERVAL_MS, this.#watched.size * INTERVAL_PER_THING_MS);
  }

  #readNoSooner(watched: Watched<T>, read: () => Promise<T>, interval: number): Promise<T> {
    const now = performance.now();
    // A timer may fire a little early.
    const isFresh = watched.last !== undefined && now - watched.readAt < interval - 5;
    if (isFresh && watched.last) return watched.last;
    watched.readAt = now;
    watched.last = read();
    return watched.last;
  }
}

/** What to wait for. */
export interface WaitOptions<T> {
  readonly first: T;
  readonly read: () => Promise<T>;
  readonly isGood: (seen: T) => boolean;
  /** Real seconds of the caller. */
  readonly seconds: number;
}
