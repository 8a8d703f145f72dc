import { expect, test } from 'vitest';
import { Store } from '../../../local/functions-host/engine/engine.ts';
import { BehaviourHost } from './behaviour-host.ts';

test('1. Retry exhaustion: the error reaches the orchestrator only after a timer that fires at once', async () => {
  const host = await BehaviourHost.start();
  const { output } = await host.run('RetryOnce', null, 'r');
  expect(output).toBe("Activity function 'Fail' failed:  boom");
  expect(host.events('r')).toEqual([
    'ExecutionStarted',
    'TaskScheduled 0',
    'TaskFailed 0',
    'TimerCreated 1',
    'TimerFired 1',
    'ExecutionCompleted 2',
  ]);
});

test('2. Backoff: delays grow by the coefficient up to the maximum; attempts and timers take ids in turn', async () => {
  const host = await BehaviourHost.start();
  expect((await host.run('Backoff', null, 'b')).output).toBe('gave up');
  const history = host.host.hub.history('b');
  expect(history.filter((event) => event.EventType === 4).map((event) => event.EventId)).toEqual([0, 2, 4, 6]);
  const timers = history.filter((event) => event.EventType === 10);
  expect(timers.map((event) => event.EventId)).toEqual([1, 3, 5, 7]);
  const delays = timers.map((event) => Date.parse(String(event.FireAt)) - Date.parse(event.Timestamp));
  expect(delays).toEqual([1000, 2000, 3000, 0]);
});

test('3. Losing timer: not cancelled it keeps the instance Running until it fires, cancelled it does not', async () => {
  const host = await BehaviourHost.start();
  const begun = host.clock.now();
  const release = host.clock.hold();
  await host.start('LosingTimer', {}, 'kept');
  await host.settled();
  expect(await host.status('kept')).toMatchObject({ runtimeStatus: 'Running', output: null });
  const cancelled = await host.run('LosingTimer', { cancel: true });
  expect(cancelled).toMatchObject({ runtimeStatus: 'Completed', output: 'activity' });
  expect(host.clock.now()).toBe(begun);
  release();
  expect(await host.ended('kept')).toMatchObject({ output: 'activity' });
  expect(host.clock.now() - begun).toBe(3_600_000);
});

test('4. Ids are given when a task is yielded, not when it is made', async () => {
  const host = await BehaviourHost.start();
  expect((await host.run('YieldedLater', null, 'y')).output).toEqual(['said "a"', 'said "b"']);
  const completed = host.host.hub.history('y').filter((event) => event.EventType === 5);
  expect(completed.map((event) => [event.TaskScheduledId, event.Result])).toEqual([
    [0, '"said \\"b\\""'],
    [1, '"said \\"a\\""'],
  ]);
});

test('5. signalEntity between two activities takes an id', async () => {
  const host = await BehaviourHost.start();
  await host.run('SignalBetween', null, 's');
  expect(host.events('s').filter((event) => /Scheduled|Sent/.test(event))).toEqual([
    'TaskScheduled 0',
    'EventSent 1',
    'TaskScheduled 2',
  ]);
  await host.settled();
  expect(await host.entity('Counter', 'between')).toBe(5);
});

test('19. Crash between messages and history: the episode comes again, the activity runs twice, one result is seen', async () => {
  const store = new Store(':memory:');
  const crashed = Promise.withResolvers<void>();
  let commits = 0;
  const first: BehaviourHost = await BehaviourHost.start({
    store,
    engine: {
      commitOrder: 'messages-first',
      onCommit: (when, point) => {
        // The second one: the first activity has been run and its result was read, the second activity is queued.
        if (when === 'before' || point !== 'episode-messages' || ++commits !== 2) return;
        first.host.hub.abandon();
        crashed.resolve();
      },
    },
  });
  await first.start('IsReplaying', null, 'c');
  await crashed.promise;
  expect(first.events('c').filter((event) => event.startsWith('Task'))).toEqual(['TaskScheduled 0']);
  const { episodes, activities } = first.host.hub.statistics();

  const second = await BehaviourHost.start({ store, engine: { commitOrder: 'messages-first' } });
  expect((await second.ended('c')).output).toEqual([true, true, false]);
  await second.settled();
  const after = second.host.hub.statistics();
  // Episodes: one, the one that was lost and came again, and the last. Activities: the first, and the second twice.
  expect([episodes, after.episodes]).toEqual([2, 2]);
  expect([activities, after.activities]).toEqual([1, 2]);
  const scheduled = second.events('c').filter((event) => event.startsWith('TaskScheduled'));
  expect(scheduled).toEqual(['TaskScheduled 0', 'TaskScheduled 1']);
});

test('Extra: a fail-fast Task.all with a retrying sibling gives the next task the wrong result', async () => {
  const host = await BehaviourHost.start();
  expect((await host.run('CaughtAllWithRetry')).output).toEqual({ said: 'nothing' });
});

test('after a caught Task.all the next action is scheduled when all siblings have ended', async () => {
  const host = await BehaviourHost.start();
  const begun = host.clock.now();
  expect((await host.run('CaughtAll', null, 'all')).output).toBe('said "after"');
  const [, said] = host.host.hub.history('all').filter((event) => event.EventType === 4);
  expect(Date.parse(said?.Timestamp ?? '') - begun).toBe(60_000);
});

test('a timer beyond the longest one is made of legs', async () => {
  const host = await BehaviourHost.start({ engine: { maximumShortTimerMs: 60_000, longTimerIntervalMs: 30_000 } });
  expect((await host.run('Timer', 100_000, 'legs')).output).toBe(100_000);
  expect(host.events('legs').filter((event) => event.startsWith('TimerCreated'))).toHaveLength(4);
});

test('a replay that differs from history is reported in the words of the Durable Task Framework', async () => {
  const host = await BehaviourHost.start();
  expect(await host.run('Changing')).toMatchObject({
    runtimeStatus: 'Failed',
    output:
      "Non-Deterministic workflow detected: A previous execution of this orchestration scheduled an activity task with sequence number 0 named 'Say', but the current orchestration replay instead scheduled an activity task named 'Echo' with this sequence number.  Was a change made to the orchestrator code after this instance had already started running?",
  });
});

test('an activity that is not registered is never scheduled, and the instance hangs', async () => {
  const host = await BehaviourHost.start();
  await host.start('UnknownActivity', null, 'u');
  await host.settled();
  expect((await host.status('u')).runtimeStatus).toBe('Running');
  expect(host.events('u')).toEqual(['ExecutionStarted']);
  expect(host.log.join()).toContain(
    "error: u: an action was dropped: the activity function 'NoSuchActivity' doesn't exist",
  );
});
