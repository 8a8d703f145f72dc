import type { Clock } from '../../../clock/clock.ts';
import { StorageError } from '../../../storage/storage-error.ts';
import type { LogLevel } from '../../worker/log.ts';
import type { StorageState } from '../task-hub.ts';

/** How long work waits before it is tried again, modelled ms: doubled each time up to the longest. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Whether the store takes what is written. Work that it does not take waits here and is tried again; a client's command is refused instead. */
export class StorageHealth implements StorageState {
  readonly #clock: Clock;
  readonly #log: (level: LogLevel, message: string) => void;
  readonly #waiting = new Set<StorageError>();
  #refusal: StorageError | undefined;
  #refusals = 0;
  #logged: string | undefined;

  constructor(clock: Clock, log: (level: LogLevel, message: string) => void) {
    this.#clock = clock;
    this.#log = log;
  }

  get failure(): string | undefined {
    return ([...this.#waiting].at(-1) ?? this.#refusal)?.message;
  }

  get refusals(): number {
    return this.#refusals;
  }

  /** Does some work again and again for as long as it fails because of the storage. The wait counts as sleep on a virtual clock. */
  async untilStored<T>(work: () => T | Promise<T>): Promise<T> {
    let failed: StorageError | undefined;
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      try {
        const result = await work();
        if (failed) this.#stored(failed);
        return result;
      } catch (error) {
        if (failed) this.#waiting.delete(failed);
        if (!(error instanceof StorageError)) throw error;
        failed = error;
        this.#waiting.add(error);
        this.#report();
      }
      await this.#clock.sleep(wait);
    }
  }

  /** To be called when a command was not stored. */
  refused(error: StorageError): void {
    this.#refusal = error;
    this.#refusals++;
    this.#report();
  }

  /** Tries the storage when nothing else does: no work waits, and no command came since one was refused. */
  check(trial: () => void): void {
    if (!this.#refusal || this.#waiting.size > 0) return;
    try {
      trial();
      this.accepted();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#refusal = error;
    }
  }

  /** To be called when a command was stored. */
  accepted(): void {
    this.#refusal = undefined;
    this.#report();
  }

  #stored(failed: StorageError): void {
    this.#waiting.delete(failed);
    this.accepted();
  }

  /** One line when it begins and one when it is over, not one for each try. */
  #report(): void {
    const { failure } = this;
    if (failure === this.#logged) return;
    this.#logged = failure;
    if (failure === undefined) this.#log('information', 'The task hub is stored again: what waited goes on.');
    else {
      this.#log(
        'error',
        `${failure} Until then requests that have to be stored are answered with 503, and work that is under way waits.`,
      );
    }
  }
}
