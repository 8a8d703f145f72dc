import type { Clock } from '../../local/clock/clock.ts';

/** Lets modelled time pass. What it sets off ends first: a sleeper who holds the clock leaves it standing while anybody else works. */
export const passTime = async (clock: Clock, ms: number): Promise<void> => {
  const release = clock.hold();
  await clock.sleep(ms);
  release();
};
