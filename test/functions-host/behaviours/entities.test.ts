import { expect, test } from 'vitest';
import * as z from 'zod';
import { BehaviourHost } from './behaviour-host.ts';

const Entities = z.array(
  z.object({
    entityId: z.object({ name: z.string(), key: z.string() }),
    lastOperationTime: z.string(),
    state: z.unknown(),
  }),
);

test('Extra: an operation that returns twice shifts the results of those after it', async () => {
  const host = await BehaviourHost.start();
  expect((await host.run('CallsTogether')).output).toEqual(['one', 'two']);
});

test('calls answer, signals change, errors come without a message, what was set before an error stays', async () => {
  const host = await BehaviourHost.start();
  const { output } = await host.run('CallEntity', null, 'e');
  expect(output).toEqual({ added: 3, got: 7, failed: 'Error: [object Object]', kept: 10, nothing: 'undefined' });
  expect(await host.entity('Counter', 'e')).toBe(10);
  expect(host.events('e').slice(0, 5)).toEqual([
    'ExecutionStarted',
    'EventSent 0',
    'EventRaised',
    'EventSent 1',
    'EventSent 2',
  ]);
});

test('an entity that is not registered is never called, and the orchestration hangs', async () => {
  const host = await BehaviourHost.start();
  await host.start('CallUnknownEntity', null, 'u');
  await host.settled();
  expect((await host.status('u')).runtimeStatus).toBe('Running');
  expect(host.events('u')).toEqual(['ExecutionStarted']);
  const signal = await host.manage('POST', 'entities/Nobody/k?op=add');
  expect([signal.status, await signal.json()]).toEqual([
    400,
    {
      Message:
        "The function 'nobody' doesn't exist, is disabled, or is not an entity function. Additional info: The following are the known entity functions: 'Batches', 'Counter'.",
    },
  ]);
  expect((await host.call('signal/Nobody/k/add', 1)).status).toBe(500);
});

test('the client signals entities and reads their state; names lose their case, keys keep it', async () => {
  const host = await BehaviourHost.start();
  const state = async (key: string): Promise<unknown> => (await host.call(`entity/Counter/${key}`)).json();
  expect(await state('Key')).toEqual({ entityExists: false });
  expect((await host.call('signal/Counter/Key/add', 2)).status).toBe(202);
  expect((await host.call('signal/COUNTER/Key/add', 3)).status).toBe(202);
  await host.settled();
  expect(await state('Key')).toEqual({ entityExists: true, entityState: 5 });
  expect(await state('key')).toEqual({ entityExists: false });
  expect(await host.entity('counter', 'Key')).toBe(5);
});

test('signals over HTTP take JSON, other text, or nothing; a key takes no # or ?', async () => {
  const host = await BehaviourHost.start();
  const signal = async (query: string, body?: string, type = 'application/json'): Promise<unknown> => {
    const init = body === undefined ? {} : { body, headers: { 'Content-Type': type } };
    const response = await host.manage('POST', `entities/${query}`, init);
    return response.status === 202 ? 202 : [response.status, Object(await response.json()).Message];
  };
  expect(await signal('counter/k?op=add', '4')).toBe(202);
  expect(await signal('counter/k?op=add', '5', 'text/plain')).toBe(202);
  await host.settled();
  expect(await host.entity('counter', 'k')).toBe(9);
  expect(await signal('counter/k?op=delete')).toBe(202);
  await host.settled();
  expect(await host.entity('counter', 'k')).toBeUndefined();
  expect(await signal('counter/k?op=add', '{')).toEqual([
    400,
    expect.stringContaining('Could not parse JSON content: '),
  ]);
  expect(await signal('counter/a%3Fb?op=add', '1')).toEqual([
    400,
    "entityKey (Parameter 'Entity keys must not contain /, \\, #, ?, or control characters.')",
  ]);
  // The sign for an empty key is one in reading only.
  expect(await signal('counter/$?op=add', '7')).toBe(202);
  expect(await signal('counter?op=add', '8')).toBe(202);
  await host.settled();
  expect(await host.entity('counter', '$')).toBe(8);
  expect((await host.manage('GET', 'instances/@counter@$')).status).toBe(202);
});

test('entities signal each other', async () => {
  const host = await BehaviourHost.start();
  await host.call('signal/Counter/one/add', 3);
  await host.call('signal/Counter/one/pass-on', 'two');
  await host.settled();
  expect([await host.entity('counter', 'one'), await host.entity('counter', 'two')]).toEqual([3, 3]);
});

test('operations that wait together run in one invocation, up to the largest batch', async () => {
  const host = await BehaviourHost.start({ durableTask: { maxEntityOperationBatchSize: 4 } });
  await host.run('SignalMany', 10, 'many');
  await host.settled();
  expect(Object.values(Object(await host.entity('batches', 'many')))).toEqual([4, 4, 2]);
});

test('an entity is an instance that always runs; every batch is a new execution of it', async () => {
  const host = await BehaviourHost.start();
  await host.call('signal/Counter/k/add', 1);
  await host.settled();
  await host.run('Timer', 60_000);
  const begun = await host.status('@counter@k');
  await host.call('signal/Counter/k/add', 1);
  await host.settled();
  const later = await host.status('@counter@k');
  expect(later).toMatchObject({
    name: '@counter',
    runtimeStatus: 'Running',
    input: { exists: true, state: '2', sorter: {} },
    customStatus: { entityExists: true },
    output: null,
  });
  expect(Date.parse(later.createdTime) - Date.parse(begun.createdTime)).toBe(60_000);
});

