import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Store } from '../../../local/functions-host/functions-host.ts';
import { BehaviourHost } from './behaviour-host.ts';

/** A host whose data can be taken away and given back: then every write fails, however small it is. */
const start = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'behaviours-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const [here, away] = [join(directory, 'data'), join(directory, 'away')];
  mkdirSync(here);
  const host = await BehaviourHost.start({ store: join(here, 'hub.sqlite') });
  return {
    host,
    takeAway: () => renameSync(here, away),
    giveBack: () => renameSync(away, here),
    status: async () => (await fetch(`${host.host.url}/admin/host/status`)).json(),
  };
};

const JSON_TYPE = { 'Content-Type': 'application/json' };

test('every command is answered 503 with Retry-After and changes nothing; reads go on', async () => {
  const { host, takeAway, giveBack } = await start();
  const failed = await host.run('Throws', undefined, 'failed');
  const waiting = await host.start('Wait', undefined, 'waiting');
  await host.start('Wait', undefined, 'suspended');
  await host.command('suspended', 'suspend', 'x');
  await host.settled();
  const before = await (await host.manage('GET', 'instances')).json();
  takeAway();
  const commands: readonly (readonly [method: string, path: string, body?: string])[] = [
    ['POST', 'orchestrators/Wait/new', '1'],
    ['POST', `instances/${waiting}/raiseEvent/go`, '1'],
    ['POST', `instances/${waiting}/terminate?reason=x`],
    ['POST', `instances/${waiting}/suspend?reason=x`],
    ['POST', 'instances/suspended/resume?reason=x'],
    ['POST', `instances/${failed.instanceId}/rewind?reason=x`],
    ['POST', `instances/${waiting}/restart`],
    ['DELETE', `instances/${waiting}`],
    ['DELETE', 'instances?createdTimeFrom=2020-01-01T00:00:00Z'],
    ['POST', 'entities/Counter/a?op=add', '1'],
    ['DELETE', 'entities/Counter/a'],
  ];
  for (const [method, path, body] of commands) {
    const response = await host.manage(method, path, { ...(body && { body }), headers: JSON_TYPE });
    const { status, headers } = response;
    expect({ path, status, retryAfter: headers.get('retry-after') }).toEqual({ path, status: 503, retryAfter: '10' });
    expect(await response.json()).toMatchObject({ ExceptionMessage: expect.stringContaining('deleted or moved') });
  }
  expect(await (await host.manage('GET', 'instances')).json()).toEqual(before);
  expect(await host.entity('Counter', 'a')).toBeUndefined();
  giveBack();
  await host.settled();
  expect(await (await host.manage('GET', 'instances')).json()).toEqual(before);
  expect(await host.raise(waiting, 'go', 'on')).toBe(202);
  expect((await host.ended(waiting)).runtimeStatus).toBe('Completed');
});

test('a function that fails since its client is refused is answered 503; one that answers by itself, as it answers', async () => {
  const { host, takeAway } = await start();
  await host.run('Throws', undefined, 'failed');
  takeAway();
  const response = await host.call('start/Wait');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
  expect(await response.text()).toContain('/admin/host/status');
  expect((await host.call('command/failed/rewind')).status).toBe(409);
  // It has nothing to store.
  expect((await host.call('status/nobody')).status).toBe(500);
});

test('/admin/host/status says why, and no more when there is room, also when nobody asks for anything', async () => {
  const { host, takeAway, giveBack, status } = await start();
  expect(await status()).toMatchObject({ state: 'Running' });
  expect(await status()).not.toHaveProperty('errors');
  takeAway();
  expect((await host.call('start/Wait')).status).toBe(503);
  expect(await status()).toMatchObject({
    state: 'Error',
    errors: [expect.stringMatching(/hub\.sqlite was deleted or moved .* Put the same file back/)],
  });
  giveBack();
  expect(await status()).toMatchObject({ state: 'Running' });
  const lines = host.log.filter((line) => /hub\.sqlite|stored again/.test(line) && !line.includes('Exception while'));
  expect(lines.map((line) => line.split(':')[0])).toEqual(['error', 'information']);
});

test('a commit that the disk has no room for waits and is done later; what came meanwhile is not lost', async () => {
  const store = new Store(':memory:');
  const host = await BehaviourHost.start({ store });
  const release = host.clock.hold();
  await host.start('Wait', undefined, 'w');
  await host.settled();
  store.pretendFull(true);
  const text = 'x'.repeat(100_000);
  expect(await host.raise('w', 'go', text)).toBe(503);
  store.pretendFull(false);
  expect(await host.raise('w', 'go', text)).toBe(202);
  store.pretendFull(true);
  release();
  await expect.poll(() => host.host.hub.storage.failure ?? '').toContain('the disk is full');
  store.pretendFull(false);
  expect(await host.ended('w')).toMatchObject({ runtimeStatus: 'Completed' });
});
