import type { Timer } from '@azure/functions';
import { beforeEach, describe, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import { startDriftCheck } from '../../src/functions/start-drift-check.ts';
import { taskHubOf } from '../../src/task-hub/durable-task-hub.ts';
import { invocation } from '../support/invocation.ts';
import { useWorld } from '../support/use-world.ts';

const HOUR_MS = 3600 * 1000;

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
  id = `exists-${nextId++}`;
});

const body = (options: object = {}) => ({ resourceGroupName: id, images: [], ...options });

/** The rules refuse it: what exists cannot be moved. */
const refused = (options: object = {}) => world.deploy(body({ location: 'westeurope', ...options }));

const get = async (path: string, options?: RequestInit) => {
  const answer = await world.fetch(`/api/deployments/${id}${path}`, options);
  const text = await answer.text();
  const json = () => JSON.parse(text);
  return { status: answer.status, run: answer.headers.get('deployment-run'), text, json };
};

const kubeconfig = () => get('/kubeconfig', { method: 'POST' });

const document = async () => (await get('')).json();

/** That all of what exists is answered as before. */
const isWhole = async (first: DeploymentDocument, outputs: string): Promise<void> => {
  const deployed = { run: first.run, endedAt: first.lastUpdatedAt };
  expect((await document()).deployed).toEqual(deployed);
  expect(await get('/outputs')).toMatchObject({ status: 200, run: first.run, text: outputs });
  expect(await get('/outputs?format=env')).toMatchObject({ status: 200, run: first.run });
  expect(await kubeconfig()).toMatchObject({ status: 200, run: first.run });
};

const lock = async (method: 'PUT' | 'DELETE') => {
  const url = `https://management.azure.com/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${id}/providers/Microsoft.Authorization/locks/freeze?api-version=2020-05-01`;
  const options = method === 'PUT' ? { properties: { level: 'CanNotDelete' } } : undefined;
  expect((await world.azure.somebodyElse(method, url, options)).status).toBeLessThan(300);
};

const remove = () => world.fetch(`/api/deployments/${id}?confirm=${id}`, { method: 'DELETE' });

describe('what exists stays as it is', () => {
  it('when a later run is refused: the status is that of the run, the rest is of what exists', async () => {
    const first = await world.deploy(body());
    const outputs = (await get('/outputs')).text;
    const second = await refused({ clusterName: 'another' });
    expect(second).toMatchObject({ status: 'Failed', createdAt: first.createdAt });
    expect(second.run).not.toBe(first.run);
    const result = await get('/result');
    expect(result.status).toBe(422);
    expect(result.json()).toMatchObject({ run: second.run, deploymentStatus: 'Failed', deployed: { run: first.run } });
    await isWhole(first, outputs);

    expect((await refused()).status).toBe('Failed');
    await isWhole(first, outputs);
    const context = invocation(world);
    await startDriftCheck(TIMER, taskHubOf(context), context);
    await world.instanceEnded('drift-check');
    await world.instanceEnded(`r:${id}`);
    expect((await get('/drift')).json()).toMatchObject({ run: first.run, changes: 0 });
    expect((await document()).drift).toMatchObject({ changes: 0 });

    const last = await world.deploy(body());
    expect(last).toMatchObject({ status: 'Succeeded', createdAt: first.createdAt });
    expect((await document()).deployed).toEqual({ run: last.run, endedAt: last.lastUpdatedAt });
    expect(await get('/outputs')).toMatchObject({ status: 200, run: last.run, text: outputs });
  });

  it('when a later run is rejected, and while it waits for that', async () => {
    const first = await world.deploy(body());
    const outputs = (await get('/outputs')).text;
    const release = world.clock.hold();
    await world.post(body({ cluster: { nodeCount: 5 }, approval: { required: true, timeoutHours: 1 } }));
    const rejected = world.after(60_000, async () => {
      expect(await get('/outputs')).toMatchObject({ status: 200, run: first.run, text: outputs });
      return world.post({ by: 'Bob', reason: 'Not now.' }, `/api/deployments/${id}/reject`);
    });
    release();
    expect((await rejected).status).toBe(200);
    expect((await world.ended(id)).status).toBe('Cancelled');
    await isWhole(first, outputs);
  });

  it('when Azure refuses the first change of a later run', async () => {
    const first = await world.deploy(body());
    const outputs = (await get('/outputs')).text;
    await world.azure.fail({
      method: 'PUT',
      path: '/managedClusters/',
      action: { answer: { status: 400, code: 'AvailabilityZoneNotSupported', message: 'no' } },
    });
    expect((await world.deploy(body({ cluster: { nodeCount: 5 } }))).status).toBe('Failed');
    await isWhole(first, outputs);
  });

  it('when a DELETE is refused by a lock', async () => {
    const first = await world.deploy(body());
    const outputs = (await get('/outputs')).text;
    await lock('PUT');
    expect((await remove()).status).toBe(202);
    expect((await world.undone(id)).status).toBe('Failed');
    await isWhole(first, outputs);
    await lock('DELETE');
  });
});

