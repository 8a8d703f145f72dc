import type { Clock, Scheduled } from './clock.ts';

/** Where modelled time stood at a real instant; stored beside the data so that a restart does not jump. */
export interface ClockOrigin {
  /** Real instant, ms since the epoch. */
  readonly real: number;
  /** Modelled instant at that moment, ms since the epoch. */
  readonly modelled: number;
  /** Modelled milliseconds per real one; above 0. */
  readonly speed: number;
}

/** The longest delay that `setTimeout` takes (2^31 - 1 ms); longer waits are made of several. */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/** A clock that runs `speed` times as fast as the real one; speed 1 with equal instants is the real clock. */
export class ScaledClock implements Clock {
  readonly origin: ClockOrigin;

  constructor(origin: ClockOrigin) {
    if (!(origin.speed > 0)) throw new RangeError(`The clock's speed must be above 0, not ${origin.speed}.`);
    this.origin = origin;
  }

  /** The real clock: modelled time is real time. */
  static real(): ScaledClock {
    return new ScaledClock({ real: 0, modelled: 0, speed: 1 });
  }

  now(): number {
    return this.origin.modelled + (Date.now() - this.origin.real) * this.origin.speed;
  }

  schedule(at: number, action: () => void): Scheduled {
    let timeout: NodeJS.Timeout;
    const arm = (): void => {
      const delay = Math.ceil((at - this.now()) / this.origin.speed);
      timeout =
        delay > LONGEST_TIMEOUT_MS ? setTimeout(arm, LONGEST_TIMEOUT_MS) : setTimeout(action, Math.max(0, delay));
    };
    arm();
    return { cancel: () => clearTimeout(timeout) };
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => this.schedule(this.now() + durationMs, resolve));
  }

  hold(): () => void {
    return () => {};
  }
}
