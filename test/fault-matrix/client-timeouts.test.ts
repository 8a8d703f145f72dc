import { expect, it } from 'vitest';
import { runClientTimeoutsOn } from '../../bench/fault-matrix/client-timeouts.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';

it("the clients' limits run on the modelled clock, all else on the real one", async () => {
  const clock = new VirtualClock();
  const begunAt = clock.now();
  const timeouts = runClientTimeoutsOn(clock);
  try {
    const fired: string[] = [];
    clearTimeout(setTimeout(() => fired.push('cancelled'), 60_000));
    await new Promise<void>((resolve) => setTimeout(resolve, 60_000));
    expect(clock.now() - begunAt).toBe(60_000);
    await new Promise<void>((resolve) => setTimeout(resolve, 1));
    expect(clock.now() - begunAt).toBe(60_000);
    expect({ fired, times: timeouts.fired() }).toEqual({ fired: [], times: 1 });
  } finally {
    timeouts.restore();
  }
});