describe('what exists has changed', () => {
  it('when a later run changed something before it failed: outputs say so, the kubeconfig still answers', async () => {
    const first = await world.deploy(body());
    await world.azure.fail({
      method: 'PUT',
      path: '/federatedIdentityCredentials/',
      action: { answer: { status: 400, code: 'InvalidName', message: 'no' } },
    });
    const second = await world.deploy(body({ cluster: { nodeCount: 5 }, serviceAccountName: 'other' }));
    expect(second.status).toBe('Failed');
    const changedBy = [{ run: second.run, steps: ['cluster'] }];
    expect((await document()).deployed).toMatchObject({ run: first.run, changedBy });
    const outputs = await get('/outputs');
    expect(outputs.status).toBe(409);
    expect(outputs.json()).toMatchObject({
      type: 'urn:airflow-on-aks:problem:outputs-outdated',
      deployed: { run: first.run, changedBy },
    });
    expect(outputs.json().detail).toContain(`run ${second.run} (cluster)`);
    expect((await get('/drift')).status).toBe(404);
    expect(await kubeconfig()).toMatchObject({ status: 200, run: second.run });

    await refused();
    expect((await document()).deployed).toMatchObject({ run: first.run, changedBy });
    expect(await kubeconfig()).toMatchObject({ status: 200, run: first.run });
    world.azure.reset();
  });

  it('and is gone once it is deleted, by the names of each run that left something; what is created then is new', async () => {
    const first = await world.deploy(body());
    await refused({ clusterName: 'another' });
    expect((await remove()).status).toBe(202);
    expect((await world.undone(id)).status).toBe('Deleted');
    const { earlier } = JSON.parse(world.host.hub.get(`u:${id}`)?.input ?? '{}');
    expect(earlier).toMatchObject([{ clusterName: 'apache-airflow-aks' }]);
    expect(world.azure.simulator.resources().filter((each) => each.id.includes(`/${id}/`))).toEqual([]);
    expect((await document()).deployed).toBeUndefined();
    expect((await get('/outputs')).json()).toMatchObject({ type: 'urn:airflow-on-aks:problem:no-outputs' });
    expect((await kubeconfig()).json()).toMatchObject({ type: 'urn:airflow-on-aks:problem:no-cluster' });

    const again = await world.deploy(body());
    expect(again.createdAt).not.toBe(first.createdAt);
    expect(again.status).toBe('Succeeded');
  });
});

describe('the expiry of what exists', () => {
  /** Lets a first run end, then does something, and lets so many hours pass. */
  const passed = async (hours: number): Promise<void> => {
    await world.pass(hours * HOUR_MS);
  };

  it('stays when a later run is refused, whatever that asks for', async () => {
    const first = await world.deploy(body({ expiresAt: 'P3D' }));
    const second = await refused({ expiresAt: 'P30D' });
    const { expiry, deployed } = await document();
    expect(expiry).toBeUndefined();
    expect(deployed).toMatchObject({ run: first.run, expiry: { state: 'Scheduled' } });
    await passed(75);
    expect((await document()).status).toBe('Deleted');
    expect(second.run).not.toBe(first.run);
  });

  it('is not that of a later run that is refused', async () => {
    const first = await world.deploy(body());
    await refused({ expiresAt: 'PT8H' });
    await passed(24);
    const now = await document();
    expect(now).toMatchObject({ status: 'Failed', deployed: { run: first.run } });
    expect(now.deployed.expiry).toBeUndefined();
  });

  it('is that of a later run which succeeds', async () => {
    await world.deploy(body({ expiresAt: 'P2D' }));
    await world.deploy(body());
    await passed(72);
    expect((await document()).status).toBe('Succeeded');
  });
});
