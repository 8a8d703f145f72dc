import { describe, expect, it } from 'vitest';
import { Cancellation, sleepThrough } from '../../../src/orchestrators/driver/cancellation.ts';
import type { OrchestrationContext, Task } from '../../../src/task-hub/orchestration.ts';
import { play, START, type World } from './made-up-durable.ts';

const at = (second: number): number => START + second * 1000;

const BY = { id: '11111111-0000-4000-8000-000000000000', name: 'alice@example.com', kind: 'user' };

describe.each([3, 4] as const)('durable-functions %i', (major) => {
  const playSleep = (world: Partial<World>) =>
    play(
      function* (context) {
        const cancellation = new Cancellation(context);
        const slept = yield* cancellation.sleepUntil(at(60));
        return { slept, requested: cancellation.requested, by: cancellation.by };
      },
      { major, ...world },
    );

  it('sleeps until the instant', () => {
    const { returned, atSecond, openTimers } = playSleep({});
    expect(returned).toEqual({ slept: true, requested: false, by: undefined });
    expect(atSecond).toBe(60);
    expect(openTimers).toEqual([]);
  });

  it('wakes up when it is asked to stop, and leaves no timer behind that the instance would wait for', () => {
    const { returned, atSecond, openTimers } = playSleep({
      events: [{ atSecond: 20, name: 'cancel', data: { requested: true, by: BY } }],
    });
    expect(returned).toEqual({ slept: false, requested: true, by: BY });
    expect(atSecond).toBe(20);
    expect(openTimers).toEqual([]);
  });

  it('takes the request when it comes in the second in which the timer fires', () => {
    const { returned, openTimers } = playSleep({ events: [{ atSecond: 60, name: 'cancel', data: {} }] });
    expect(returned).toEqual({ slept: false, requested: true, by: undefined });
    expect(openTimers).toEqual([]);
  });

  it('sleeps on through events of other names', () => {
    const { returned, atSecond } = playSleep({ events: [{ atSecond: 20, name: 'other', data: {} }] });
    expect(returned).toMatchObject({ slept: true, requested: false });
    expect(atSecond).toBe(60);
  });

  it('wakes up at another event that it is asked to await, and sleeps again after that', () => {
    const { returned, atSecond, openTimers } = play(
      function* (context) {
        const cancellation = new Cancellation(context);
        const change = cancellation.alsoAwait('change');
        const first = yield* cancellation.sleepUntil(at(60), change);
        const second = yield* cancellation.sleepUntil(at(60));
        return { first, result: change.result, second, requested: cancellation.requested };
      },
      { major, events: [{ atSecond: 10, name: 'change', data: { to: 5 } }] },
    );
    expect(returned).toEqual({ first: false, result: { to: 5 }, second: true, requested: false });
    expect(atSecond).toBe(60);
    expect(openTimers).toEqual([]);
  });

  it.each(['cancel', 'change'])('does not sleep after the event %s that came during an activity', (name) => {
    const { returned, atSecond, log } = play(
      function* (context) {
        const cancellation = new Cancellation(context);
        const change = cancellation.alsoAwait('change');
        yield* cancellation.sleepUntil(at(10), change);
        yield context.df.callActivity('look', {});
        return yield* cancellation.sleepUntil(at(100), change);
      },
      { major, seconds: () => 20, events: [{ atSecond: 15, name, data: {} }] },
    );
    expect(returned).toBe(false);
    expect(atSecond).toBe(30);
    expect(log).not.toContain('30 timer for 100');
  });

  it('hears the request after many sleeps', () => {
    const { returned, atSecond, openTimers } = play(
      function* (context) {
        const cancellation = new Cancellation(context);
        for (let turn = 1; !cancellation.requested; turn++) yield* cancellation.sleepUntil(at(turn * 10));
        return 'stopped';
      },
      { major, events: [{ atSecond: 45, name: 'cancel', data: {} }] },
    );
    expect(returned).toBe('stopped');
    expect(atSecond).toBe(45);
    expect(openTimers).toEqual([]);
  });

  it('hears by listening what came while an orchestration did not sleep', () => {
    const withoutSleep = (listens: boolean) =>
      play(
        function* (context) {
          const cancellation = new Cancellation(context);
          if (listens) yield* cancellation.listen();
          yield context.df.callActivity('work', {});
          return cancellation.requested;
        },
        { major, seconds: () => 5, events: [{ atSecond: 2, name: 'cancel', data: {} }] },
      );
    expect(withoutSleep(true)).toMatchObject({ returned: true, atSecond: 5, openTimers: [] });
    // Why it has to: 3 gives an event to no task that was never yielded.
    expect(withoutSleep(false).returned).toBe(major === 4);
  });

  it('sleeps through whatever is asked where nobody may stop it', () => {
    const sleeper = function* (context: OrchestrationContext): Generator<Task, string, unknown> {
      yield* sleepThrough(context, at(60));
      return 'slept';
    };
    const { returned, atSecond } = play(sleeper, { major, events: [{ atSecond: 20, name: 'cancel', data: {} }] });
    expect(returned).toBe('slept');
    expect(atSecond).toBe(60);
  });
});
