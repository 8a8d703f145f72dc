import { expect, it } from 'vitest';
import { OrchestrationClock } from '../../../src/orchestrators/driver/orchestration-clock.ts';

const clockAt = (instant: number) => {
  const df = { currentUtcDateTime: new Date(instant) };
  return {
    clock: new OrchestrationClock({ df }),
    workerSays: (next: number): void => {
      df.currentUtcDateTime = new Date(next);
    },
  };
};

it('is at least the instant of a timer that fired, where the next worker is behind', () => {
  const { clock, workerSays } = clockAt(1_000);
  clock.reached(60_000);
  workerSays(59_300);
  expect(clock.now).toBe(60_000);
  workerSays(60_100);
  expect(clock.now).toBe(60_100);
});

it('never goes back from one worker to another', () => {
  const { clock, workerSays } = clockAt(5_000);
  expect(clock.now).toBe(5_000);
  workerSays(4_200);
  expect(clock.now).toBe(5_000);
});
