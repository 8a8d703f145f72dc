import { describe, expect, it } from 'vitest';
import { checkDriftActivity } from '../../src/activities/check-drift.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { deploymentAir, silentContext } from '../support/call-activity.ts';
import { azureError, NOT_FOUND, SCRIPTED_TENANT_ID, useScriptedAzure } from '../support/scripted-azure.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';
import { RESOURCES, scriptGroup } from './a-group.ts';

const azure = useScriptedAzure();

const GET_SUBSCRIPTION = `GET /subscriptions/${SUBSCRIPTION}`;

const deployed = (runtimeStatus = 'Completed', run = 'r1') =>
  anInstance('d:air', runtimeStatus, { input: { run, hash: 'h', deployment: deploymentAir({ images: [] }) } });

const check = (hub: MadeUpHub) => checkDriftActivity(hub)({ deploymentId: 'air' }, silentContext());

/** An Azure in which nothing is left. */
const nothingLeft = (): void => {
  scriptGroup(azure, {});
  const { storage, 'key-vault': vault, identity } = RESOURCES;
  const parts = [
    `${storage.resourceId}/blobServices/default/containers/airflow-logs`,
    `${identity.resourceId}/federatedIdentityCredentials/external-secret-operator`,
    ...['AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME', 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY', 'aks-ssh-private-key'].map(
      (name) => `${vault.resourceId}/secrets/${name}`,
    ),
  ];
  for (const id of parts) azure.on(`GET ${id}`, NOT_FOUND);
  azure.on(GET_SUBSCRIPTION, { body: { tenantId: SCRIPTED_TENANT_ID } });
};

describe('a deployment that succeeded', () => {
  it('is compared with Azure, and what differs is kept', async () => {
    nothingLeft();
    const hub = new MadeUpHub(deployed());
    await check(hub);
    expect(hub.started).toMatchObject([
      {
        orchestrator: 'driftReport',
        instanceId: 'r:air',
        input: {
          run: 'r1',
          steps: expect.arrayContaining([expect.objectContaining({ name: 'cluster', action: 'create' })]),
        },
      },
    ]);
    expect(hub.started[0]?.input).not.toHaveProperty('error');
  });

  it('whose state cannot be read has the reason kept', async () => {
    azure.on(GET_SUBSCRIPTION, azureError(500, 'InternalServerError', 'Sorry.'));
    const hub = new MadeUpHub(deployed());
    await check(hub);
    expect(hub.started).toEqual([
      {
        orchestrator: 'driftReport',
        instanceId: 'r:air',
        input: {
          run: 'r1',
          steps: [],
          error: { code: 'InternalServerError', message: 'Sorry.', remedy: expect.stringContaining('status') },
        },
      },
    ]);
  });

  it.each([
    ['was started again', deployed('Completed', 'r2')],
    ['goes on again', deployed('Running', 'r1')],
  ])('and %s meanwhile is left alone', async (_, later) => {
    nothingLeft();
    const hub = new MadeUpHub(deployed());
    azure.on(GET_SUBSCRIPTION, () => {
      hub.set(later);
      return { body: { tenantId: SCRIPTED_TENANT_ID } };
    });
    await check(hub);
    expect(hub.started).toEqual([]);
  });
});

describe('what exists of a deployment whose later run', () => {
  const deployment = deploymentAir({ images: [] });
  const before = { run: 'r1', endedAt: '2026-11-30T08:00:00Z', deployment };
  const later = (runtimeStatus: string, customStatus?: unknown) =>
    anInstance('d:air', runtimeStatus, {
      input: { run: 'r2', deployment: { ...deployment, clusterName: 'other' }, deployed: before },
      customStatus,
    });

  it.each([
    ['was refused', later('Failed')],
    ['waits for approval', later('Running', { approval: { state: 'Awaiting' } })],
  ])('%s is compared, by its own names', async (_, instance) => {
    nothingLeft();
    const hub = new MadeUpHub(instance);
    await check(hub);
    const steps = expect.arrayContaining([
      expect.objectContaining({
        name: 'cluster',
        resourceId: expect.stringMatching(`/managedClusters/${deployment.clusterName}$`),
      }),
    ]);
    expect(hub.started).toMatchObject([{ input: { run: 'r1', steps } }]);
  });

  it.each([
    ['is at work', later('Running')],
    ['changed something and failed', later('Failed', { steps: [{ name: 'cluster', state: 'Failed', wrote: true }] })],
  ])('%s is not', async (_, instance) => {
    const hub = new MadeUpHub(instance);
    await check(hub);
    expect(hub.started).toEqual([]);
  });
});

it.each([
  ['is not there', []],
  ['goes on', [deployed('Running')]],
  ['failed', [deployed('Failed')]],
  ['cannot be read', [anInstance('d:air', 'Completed', { input: 'unknown' })]],
])('a deployment that %s is not compared', async (_, instances) => {
  const hub = new MadeUpHub(...instances);
  await check(hub);
  expect(hub.started).toEqual([]);
  expect(azure.routes).toEqual([]);
});
