import { expect, test } from 'vitest';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { Store } from '../../../local/functions-host/engine/engine.ts';
import { BehaviourHost } from './behaviour-host.ts';

test('9. Events: kept before the wait in order, the newest waiter first, case counts, refused after the end', async () => {
  const host = await BehaviourHost.start();
  await host.start('TwoEvents', 'hold', 'early');
  await host.settled(1);
  expect([await host.raise('early', 'go', 1), await host.raise('early', 'go', 2)]).toEqual([202, 202]);
  await host.settled(1);
  await host.call('let-go/early-1');
  expect((await host.ended('early')).output).toEqual([1, 2]);

  await host.start('TwoWaiters', null, 'waiters');
  await host.settled();
  await host.raise('waiters', 'go', 1);
  expect((await host.ended('waiters')).output).toEqual({ older: false, newer: true });

  await host.start('Wait', null, 'case');
  await host.raise('case', 'GO', 1);
  await host.settled();
  expect((await host.status('case')).runtimeStatus).toBe('Running');

  expect(await host.raise('early', 'go', 3)).toBe(410);
});

test('10. Continue-as-new: all is new, stale results and events from before it are gone, later events are kept', async () => {
  // A crash between messages and history makes the activity of the first round run twice.
  const store = new Store(':memory:');
  const clock = new VirtualClock();
  const crashed = Promise.withResolvers<void>();
  let commits = 0;
  const onCommit = (when: string, point: string): void => {
    if (when === 'before' || point !== 'episode-messages' || ++commits !== 2) return;
    first.host.hub.abandon();
    crashed.resolve();
  };
  const first: BehaviourHost = await BehaviourHost.start({
    store,
    clock,
    engine: { commitOrder: 'messages-first', onCommit },
  });
  const begun = clock.now();
  await first.start('TwoRounds', { round: 0 }, 'r');
  await crashed.promise;
  const host = await BehaviourHost.start({ store, clock });
  await host.settled(2);
  const { executionId } = host.host.hub.get('r') ?? {};
  await host.call('let-go/r-0-1', 'done');
  await host.settled(2);
  expect(host.host.hub.get('r')?.executionId).not.toBe(executionId);
  expect(host.events('r')).toEqual(['ExecutionStarted', 'TaskScheduled 0']);
  await host.call('let-go/r-0-2', 'stale');
  await host.settled(1);
  expect(host.events('r')).toEqual(['ExecutionStarted', 'TaskScheduled 0']);
  await host.call('let-go/r-1-1', 'fresh');
  const ended = await host.ended('r');
  expect(ended).toMatchObject({ output: 'fresh', input: { round: 1 } });
  expect(Date.parse(ended.createdTime) - begun).toBe(2000);

  const inOneBatch = async (id: string, events: readonly string[]): Promise<void> => {
    await host.start('EventAcrossRounds', { round: 0 }, id);
    await host.settled();
    await host.command(id, 'suspend', '');
    await host.settled();
    for (const [i, name] of events.entries()) await host.raise(id, name, i);
    await host.command(id, 'resume', '');
    await host.settled();
  };
  await inOneBatch('kept', ['next', 'go']);
  expect(await host.status('kept')).toMatchObject({ runtimeStatus: 'Completed', output: 1 });
  await inOneBatch('dropped', ['go', 'next']);
  expect((await host.status('dropped')).runtimeStatus).toBe('Running');
});

test('a text given to continueAsNew comes back in quotation marks; without an input the instance shows the one before', async () => {
  const host = await BehaviourHost.start();
  expect(await host.run('NextInput', { next: 's' })).toMatchObject({ input: '"s"', output: { input: '"s"' } });
  expect(await host.run('NextInput', { next: [5] })).toMatchObject({ input: [5], output: { input: [5] } });
  const nothing = await host.run('NextInput', { nothing: true });
  expect(nothing).toMatchObject({ input: { nothing: true }, output: { input: null } });
});

test('an event named like the id of a task ends that task for the SDK, and not for the host', async () => {
  const host = await BehaviourHost.start();
  const release = host.clock.hold();
  await host.start('EventLikeAnId', null, 'e');
  await host.settled();
  await host.raise('e', '0');
  await host.settled();
  expect((await host.status('e')).runtimeStatus).toBe('Running');
  release();
  expect((await host.ended('e')).output).toBe('done');
  expect(host.events('e')).toEqual([
    'ExecutionStarted',
    'TimerCreated 0',
    'EventRaised',
    'TimerFired 0',
    'ExecutionCompleted 1',
  ]);
});

test('events: what is refused, and what the client makes of it', async () => {
  const host = await BehaviourHost.start();
  await host.start('Wait', null, 'w');
  await host.settled();
  const answer = async (response: Promise<Response>): Promise<unknown[]> => {
    const { status, text } = await response.then(async (each) => ({ status: each.status, text: await each.text() }));
    return [status, text === '' ? '' : Object(JSON.parse(text)).Message];
  };
  expect(await answer(host.raised('w', 'go', '1', 'text/plain'))).toEqual([
    400,
    'Only application/json request content is supported',
  ]);
  expect(await answer(host.raised('w', 'go', '{'))).toEqual([400, 'Invalid JSON content']);
  expect(await answer(host.raised('w', 'go', ''))).toEqual([400, 'Invalid JSON content']);
  expect(await answer(host.raised('nobody', 'go', '1'))).toEqual([404, '']);
  expect((await host.manage('GET', 'instances/w/raiseEvent/go')).status).toBe(404);
  // raiseEvent without data sends an empty body; an event to an instance that ended is no error for the client.
  expect((await host.call('raise/w/go')).status).toBe(500);
  expect(host.log.join()).toContain('Invalid JSON content');
  expect((await host.call('raise/nobody/go', 1)).status).toBe(500);
  expect((await host.call('raise/w/go', 1)).status).toBe(202);
  expect((await host.ended('w')).output).toEqual({ value: 1 });
  expect((await host.call('raise/w/go', 2)).status).toBe(202);
});
