import type { Clock } from '../../local/clock/clock.ts';

/** Does something at an instant of modelled time, which stands still meanwhile. */
export const atInstant = <T>(clock: Clock, instant: number, act: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    clock.schedule(instant, () => {
      const release = clock.hold();
      act().then(resolve, reject).finally(release);
    });
  });
