import { expect, test } from 'vitest';
import { ENDED, eventsOf, outputOf, run, settled, start } from './harness.ts';

test('sub-orchestrations get ids from the parent execution and know their parent and version', async () => {
  const { engine } = start({ settings: { defaultVersion: '2.0' } });
  const parent = await run(engine, 'Parent', { child: 'WhoAmI' }, 'p');
  expect(outputOf(parent)).toEqual({ result: { id: `${parent.executionId}:0`, parent: 'p', version: '2.0' } });
});

test('a sub-orchestration with the id of its parent is never started', async () => {
  const { engine, log } = start();
  await engine.start({ name: 'Parent', instanceId: 'p', input: '{"child":"WhoAmI","id":"p"}' });
  await settled(engine);
  expect(engine.get('p')?.runtimeStatus).toBe('Running');
  expect(log.join()).toContain('must be different');
});

test('listing pages by id, filters by prefix, status and time, and shows entities', async () => {
  const { engine, clock } = start();
  for (const id of ['d:1', 'd:2', 'd:3', 's:1']) await run(engine, 'Chain', 0, id);
  await engine.signalEntity('Counter', 'k', 'add', '2');
  await settled(engine);
  const first = engine.list({ instanceIdPrefix: 'd:', top: 2 });
  expect(first.instances.map((each) => each.instanceId)).toEqual(['d:1', 'd:2']);
  const second = engine.list({ instanceIdPrefix: 'd:', top: 2, continuationToken: first.continuationToken });
  expect(second).toMatchObject({ instances: [{ instanceId: 'd:3' }], continuationToken: '' });
  expect(engine.list({ runtimeStatus: ['Running'] }).instances.map((each) => each.instanceId)).toEqual(['@counter@k']);
  expect(engine.list({ createdTimeFrom: clock.now() + 1 }).instances).toEqual([]);
  expect(engine.list({ createdTimeTo: clock.now() }).instances).toHaveLength(5);
});

test('purging deletes an instance in any state, history and queued messages with it', async () => {
  const { engine, store } = start();
  await engine.start({ name: 'Wait', instanceId: 'w', input: null });
  await settled(engine);
  expect(await engine.purge('w')).toBe(1);
  expect(await engine.purge('w')).toBe(0);
  expect(engine.get('w')).toBeUndefined();
  expect(engine.history('w')).toEqual([]);
  expect(store.messages()).toEqual([]);
  await run(engine, 'Chain', 0, 'a');
  await run(engine, 'Chain', 0, 'b');
  expect(await engine.purgeBy({ createdTimeFrom: 0, runtimeStatus: ['Completed'] })).toBe(2);
});

test('rewinding runs what failed again, in children too', async () => {
  const { engine } = start();
  await engine.start({ name: 'Parent', instanceId: 'p', input: '{"child":"FailTimesOnce","input":1,"id":"c"}' });
  await engine.waitFor('p', ['Failed']);
  await engine.rewind('p', 'mended');
  expect(outputOf(await engine.waitFor('p', ENDED))).toEqual({ result: 2 });
  await expect(engine.rewind('p', 'again')).rejects.toMatchObject({ kind: 'terminal' });
});

test('restarting takes name and input of the old instance', async () => {
  const { engine } = start();
  await run(engine, 'Chain', 2, 'old');
  const id = await engine.restart('old', true);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(outputOf(await engine.waitFor(id, ENDED))).toEqual([0, 1]);
  expect(await engine.restart('old', false)).toBe('old');
  await expect(engine.restart('none', true)).rejects.toThrow(
    'An orchestrastion with the instanceId none was not found.',
  );
});

test('unknown orchestrators and impossible ids are refused', async () => {
  const { engine } = start();
  await expect(engine.start({ name: 'Nope', input: null })).rejects.toThrow(
    "The function 'Nope' doesn't exist, is disabled, or is not an orchestrator function. Additional info: The following are the known orchestrator functions: 'CallEntity', ",
  );
  for (const instanceId of ['@a@b', 'a/b', 'a\\b', 'a#b', 'a?b', 'a\nb', 'x'.repeat(257)]) {
    await expect(engine.start({ name: 'Chain', instanceId, input: '0' })).rejects.toMatchObject({
      kind: 'invalid-argument',
    });
  }
});

test('a version that does not match is left alone, or failed when asked', async () => {
  const settings = { defaultVersion: '1.0', versionMatchStrategy: 'CurrentOrOlder' } as const;
  const { engine, log } = start({ settings });
  await engine.start({ name: 'Chain', instanceId: 'newer', input: '0', version: '1.1' });
  await settled(engine);
  expect(engine.get('newer')?.runtimeStatus).toBe('Pending');
  expect(log.join()).toContain("version '1.1' does not match");
  await engine.start({ name: 'Chain', instanceId: 'older', input: '0', version: '0.9' });
  expect(await engine.waitFor('older', ENDED)).toMatchObject({ runtimeStatus: 'Completed' });

  const failing = start({ settings: { ...settings, versionFailureStrategy: 'Fail' } }).engine;
  await failing.start({ name: 'Chain', instanceId: 'newer', input: '0', version: '1.1' });
  expect(await failing.waitFor('newer', ENDED)).toMatchObject({
    runtimeStatus: 'Failed',
    output: 'VersionMismatch: Orchestration version did not comply with Worker Versioning',
  });
});

test('entities answer calls, take signals and keep their state', async () => {
  const { engine } = start();
  const state = await run(engine, 'CallEntity', null, 'e');
  expect(outputOf(state)).toEqual({ added: 3, got: 7, error: '[object Object]' });
  expect(engine.entityState('counter', 'e')).toBe('7');
  expect(eventsOf(engine, 'e').slice(0, 3)).toEqual(['ExecutionStarted', 'EventSent 0', 'EventRaised']);
});