test('entities are listed by name and time, with their state when asked, without those that were deleted', async () => {
  const host = await BehaviourHost.start();
  for (const key of ['a', 'b', 'gone']) await host.call(`signal/Counter/${key}/add`, 1);
  await host.call('signal/Batches/a/count');
  await host.call('signal/Counter/gone/delete');
  await host.settled();
  const list = async (path: string): Promise<unknown[]> => {
    const entities = Entities.parse(await (await host.manage('GET', path)).json());
    return entities.map(({ entityId: { name, key }, state }) => [name, key, state]);
  };
  expect(await list('entities/Counter')).toEqual([
    ['counter', 'a', null],
    ['counter', 'b', null],
  ]);
  expect(await list('entities/Counter?fetchState=true&top=1')).toEqual([['counter', 'a', 1]]);
  expect(await list('entities')).toHaveLength(3);
  const later = new Date(host.clock.now() + 1000).toISOString();
  expect(await list(`entities?lastOperationTimeFrom=${later}`)).toEqual([]);
  expect((await host.status('@counter@gone')).customStatus).toEqual({});
});

test('purging an entity forgets it; the next signal makes a new one', async () => {
  const host = await BehaviourHost.start();
  await host.call('signal/Counter/k/add', 5);
  await host.settled();
  expect(await (await host.call('purge/@counter@k')).json()).toEqual({ instancesDeleted: 1 });
  expect(await host.entity('counter', 'k')).toBeUndefined();
  await host.call('signal/Counter/k/add', 1);
  await host.settled();
  expect(await host.entity('counter', 'k')).toBe(1);
});

test('a critical section keeps others out between its operations; without one they interleave', async () => {
  const host = await BehaviourHost.start();
  const transfers = async (lock: boolean, from: string, to: string): Promise<unknown[]> => {
    const ids = await Promise.all([1, 2, 3].map(() => host.start('Transfer', { from, to, lock })));
    const ended = await Promise.all(ids.map((id) => host.ended(id)));
    await host.settled();
    return ended.map(({ output }) => output);
  };
  const open = await transfers(false, 'a', 'b');
  expect(open).toEqual(Array.from({ length: 3 }, () => ({ before: 0, isLocked: false })));
  // Two directions at once: were locks not taken in one order, each would wait for the other.
  const [there, back] = await Promise.all([transfers(true, 'c', 'd'), transfers(true, 'd', 'c')]);
  for (const each of [...there, ...back]) expect(each).toMatchObject({ isLocked: true });
  expect([await host.entity('counter', 'c'), await host.entity('counter', 'd')]).toEqual([0, 0]);
  const sections = await transfers(true, 'e', 'f');
  expect(sections.map((each) => Object(each).before).toSorted()).toEqual([-1, -2, 0]);
});

test('a locked entity keeps signals and other locks waiting, and says so', async () => {
  const host = await BehaviourHost.start();
  await host.start('HoldLock', { keys: ['a', 'b'], leave: 'release' }, 'first');
  await host.settled();
  await host.start('HoldLock', { keys: ['b'], leave: 'release' }, 'second');
  await host.call('signal/Counter/a/add', 1);
  await host.settled();
  expect(await host.entity('counter', 'a')).toBeUndefined();
  expect((await host.status('@counter@a')).customStatus).toEqual({ queueSize: 1, lockedBy: 'first' });
  await host.raise('first', 'go');
  await host.settled();
  expect(await host.entity('counter', 'a')).toBe(1);
  expect((await host.status('@counter@b')).customStatus).toEqual({ lockedBy: 'second' });
  // Released in the section, so the end releases nothing again.
  await host.raise('first', 'end');
  expect(await host.ended('first')).toMatchObject({ output: false });
  await host.settled();
  expect((await host.status('@counter@b')).customStatus).toEqual({ lockedBy: 'second' });
});

test.each(['return', 'throw'])(
  'a section that is left without releasing is released at the end (%s)',
  async (leave) => {
    const host = await BehaviourHost.start();
    await host.start('HoldLock', { keys: ['a'], leave }, 'h');
    await host.settled();
    expect((await host.status('@counter@a')).customStatus).toEqual({ lockedBy: 'h' });
    await host.raise('h', 'go');
    await host.ended('h');
    await host.settled();
    expect((await host.status('@counter@a')).customStatus).toEqual({});
  },
);

test('terminating the holder of a lock leaves the entity locked', async () => {
  const host = await BehaviourHost.start();
  await host.start('HoldLock', { keys: ['a'], leave: 'return' }, 'h');
  await host.settled();
  await host.command('h', 'terminate', 'stop');
  await host.ended('h');
  await host.call('signal/Counter/a/add', 1);
  await host.settled();
  expect((await host.status('@counter@a')).customStatus).toEqual({ queueSize: 1, lockedBy: 'h' });
});

test('the SDK refuses what breaks the rules of critical sections', async () => {
  const host = await BehaviourHost.start();
  const { output } = await host.run('BreakLockRules');
  expect(output).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^LockingRulesViolationError: /)));
  await host.settled();
  expect((await host.status('@counter@ruled')).customStatus).toEqual({});
});
