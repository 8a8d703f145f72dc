import { expect, it, vi } from 'vitest';
import { purgeParts } from '../../src/functions/purge-ended-runs.ts';
import { taskHubOf } from '../../src/task-hub/durable-task-hub.ts';
import { invocation } from '../support/invocation.ts';
import { Receiver } from '../support/receiver.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

const purge = (endedBefore: number) => purgeParts(taskHubOf(invocation(world)), endedBefore);

const branches = (prefix = 's:') => world.host.hub.list({ instanceIdPrefix: prefix }).instances.length;

it('purges the branches of runs that ended before, keeps the last record and what a failed run shows', async () => {
  await world.deploy({ resourceGroupName: 'good', images: [] });
  await world.azure.fail({
    method: 'PUT',
    path: '/managedClusters/',
    action: { answer: { status: 400, code: 'AvailabilityZoneNotSupported', message: 'no' } },
  });
  await world.deploy({ resourceGroupName: 'bad', images: [] });
  const before = await world.status('bad');
  expect(branches()).toBe(8);

  expect(await purge(world.clock.now() - 24 * 3600 * 1000)).toBe(0);
  await world.clock.sleep(2_000);
  expect(await purge(world.clock.now())).toBe(4);
  expect(await world.status('good')).toMatchObject({ status: 'Succeeded', steps: { length: 13 } });
  expect(await world.status('bad')).toEqual(before);

  await world.deploy({ resourceGroupName: 'bad', images: [] });
  await world.clock.sleep(2_000);
  expect(await purge(world.clock.now())).toBe(8);
  expect((await world.status('bad')).earlierRuns).toHaveLength(1);
});

it('purges the callbacks of earlier runs, and keeps what the last run shows', async () => {
  const receiver = await Receiver.start();
  vi.stubEnv('CALLBACK_ENCRYPTION_KEY', Buffer.alloc(32, 1).toString('base64'));
  vi.stubEnv('CALLBACK_SIGNING_SECRET', `whsec_${Buffer.alloc(32, 1).toString('base64')}`);
  vi.stubEnv('CALLBACK_ALLOWED_HOSTS', receiver.host);
  const callbacks = () => world.host.hub.list({ instanceIdPrefix: 'c:' }).instances;
  for (const _ of ['first', 'second']) {
    const { run } = await world.deploy({ resourceGroupName: 'told', images: [], callbackUrl: receiver.url() });
    await world.instanceEnded(`c:told:${run}`);
  }
  await receiver.close();
  vi.unstubAllEnvs();
  const before = await world.status('told');
  expect(before.callback?.state).toBe('Delivered');
  expect(callbacks()).toHaveLength(2);
  await world.clock.sleep(2_000);
  await purge(world.clock.now());
  expect(callbacks()).toHaveLength(1);
  expect(await world.status('told')).toEqual(before);
});

const DAY_MS = 24 * 3600 * 1000;

it('the nightly timer does that by itself, thirty days after the end of a run', async () => {
  await world.deploy({ resourceGroupName: 'old', images: [] });
  const before = branches('s:old:');
  expect(before).toBeGreaterThan(0);
  await world.pass(29 * DAY_MS);
  expect(branches('s:old:')).toBe(before);
  await world.pass(3 * DAY_MS);
  expect(branches('s:old:')).toBe(0);
  expect(world.logs).toContainEqual(
    expect.stringMatching(
      /Function\.purgeEndedRuns\.User: Purged [1-9]\d* parts of runs that ended more than 30 days ago\./,
    ),
  );
  expect(await world.status('old')).toMatchObject({ status: 'Succeeded', steps: { length: 13 } });
});

it('keeps the expiry that a last run waits for or shows, and its report on drift', async () => {
  const { hub } = world.host;
  const post = async (expiresAt?: string) => {
    const response = await world.post({ resourceGroupName: 'expiring', images: [], expiresAt });
    const { run }: { run: string } = JSON.parse(await response.text());
    await hub.waitFor('d:expiring', ['Completed']);
    return run;
  };
  const purgeLater = async () => {
    await world.clock.sleep(2_000);
    return purge(world.clock.now());
  };
  const first = await post('PT20H');
  const instance = await hub.waitFor(`e:expiring:${first}`, ['Completed']);
  expect(instance.customStatus).toContain('Expired');
  await purgeLater();
  expect(await world.status('expiring')).toMatchObject({ status: 'Deleted', expiry: { state: 'Expired' } });

  const second = await post();
  await hub.start({ name: 'driftCheck', instanceId: 'drift-check', input: '{}' });
  await hub.waitFor('r:expiring', ['Completed']);
  await purgeLater();
  expect(hub.get(`e:expiring:${first}`)).toBeUndefined();
  expect(await world.status('expiring')).toMatchObject({ run: second, drift: { changes: 0 } });

  await post();
  await purgeLater();
  expect(hub.get('r:expiring')).toBeUndefined();
});
