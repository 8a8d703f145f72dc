import { describe, expect, test } from 'vitest';
import { TaskHubError } from '../../../local/functions-host/engine/task-hub.ts';
import type { FunctionWorker } from '../../../local/functions-host/worker/function-worker.ts';
import { app, ENDED, eventsOf, outputOf, run, settled, start, toText } from './harness.ts';

const messageOfFailed = (text: string | null): string => (text ?? '').split(' \n ')[0] ?? '';

describe('retries', () => {
  test('an exhausted retry is followed by a timer that fires at once, and only then the error reaches the orchestrator', async () => {
    const { engine } = start();
    const state = await run(engine, 'RetryOnce', null, 'r');
    expect(outputOf(state)).toBe("Activity function 'Fail' failed:  boom");
    expect(eventsOf(engine, 'r')).toEqual([
      'ExecutionStarted',
      'TaskScheduled 0',
      'TaskFailed 0',
      'TimerCreated 1',
      'TimerFired 1',
      'ExecutionCompleted 2',
    ]);
  });

  test('backoff grows by its coefficient up to the maximum, with ids for attempts and timers in turn', async () => {
    const { engine } = start();
    const state = await run(engine, 'Backoff', null, 'b');
    expect(outputOf(state)).toBe('gave up');
    const history = engine.history('b');
    expect(history.filter((event) => event.EventType === 4).map((event) => event.EventId)).toEqual([0, 2, 4, 6]);
    const timers = history.filter((event) => event.EventType === 10);
    expect(timers.map((event) => event.EventId)).toEqual([1, 3, 5, 7]);
    const delays = timers.map((event) => Date.parse(String(event.FireAt)) - Date.parse(event.Timestamp));
    expect(delays).toEqual([1000, 2000, 3000, 0]);
  });
});

describe('timers', () => {
  test('a losing timer that was not cancelled keeps the instance Running until it fires', async () => {
    const { engine, clock } = start();
    const begun = clock.now();
    const release = clock.hold();
    await engine.start({ name: 'LosingTimer', instanceId: 't', input: '{}' });
    await settled(engine);
    expect(engine.get('t')?.runtimeStatus).toBe('Running');
    release();
    const state = await engine.waitFor('t', ENDED);
    expect(outputOf(state)).toBe('activity');
    expect(state.lastUpdatedTime - begun).toBe(3_600_000);
  });

  test('a losing timer that was cancelled lets the instance complete at once', async () => {
    const { engine, clock } = start();
    const begun = clock.now();
    const state = await run(engine, 'LosingTimer', { cancel: true });
    expect(outputOf(state)).toBe('activity');
    expect(state.lastUpdatedTime).toBe(begun);
  });

  test('a timer beyond the longest one is made of legs', async () => {
    const { engine } = start({ maximumShortTimerMs: 60_000, longTimerIntervalMs: 30_000 });
    const state = await run(engine, 'Timer', 100_000, 'legs');
    expect(outputOf(state)).toBe(100_000);
    expect(eventsOf(engine, 'legs').filter((event) => event.startsWith('TimerCreated'))).toHaveLength(4);
  });
});

describe('ids', () => {
  test('are given when a task is yielded, not when it is made', async () => {
    const { engine } = start();
    const state = await run(engine, 'YieldedLater', null, 'y');
    expect(outputOf(state)).toEqual(['said "a"', 'said "b"']);
    const results = engine.history('y').flatMap((event) => (event.EventType === 5 ? [event.Result] : []));
    expect(results.map((result) => JSON.parse(String(result)))).toEqual(['said "b"', 'said "a"']);
  });

  test('are taken by signals to entities too', async () => {
    const { engine } = start();
    await run(engine, 'SignalBetween', null, 's');
    expect(eventsOf(engine, 's').filter((event) => /Scheduled|Sent/.test(event))).toEqual([
      'TaskScheduled 0',
      'EventSent 1',
      'TaskScheduled 2',
    ]);
    await settled(engine);
    expect(engine.entityState('Counter', 'between')).toBe('5');
  });
});

