import type { Timer } from '@azure/functions';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { EventType } from '../../local/functions-host/engine/replay/event-type.ts';
import { startDriftCheck } from '../../src/functions/start-drift-check.ts';
import { taskHubOf } from '../../src/task-hub/durable-task-hub.ts';
import { invocation } from '../support/invocation.ts';
import { Receiver } from '../support/receiver.ts';
import { useWorld } from '../support/use-world.ts';

const TIMER: Timer = {
  isPastDue: false,
  schedule: { adjustForDST: false },
  scheduleStatus: { last: '', next: '', lastUpdated: '' },
};

const world = useWorld();

let nextId = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  id = `drift-${nextId++}`;
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const body = (options: object = {}) => ({ resourceGroupName: id, images: [], ...options });

/** What the timer does, and then waits for the end of it. */
const check = async () => {
  const context = invocation(world);
  await startDriftCheck(TIMER, taskHubOf(context), context);
  await world.instanceEnded('drift-check');
  if (world.host.hub.get(`r:${id}`)) await world.instanceEnded(`r:${id}`);
};

const report = async () => {
  const response = await world.fetch(`/api/deployments/${id}/drift`);
  return { status: response.status, body: JSON.parse(await response.text()) };
};

const groupUrl = (path: string, apiVersion: string): string =>
  `https://management.azure.com/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${id}${path}?api-version=${apiVersion}`;

const dropCredential = async () => {
  const path =
    '/providers/Microsoft.ManagedIdentity/userAssignedIdentities/airflow-identity-123/federatedIdentityCredentials/external-secret-operator';
  const { status } = await world.azure.somebodyElse('DELETE', groupUrl(path, '2024-11-30'));
  expect(status).toBe(200);
};

const listed = async () => {
  const { deployments }: { deployments: readonly { readonly id: string; readonly drift?: object }[] } = JSON.parse(
    await (await world.fetch('/api/deployments?top=200')).text(),
  );
  return deployments.find((each) => each.id === id);
};

