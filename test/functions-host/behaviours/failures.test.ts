import { expect, test } from 'vitest';
import { BehaviourHost, messageOf } from './behaviour-host.ts';

test('11. throw new Error("") and throw "x" leave the instance Running for ever, with a warning', async () => {
  const host = await BehaviourHost.start();
  for (const name of ['ThrowsText', 'ThrowsEmpty']) {
    await host.start(name, null, name);
    await host.settled();
    expect((await host.status(name)).runtimeStatus).toBe('Running');
    expect(host.log.join()).toMatch(new RegExp(`warning: ${name}: .* stays Running for ever`));
    expect(await host.command(name, 'terminate', 'enough')).toBe(202);
    expect(await host.ended(name)).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
  }
});

test('12. Failure texts nest in those of the functions they pass through; FailureDetails make a TaskFailedError', async () => {
  const host = await BehaviourHost.start();
  const failed = await host.run('FailingActivity');
  expect(failed.runtimeStatus).toBe('Failed');
  expect(messageOf(failed.output)).toBe(
    "Orchestrator function 'FailingActivity' failed: Activity function 'Fail' failed:  boom",
  );
  expect(failed.output).toContain(' \n {"$type":"System.Exception, System.Private.CoreLib"');

  const parent = await host.run('Parent', 'FailingActivity');
  expect(messageOf(parent.output)).toBe(
    "Orchestrator function 'Parent' failed: Orchestrator function 'FailingActivity' failed: Activity function 'Fail' failed:  boom",
  );
  expect((await host.run('CatchingParent', 'Throws')).output).toEqual({
    caught: expect.stringMatching(
      /^Orchestrator function 'Throws' failed: my fault \n Message: my fault, StackTrace: /,
    ),
  });

  // A text that only begins like the properties of an exception is one like any other.
  for (const input of ['boom', '{"errorType":1}']) {
    expect((await host.run('Caught', { activity: 'Fail', input })).output).toEqual({
      name: 'Error',
      message: `Activity function 'Fail' failed:  ${input}`,
    });
  }
  expect((await host.run('Caught', { activity: 'Exceed' })).output).toEqual({
    name: 'TaskFailedError',
    message: 'QuotaError: no room',
    properties: { left: 0 },
  });
});

test('13. Terminating a child fails its parent outside any try; terminating a parent leaves its child running', async () => {
  const host = await BehaviourHost.start();
  await host.start('CatchingParent', 'Wait', 'p');
  await host.settled();
  expect(await host.command('p-child', 'terminate', 'stop')).toBe(202);
  const parent = await host.ended('p');
  expect(parent.runtimeStatus).toBe('Failed');
  expect(parent.output).toContain('failed but we could not parse its exception data');

  await host.start('CatchingParent', 'Wait', 'q');
  await host.settled();
  expect(await host.command('q', 'terminate', 'stop')).toBe(202);
  expect(await host.ended('q')).toMatchObject({ runtimeStatus: 'Terminated', output: 'stop' });
  await host.settled();
  expect((await host.status('q-child')).runtimeStatus).toBe('Running');
});

test('retries of a sub-orchestration reuse a given id and make a new one where none is given', async () => {
  const host = await BehaviourHost.start();
  const children = (id: string): unknown[] =>
    host.host.hub.history(id).flatMap((event) => (event.EventType === 7 ? [[event.EventId, event.InstanceId]] : []));
  const named = await host.run('RetryChild', { named: true, child: 'FailTimesOnce', input: 1 }, 'n');
  expect(named.output).toEqual({ result: 2 });
  expect(children('n')).toEqual([
    [0, 'n-child'],
    [2, 'n-child'],
  ]);
  expect(await host.status('n-child')).toMatchObject({ runtimeStatus: 'Completed', output: 2 });

  expect((await host.run('RetryChild', { child: 'Throws' }, 'g')).output).toBe('gave up');
  const parent = host.host.hub.get('g')?.executionId;
  expect(children('g')).toEqual([
    [0, `${parent}:0`],
    [2, `${parent}:2`],
  ]);
});

test('rewinding tries what failed again, down to the deepest child, and keeps what succeeded', async () => {
  const host = await BehaviourHost.start();
  const failed = await host.run('Grandparent', null, 'g');
  expect(failed.runtimeStatus).toBe('Failed');
  expect(await host.command('g', 'rewind', 'mended')).toBe(202);
  const ended = await host.ended('g');
  expect(ended).toMatchObject({ runtimeStatus: 'Completed', output: { result: 2 } });
  const nothing = host.host.hub.history('g').filter((event) => event.Name === 'Nothing');
  expect(nothing).toHaveLength(1);
  expect(await host.status('g-child-child')).toMatchObject({ runtimeStatus: 'Completed', output: 2 });
});

test('a rewound instance is Pending until it ends, and goes on showing its failure where there is no output', async () => {
  const host = await BehaviourHost.start();
  const { output } = await host.run('FailThenWait', null, 'r');
  expect(messageOf(output)).toContain('attempt 1');
  expect((await host.call('command/r/rewind')).status).toBe(202);
  await host.settled();
  expect(host.events('r').at(-1)).toBe('TaskCompleted 0');
  expect(await host.status('r')).toMatchObject({ runtimeStatus: 'Pending', output });
  await host.raise('r', 'go');
  expect(await host.ended('r')).toMatchObject({ runtimeStatus: 'Completed', output });
});

test('only what failed can be rewound', async () => {
  const host = await BehaviourHost.start();
  await host.run('Chain', 0, 'done');
  await host.start('Wait', null, 'running');
  await host.settled();
  for (const id of ['done', 'running']) {
    expect(await host.command(id, 'rewind', 'why')).toBe(412);
    const byClient = await host.call(`command/${id}/rewind`);
    expect(await byClient.text()).toBe('The rewind operation is only supported on failed orchestration instances.');
  }
  expect(await host.command('nobody', 'rewind', 'why')).toBe(404);
  expect(await (await host.call('command/nobody/rewind')).text()).toBe("No instance with ID 'nobody' found.");
});