describe('inputs and results', () => {
  test('an empty text and no input are different inputs', async () => {
    const { engine } = start();
    expect(outputOf(await run(engine, 'Input', ''))).toEqual({ input: '', type: 'string', isNull: false });
    expect(outputOf(await run(engine, 'Input', undefined))).toEqual({ input: null, type: 'object', isNull: true });
  });

  test('an activity that returns nothing gives the orchestrator null, and history has the Result', async () => {
    const { engine } = start();
    expect(outputOf(await run(engine, 'NothingReturned', null, 'n'))).toEqual({ isNull: true });
    const completed = engine.history('n').find((event) => event.EventType === 5);
    expect(completed).toHaveProperty('Result', null);
  });

  test('texts keep their type through an activity and back, booleans become texts', async () => {
    const { engine } = start();
    const values = ['abc', '5', 'null', '{"a":1}', '🛫', '', 5, 1.5, { a: [1, 'x'] }, [1], null];
    expect(outputOf(await run(engine, 'EchoEach', values))).toEqual(values);
    expect(outputOf(await run(engine, 'EchoEach', [true, false]))).toEqual(['True', 'False']);
  });
});

describe('external events', () => {
  test('that come before the wait are kept, first in first out', async () => {
    const { engine } = start();
    await engine.start({ name: 'TwoEvents', instanceId: 'e', input: null });
    await engine.raiseEvent('e', 'go', '1');
    await engine.raiseEvent('e', 'go', '2');
    expect(outputOf(await engine.waitFor('e', ENDED))).toEqual([1, 2]);
  });

  test('go to the newest waiter of that name', async () => {
    const { engine } = start();
    await engine.start({ name: 'TwoWaiters', instanceId: 'w', input: null });
    await settled(engine);
    await engine.raiseEvent('w', 'go', '1');
    expect(outputOf(await engine.waitFor('w', ENDED))).toEqual({ older: false, newer: true });
  });

  test('in another case never match', async () => {
    const { engine } = start();
    await engine.start({ name: 'Wait', instanceId: 'c', input: null });
    await engine.raiseEvent('c', 'GO', '1');
    await settled(engine);
    expect(engine.get('c')?.runtimeStatus).toBe('Running');
  });

  test('after the end are refused', async () => {
    const { engine } = start();
    await run(engine, 'Chain', 0, 'done');
    await expect(engine.raiseEvent('done', 'go', '1')).rejects.toMatchObject({ kind: 'terminal' });
    await expect(engine.raiseEvent('never', 'go', '1')).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('continue-as-new', () => {
  test('replaces history, input and createdTime, and starts ids anew', async () => {
    const { engine, clock } = start();
    const release = clock.hold();
    const id = await engine.start({ name: 'Rounds', instanceId: 'can', input: toText({ round: 0, last: 2 }) });
    const first = engine.get(id)?.executionId;
    release();
    const state = await engine.waitFor(id, ENDED);
    expect(outputOf(state)).toBe('round 2');
    expect(state.input).toBe('{"round":2,"last":2}');
    expect(state.executionId).not.toBe(first);
    const begun = clock.now();
    const timed = await run(engine, 'TimerRounds', { round: 0 });
    expect(timed.createdTime - begun).toBe(3000);
    expect(eventsOf(engine, id)).toEqual([
      'ExecutionStarted',
      'TaskScheduled 0',
      'TaskCompleted 0',
      'ExecutionCompleted 1',
    ]);
  });

  test('keeps events that came later in the same batch and drops those that came before', async () => {
    const { engine } = start();
    const begin = async (instanceId: string, events: readonly string[]): Promise<void> => {
      await engine.start({ name: 'EventAcrossRounds', instanceId, input: '{"round":0}' });
      await settled(engine);
      await Promise.all(events.map((name, i) => engine.raiseEvent(instanceId, name, String(i))));
      await settled(engine);
    };
    await begin('kept', ['next', 'go']);
    expect(engine.get('kept')).toMatchObject({ runtimeStatus: 'Completed', output: '1' });
    await begin('dropped', ['go', 'next']);
    expect(engine.get('dropped')?.runtimeStatus).toBe('Running');
  });
});

describe('failures', () => {
  test.each(['ThrowsText', 'ThrowsEmpty'])(
    'an orchestrator that throws no Error with a message runs for ever (%s)',
    async (name) => {
      const { engine, log } = start();
      await engine.start({ name, instanceId: 'x', input: null });
      await settled(engine);
      expect(engine.get('x')?.runtimeStatus).toBe('Running');
      expect(log.join()).toMatch(/warning: x: .* stays Running for ever/);
      await engine.terminate('x', 'enough');
      expect(await engine.waitFor('x', ENDED)).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
    },
  );

  test('an activity that is not registered is never scheduled, and the instance hangs', async () => {
    const { engine, log } = start();
    await engine.start({ name: 'UnknownActivity', instanceId: 'u', input: null });
    await settled(engine);
    expect(engine.get('u')?.runtimeStatus).toBe('Running');
    expect(eventsOf(engine, 'u')).toEqual(['ExecutionStarted']);
    expect(log.join()).toContain(
      "error: u: an action was dropped: the activity function 'NoSuchActivity' doesn't exist",
    );
  });

  test('that were caught out of Task.all hold the next action back until all siblings have ended', async () => {
    const { engine } = start();
    const state = await run(engine, 'CaughtAll', null, 'all');
    expect(outputOf(state)).toBe('said "after"');
    const [, said] = engine.history('all').filter((event) => event.EventType === 4);
    expect(Date.parse(said?.Timestamp ?? '') - state.createdTime).toBe(60_000);
  });

  test('that were caught out of Task.all beside a retry give the next task the wrong result', async () => {
    const { engine } = start();
    expect(outputOf(await run(engine, 'CaughtAllWithRetry', null))).toEqual({ said: 'nothing' });
  });

  test('nest in the texts of the functions they pass through', async () => {
    const { engine } = start();
    const failed = await run(engine, 'FailingActivity', null);
    expect(failed.runtimeStatus).toBe('Failed');
    expect(messageOfFailed(failed.output)).toBe(
      "Orchestrator function 'FailingActivity' failed: Activity function 'Fail' failed:  boom",
    );
    expect(failed.output).toContain(' \n {"$type":"System.Exception, System.Private.CoreLib"');
    const parent = await run(engine, 'CatchingParent', { child: 'Throws' });
    expect(outputOf(parent)).toEqual({
      caught: expect.stringMatching(
        /^Orchestrator function 'Throws' failed: my fault \n Message: my fault, StackTrace: /,
      ),
    });
  });

  test('with FailureDetails reach the orchestrator as a TaskFailedError, without them as an Error', async () => {
    const caught = async (message: string): Promise<unknown> => {
      const worker: FunctionWorker = {
        names: (type) => app.names(type),
        invoke: (type, name, ...rest) => {
          if (name === 'Fail') throw new Error(message);
          return app.invoke(type, name, ...rest);
        },
      };
      return outputOf(await run(start({ worker }).engine, 'CaughtFailure', null));
    };
    const details = { errorType: 'QuotaError', errorMessage: 'no room', properties: { left: 0 } };
    expect(await caught(JSON.stringify(details))).toEqual({
      name: 'TaskFailedError',
      message: 'QuotaError: no room',
      properties: { left: 0 },
    });
    expect(await caught('{"errorType":1}')).toEqual({
      name: 'Error',
      message: `Activity function 'Fail' failed:  {"errorType":1}`,
    });
  });

  test('a terminated child fails its parent outside any try; a terminated parent leaves its child running', async () => {
    const { engine } = start();
    await engine.start({ name: 'ParentOfWait', instanceId: 'p', input: null });
    await settled(engine);
    await engine.terminate('p-child', 'stop');
    const parent = await engine.waitFor('p', ENDED);
    expect(parent.runtimeStatus).toBe('Failed');
    expect(parent.output).toContain('failed but we could not parse its exception data');

    await engine.start({ name: 'ParentOfWait', instanceId: 'q', input: null });
    await settled(engine);
    await engine.terminate('q', 'stop');
    await engine.waitFor('q', ['Terminated']);
    await settled(engine);
    expect(engine.get('q-child')?.runtimeStatus).toBe('Running');
  });

  test('a replay that differs from history is told in the words of the Durable Task Framework', async () => {
    const { engine } = start();
    const state = await run(engine, 'Changing', null);
    expect(state).toMatchObject({
      runtimeStatus: 'Failed',
      output:
        "Non-Deterministic workflow detected: A previous execution of this orchestration scheduled an activity task with sequence number 0 named 'Say', but the current orchestration replay instead scheduled an activity task named 'Echo' with this sequence number.  Was a change made to the orchestrator code after this instance had already started running?",
    });
  });
});

describe('starting with an id that exists', () => {
  test('is refused while the instance runs and replaces one that ended', async () => {
    const { engine } = start();
    await engine.start({ name: 'Wait', instanceId: 'i', input: null });
    await settled(engine);
    const again = engine.start({ name: 'Wait', instanceId: 'i', input: null });
    await expect(again).rejects.toThrow('An Orchestration instance with the status Running already exists.');
    await expect(again).rejects.toBeInstanceOf(TaskHubError);
    await expect(again).rejects.toMatchObject({ kind: 'already-exists' });
    await engine.raiseEvent('i', 'go', '1');
    const first = await engine.waitFor('i', ENDED);
    const second = await run(engine, 'Chain', 2, 'i');
    expect(outputOf(second)).toEqual([0, 1]);
    expect(second.executionId).not.toBe(first.executionId);
    expect(eventsOf(engine, 'i').filter((event) => event === 'ExecutionStarted')).toHaveLength(1);
  });

  test('twice at the same moment is accepted twice, and one input runs', async () => {
    const { engine, calls } = start();
    const begin = (input: string): Promise<string> => engine.start({ name: 'Input', instanceId: 'same', input });
    expect(await Promise.all([begin('"first"'), begin('"second"')])).toEqual(['same', 'same']);
    const state = await engine.waitFor('same', ENDED);
    expect(outputOf(state)).toMatchObject({ input: 'first' });
    await settled(engine);
    expect(calls.filter((name) => name === 'Nothing')).toHaveLength(1);
  });
});

describe('statuses', () => {
  test('are Pending until the first episode, then Running, and Suspended until resumed', async () => {
    const { engine } = start();
    await engine.start({ name: 'TwoEvents', instanceId: 's', input: null });
    expect(engine.get('s')?.runtimeStatus).toBe('Pending');
    await settled(engine);
    expect(engine.get('s')?.runtimeStatus).toBe('Running');
    await expect(engine.resume('s', 'why')).rejects.toMatchObject({ kind: 'invalid-operation' });
    await engine.suspend('s', 'lunch');
    expect(await engine.waitFor('s', ['Suspended'])).toMatchObject({ output: 'lunch' });
    await expect(engine.suspend('s', 'again')).rejects.toThrow(
      'Cannot suspend the orchestration instance s because instance is in the Suspended state.',
    );
    await engine.raiseEvent('s', 'go', '1');
    await engine.raiseEvent('s', 'go', '2');
    await settled(engine);
    expect(engine.get('s')?.runtimeStatus).toBe('Suspended');
    await engine.resume('s', 'back');
    expect(outputOf(await engine.waitFor('s', ENDED))).toEqual([1, 2]);
  });

  test('a suspended instance can be terminated', async () => {
    const { engine } = start();
    await engine.start({ name: 'Wait', instanceId: 's', input: null });
    await settled(engine);
    await engine.suspend('s', 'lunch');
    await engine.waitFor('s', ['Suspended']);
    await engine.terminate('s', 'no more');
    expect(await engine.waitFor('s', ENDED)).toMatchObject({ runtimeStatus: 'Terminated', output: 'no more' });
  });

  test('a custom status of 8,704 characters is too large, one less is not', async () => {
    const { engine } = start();
    const begin = async (instanceId: string, length: number): Promise<void> => {
      await engine.start({ name: 'Status', instanceId, input: String(length) });
      await settled(engine);
      expect(engine.get(instanceId)?.customStatus).toBe('{"phase":"one"}');
      await engine.raiseEvent(instanceId, 'go', '1');
      await settled(engine);
    };
    await begin('fits', 8701);
    expect(engine.get('fits')).toMatchObject({ runtimeStatus: 'Running' });
    expect(engine.get('fits')?.customStatus).toHaveLength(8703);
    await begin('large', 8702);
    expect(engine.get('large')).toMatchObject({
      runtimeStatus: 'Failed',
      output:
        "Orchestrator function 'Status' failed: The UTF-16 size of the JSON-serialized payload must not exceed 16 KB. The current payload size is 17 KB.",
    });
  });
});
