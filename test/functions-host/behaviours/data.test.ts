import { expect, test } from 'vitest';
import * as z from 'zod';
import { BehaviourHost, Started } from './behaviour-host.ts';

test('6. startNew without input gives an empty text; a start over HTTP with an empty body gives null', async () => {
  const host = await BehaviourHost.start();
  const byClient = await host.run('Input');
  expect(byClient).toMatchObject({ input: '', output: { input: '', type: 'string', isNull: false } });
  const { id } = Started.parse(await (await host.manage('POST', 'orchestrators/Input')).json());
  const byHttp = await host.ended(id);
  expect(byHttp).toMatchObject({ input: null, output: { input: null, type: 'object', isNull: true } });
});

test('7. An activity that returns undefined gives the orchestrator null, and history has the Result', async () => {
  const host = await BehaviourHost.start();
  expect((await host.run('NothingReturned', null, 'n')).output).toEqual({ isNull: true });
  const completed = host.host.hub.history('n').find((event) => event.EventType === 5);
  expect(completed).toHaveProperty('Result', null);
});

test('8. Texts keep their type through an activity and back; booleans become texts', async () => {
  const host = await BehaviourHost.start();
  const values = ['abc', '5', 'null', '{"a":1}', '🛫', '', 5, 1.5, { a: [1, 'x'] }, [1], null];
  expect((await host.run('EchoEach', values)).output).toEqual(values);
  expect((await host.run('EchoEach', [true, false])).output).toEqual(['True', 'False']);
});

test('18. Schema handshake: V4 is offered and taken, with what callHttp and timers need; a Timestamp in the input becomes a Date', async () => {
  const host = await BehaviourHost.start();
  const dates = await host.run('Dates', { Timestamp: '2026-01-02T03:04:05Z', time: '2026-01-02T03:04:05Z' });
  expect(dates.output).toEqual(['Timestamp: Date', 'time: string']);
  const Episode = z.object({ payload: z.looseObject({}), result: z.looseObject({}) });
  const { payload, result } = Episode.parse(await (await fetch(`${host.host.url}/api/last-episode`)).json());
  expect(payload).toMatchObject({
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: '3.00:00:00',
    maximumShortTimerDuration: '6.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  });
  expect(result).toMatchObject({ schemaVersion: 3 });
});

test('Extra: a custom status of 17,408 bytes fails the instance, one character less does not', async () => {
  const host = await BehaviourHost.start();
  const begin = async (id: string, length: number): Promise<void> => {
    await host.start('Status', length, id);
    await host.settled();
    expect((await host.status(id)).customStatus).toEqual({ phase: 'one' });
    await host.raise(id, 'go');
    await host.settled();
  };
  // With its two quotation marks, in UTF-16: 8,704 characters are 17,408 bytes.
  await begin('fits', 8701);
  expect(await host.status('fits')).toMatchObject({ runtimeStatus: 'Running', customStatus: 'x'.repeat(8701) });
  await begin('large', 8702);
  expect(await host.status('large')).toMatchObject({
    runtimeStatus: 'Failed',
    output:
      "Orchestrator function 'Status' failed: The UTF-16 size of the JSON-serialized payload must not exceed 16 KB. The current payload size is 17 KB.",
  });
});

test('Extra: a falsy custom status is not sent, and what is not sent reads as null', async () => {
  const host = await BehaviourHost.start();
  await host.start('FalsyStatus', null, 'f');
  for (let i = 0; i < 4; i++) {
    await host.settled();
    expect((await host.status('f')).customStatus).toBeNull();
    await host.raise('f', 'go');
  }
  expect((await host.ended('f')).runtimeStatus).toBe('Completed');
});

test('a custom status lasts over one continue-as-new, until the next episode', async () => {
  const host = await BehaviourHost.start();
  const begin = async (id: string, rounds: number): Promise<unknown> => {
    await host.start('StatusAcrossRounds', { rounds }, id);
    await host.settled();
    return (await host.status(id)).customStatus;
  };
  expect(await begin('two', 2)).toBe('of the first round');
  expect(await begin('three', 3)).toBeNull();
  await host.raise('two', 'go');
  await host.settled();
  expect((await host.status('two')).customStatus).toBeNull();
});