describe('the scheduled check', () => {
  it('finds nothing in a deployment that nobody touched, and changes nothing', async () => {
    await world.deploy(body());
    const writes = () => world.azure.requests('PUT', id).length + world.azure.requests('DELETE', id).length;
    const before = writes();
    await check();
    expect(writes()).toBe(before);
    const { status, body: found } = await report();
    expect(status).toBe(200);
    expect(found).toMatchObject({ id, checkedAt: expect.stringMatching(/^2026-.*Z$/), changes: 0, steps: [] });
    expect((await world.status(id)).drift).toEqual({ checkedAt: found.checkedAt, changes: 0 });
    expect((await listed())?.drift).toEqual({ checkedAt: found.checkedAt, changes: 0 });
  });

  it('shows what somebody changed and what somebody removed, until a POST puts it right', async () => {
    await world.deploy(body({ tags: { team: 'data' } }));
    await dropCredential();
    await check();
    expect((await report()).body).toMatchObject({
      changes: 1,
      steps: [{ name: 'federated-credential', action: 'create' }],
    });
    expect((await world.status(id)).drift?.changes).toBe(1);

    await world.deploy(body({ tags: { team: 'data' } }));
    // What was found of the run before says nothing about this one.
    expect((await report()).status).toBe(404);
    expect((await world.status(id)).drift).toBeUndefined();
    expect((await listed())?.drift).toBeUndefined();
    await check();
    expect((await report()).body).toMatchObject({ changes: 0 });
  });

  it('shows a resource group that is gone', async () => {
    await world.deploy(body());
    expect((await world.azure.somebodyElse('DELETE', groupUrl('', '2021-04-01'))).status).toBe(202);
    await world.clock.sleep(3600 * 1000);
    await check();
    const { changes, steps } = (await report()).body;
    expect(changes).toBeGreaterThan(8);
    expect(steps[0]).toMatchObject({ name: 'resource-group', action: 'create' });
  });

  it('shows what could not be read as not checked, beside what differs', async () => {
    await world.deploy(body());
    await dropCredential();
    await world.azure.fail({
      method: 'GET',
      path: `/${id}/providers/Microsoft.Storage/storageAccounts/`,
      times: 10,
      action: { answer: { status: 403, code: 'AuthorizationFailed', message: 'No right to.' } },
    });
    await check();
    await world.azure.heal();
    const { body: found } = await report();
    expect(found).toMatchObject({ changes: 1, notChecked: 3 });
    expect(found.steps).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ name: 'federated-credential', action: 'create' }),
        expect.objectContaining({ name: 'storage', action: 'unknown', note: expect.stringContaining('No right to.') }),
      ]),
    );
    expect((await world.status(id)).drift).toMatchObject({ changes: 1, notChecked: 3 });
  });

  it('reads again what failed for a moment', async () => {
    await world.deploy(body());
    await world.azure.fail(
      { method: 'GET', path: '/managedClusters/', action: { drop: 'before' } },
      {
        method: 'GET',
        path: '/registries/',
        action: { answer: { status: 429, code: 'TooManyRequests', message: 'Later.' } },
      },
    );
    await check();
    expect(await world.azure.hasFailed()).toBe(true);
    const { body: found } = await report();
    expect(found).toMatchObject({ changes: 0, steps: [] });
  });

  it('says why when Azure does not let it read anything, and checks the others', async () => {
    await world.deploy(body());
    const other = `${id}-other`;
    await world.deploy(body({ resourceGroupName: other }));
    await world.azure.fail({
      method: 'GET',
      path: `/${id}[/?]`,
      times: 1000,
      action: { answer: { status: 403, code: 'AuthorizationFailed', message: 'No right to.' } },
    });
    await check();
    await world.azure.heal();
    const { body: found } = await report();
    expect(found).toMatchObject({ steps: [], error: { code: 'AuthorizationFailed', remedy: expect.any(String) } });
    expect(found.changes).toBeUndefined();
    expect((await world.status(id)).drift).toMatchObject({ error: 'AuthorizationFailed' });
    expect((await world.status(other)).drift).toMatchObject({ changes: 0 });
  });

  it('leaves alone what failed or was undone', async () => {
    await world.azure.fail({
      method: 'PUT',
      path: `/${id}/providers/Microsoft.ContainerService/managedClusters/`,
      action: { answer: { status: 400, code: 'AvailabilityZoneNotSupported', message: 'no' } },
    });
    await world.deploy(body());
    await check();
    expect(await report()).toMatchObject({
      status: 404,
      body: { type: 'urn:airflow-on-aks:problem:no-drift-report', detail: expect.stringContaining('DRIFT_SCHEDULE') },
    });
    await world.deploy(body());
    await check();
    expect((await report()).status).toBe(200);
    await world.fetch(`/api/deployments/${id}?confirm=${id}`, { method: 'DELETE' });
    await world.undone(id);
    const reads = () => world.azure.requests('GET', `/${id}/`).length;
    const before = reads();
    await check();
    expect(reads()).toBe(before);
    expect((await world.status(id)).drift).toBeUndefined();
    expect((await listed())?.drift).toBeUndefined();
    expect((await report()).status).toBe(404);
  });

  it('comes to the last of many deployments', async () => {
    const { hub } = world.host;
    await world.deploy(body());
    const ids = Array.from({ length: 120 }, (_, index) => `${id}-${index}`);
    await check();
    const requests = world.azure.requests('GET', `/${id}/providers/Microsoft.ContainerService`).length;
    await hub.start({
      name: 'driftCheck',
      instanceId: 'drift-check',
      input: JSON.stringify({ ids: [...ids, id] }),
    });
    await hub.waitFor('drift-check', ['Completed', 'Failed']);
    const kinds = [...hub.history('drift-check')]
      .map(({ EventType: type }) => type)
      .filter((type) => type === EventType.TaskScheduled || type === EventType.TaskCompleted);
    // One at a time, and what came before is not dragged along.
    expect(kinds.length).toBeLessThan(60);
    expect(kinds.every((type, index) => type === kinds[index % 2])).toBe(true);
    expect(hub.get('drift-check')?.runtimeStatus).toBe('Completed');
    expect(world.azure.requests('GET', `/${id}/providers/Microsoft.ContainerService`).length).toBeGreaterThan(requests);
  });

  it('is not begun beside one that is still going on', async () => {
    await world.deploy(body());
    const release = world.clock.hold();
    const context = invocation(world);
    const hub = taskHubOf(context);
    await startDriftCheck(TIMER, hub, context);
    const warnings: string[] = [];
    context.warn = (text: string) => void warnings.push(text);
    await startDriftCheck(TIMER, hub, context);
    release();
    expect(warnings.join()).toContain('DRIFT_SCHEDULE');
    await world.instanceEnded('drift-check');
  });
});

describe('the callback event drift', () => {
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await Receiver.start();
    vi.stubEnv('CALLBACK_ENCRYPTION_KEY', Buffer.alloc(32, 1).toString('base64'));
    vi.stubEnv('CALLBACK_SIGNING_SECRET', `whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    vi.stubEnv('CALLBACK_ALLOWED_HOSTS', receiver.host);
  });

  afterEach(() => receiver.close());

  const asked = () => body({ callbackUrl: receiver.url(), callbackEvents: ['drift'] });

  it('sends each drift once, until the deployment is undone', async () => {
    vi.stubEnv('DRIFT_SCHEDULE', '0 0 4 * * *');
    const { run } = await world.deploy(asked());
    const settle = () => world.clock.sleep(2 * 3600 * 1000);
    await check();
    await settle();
    await dropCredential();
    await check();
    await settle();
    await check();
    await settle();
    await world.fetch(`/api/deployments/${id}?confirm=${id}`, { method: 'DELETE' });
    await world.instanceEnded(`c:${id}:${run}`);
    const messages = receiver.received.map(({ body: text }) => JSON.parse(text));
    expect(messages.map(({ type }) => type)).toEqual(['deployment.ended', 'deployment.drift']);
    expect(messages[1].data).toMatchObject({
      id,
      run,
      sequence: 2,
      changes: 1,
      steps: [{ name: 'federated-credential', action: 'create' }],
    });
  });

  it('is refused where nothing is ever checked', async () => {
    const response = await world.post(asked());
    expect(response.status).toBe(400);
    expect(JSON.parse(await response.text())).toMatchObject({
      errors: [{ field: 'callbackEvents', message: expect.stringContaining('DRIFT_SCHEDULE') }],
    });
  });
});
