import { beforeEach, describe, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import type { Plan } from '../../src/deployment/plan/plan.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let nextId = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  id = `reads-${nextId++}`;
});

const bodyOf = (body: object = {}) => ({ resourceGroupName: id, images: [], ...body });

const ask = async (path: string, body: object) => {
  const response = await world.post(body, path);
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
};

const plan = async (body: object = {}): Promise<Plan> => {
  const answer = await ask('/api/plans', bodyOf(body));
  expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
  return answer.body;
};

const withField = (planned: Plan, field: string) => planned.findings.filter((finding) => finding.field === field);

const OTHER = '99999999-0000-4000-8000-000000000000';

describe('a plan when some resources exist and others do not', () => {
  const TYPES = {
    registry: ['Microsoft.ContainerRegistry/registries', '2025-11-01'],
    identity: ['Microsoft.ManagedIdentity/userAssignedIdentities', '2024-11-30'],
    storage: ['Microsoft.Storage/storageAccounts', '2026-09-01'],
    'key-vault': ['Microsoft.KeyVault/vaults', '2026-02-01'],
    cluster: ['Microsoft.ContainerService/managedClusters', '2026-06-01'],
  } as const;

  it.each([
    ['the cluster, but not the registry', ['registry']],
    ['the registry, but not the identity', ['identity']],
    ['the cluster alone', ['registry', 'identity', 'storage', 'key-vault']],
    ['no cluster', ['cluster']],
    ['nothing, in its group', ['registry', 'identity', 'storage', 'key-vault', 'cluster']],
  ] as const)('is made, with all rules checked: %s', async (_, gone) => {
    await world.deploy(bodyOf());
    for (const name of gone) {
      const [type, version] = TYPES[name];
      const url = `https://management.azure.com${world.azure.the(type)?.id}?api-version=${version}`;
      expect((await world.azure.somebodyElse('DELETE', url)).status).toBeLessThan(300);
      await world.clock.sleep(600_000);
    }
    const { steps, findings } = await plan();
    expect(steps.filter(({ action }) => action === 'unknown')).toEqual([]);
    expect(findings.filter(({ rule }) => rule === 'not-checked')).toEqual([]);
    for (const name of gone) {
      const action = name === 'key-vault' ? 'update' : 'create';
      expect(steps.find((step) => step.name === name)?.action).toBe(action);
    }
  });
});

describe('a read that fails for a moment', () => {
  const FAULTS = [
    ['429', { answer: { status: 429, code: 'TooManyRequests', message: 'Wait.' } }],
    ['503', { answer: { status: 503, code: 'ServiceUnavailable', message: 'Sorry.' } }],
    ['a connection that breaks before the answer', { drop: 'before' }],
    ['a connection that breaks after Azure has answered', { drop: 'after' }],
  ] as const;

  it.each(FAULTS)('is read again for a plan, after %s', async (_, action) => {
    const before = await plan();
    // One of each kind of read: the subscription, a resource, a list, and what is asked by POST.
    const paths = [
      '/subscriptions/[^/]*\\?',
      '/resourcegroups/',
      '/roleAssignments',
      '/checkNameAvailability',
      '/Microsoft.Compute/',
    ];
    for (const path of paths) {
      for (const method of ['GET', 'POST']) await world.azure.fail({ method, path, action });
    }
    expect(await plan()).toEqual(before);
  });

  it.each(FAULTS)('is read again for the hash of a POST and for a kubeconfig, after %s', async (_, action) => {
    const { hash: planHash } = await plan();
    await world.azure.fail({ method: 'GET', path: `/${id}`, action });
    expect((await ask('/api/deployments', bodyOf({ planHash }))).status).toBe(202);
    expect((await world.ended(id)).status).toBe('Succeeded');
    await world.azure.fail({ method: 'POST', path: '/listClusterUserCredential', action });
    const answer = await world.fetch(`/api/deployments/${id}/kubeconfig`, { method: 'POST' });
    expect(answer.status).toBe(200);
  });
});

describe('a kubeconfig that Azure does not give', () => {
  const kubeconfig = () => ask(`/api/deployments/${id}/kubeconfig`, {});

  it('for a time is a 503 that says when to ask again', async () => {
    await world.deploy(bodyOf());
    const answer = { status: 429, code: 'TooManyRequests', message: 'Wait.', headers: { 'retry-after': '120' } };
    await world.azure.fail({ method: 'POST', path: '/listClusterUserCredential', times: 10, action: { answer } });
    const { status, headers, body } = await kubeconfig();
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('120');
    expect(body).toMatchObject({
      type: 'urn:airflow-on-aks:problem:azure-unavailable',
      detail: expect.stringContaining('TooManyRequests: Wait.'),
    });
  });

  it('because it may not is a 502 with the remedy', async () => {
    await world.deploy(bodyOf());
    const answer = { status: 403, code: 'AuthorizationFailed', message: 'No right to.' };
    await world.azure.fail({ method: 'POST', path: '/listClusterUserCredential', times: 10, action: { answer } });
    const { status, body } = await kubeconfig();
    expect(status).toBe(502);
    expect(body.detail).toContain('docs/permissions.md');
  });

  it('because somebody deleted the cluster is a 409', async () => {
    await world.deploy(bodyOf());
    const url = `https://management.azure.com${world.azure.the('Microsoft.ContainerService/managedClusters')?.id}?api-version=2026-06-01`;
    await world.azure.somebodyElse('DELETE', url);
    await world.clock.sleep(600_000);
    const { status, body } = await kubeconfig();
    expect(status).toBe(409);
    expect(body.type).toBe('urn:airflow-on-aks:problem:no-cluster');
  });
});

describe('what the caller got wrong is said with its field:', () => {
  const SUBSCRIPTION_PATH = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}\\?`;
  const answersSubscription = (status: number, code: string) =>
    world.azure.fail({
      method: 'GET',
      path: SUBSCRIPTION_PATH,
      times: 10,
      action: { answer: { status, code, message: 'No.' } },
    });

  it.each([
    ['a subscription that is not there', async () => {}, { subscriptionId: OTHER }],
    ['a subscription that Azure does not know', () => answersSubscription(404, 'SubscriptionNotFound'), {}],
    ['a subscription that is none', () => answersSubscription(400, 'InvalidSubscriptionId'), {}],
    ['a subscription of another tenant', () => answersSubscription(401, 'InvalidAuthenticationTokenTenant'), {}],
  ])('%s', async (_, arrange, body) => {
    await arrange();
    const { status, body: problem } = await ask('/api/plans', bodyOf(body));
    expect(status).toBe(400);
    expect(problem).toMatchObject({
      type: 'urn:airflow-on-aks:problem:invalid-request',
      errors: [{ field: 'subscriptionId', message: expect.stringContaining('Correct `subscriptionId`') }],
    });
    const checked = await ask('/api/deployments', bodyOf({ ...body, planHash: '0'.repeat(64) }));
    expect([checked.status, checked.body.errors?.[0]?.field]).toEqual([400, 'subscriptionId']);
    const deployment = await world.deploy(bodyOf(body));
    expect(deployment).toMatchObject({
      status: 'Failed',
      error: { step: 'preflight', code: 'PreflightFailed', remedy: expect.stringContaining('subscriptionId') },
    });
    expect(deployment.findings?.[0]).toMatchObject({ rule: 'subscription-not-found', field: 'subscriptionId' });
  });

  it('a location that the cloud does not have', async () => {
    const { status, body } = await ask('/api/plans', bodyOf({ location: 'atlantis' }));
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ field: 'location', message: expect.stringContaining('canadacentral') }]);
    const deployment = await world.deploy(bodyOf({ location: 'atlantis' }));
    expect(deployment.findings?.[0]).toMatchObject({ rule: 'location-unknown', field: 'location' });
  });

  it('a subscription that is disabled', async () => {
    await world.azure.fail({
      method: 'GET',
      path: SUBSCRIPTION_PATH,
      times: 10,
      action: {
        answer: {
          status: 200,
          body: { subscriptionId: SIMULATED_SUBSCRIPTION_ID, tenantId: OTHER, state: 'Disabled' },
        },
      },
    });
    expect(withField(await plan(), 'subscriptionId')).toMatchObject([
      { rule: 'subscription-disabled', severity: 'error' },
    ]);
  });

  it('a subscription that the service may not read', async () => {
    const answer = { status: 403, code: 'AuthorizationFailed', message: 'No.' };
    await world.azure.fail({ method: 'GET', path: '/subscriptions/', times: 1000, action: { answer } });
    const planned = await plan();
    expect(withField(planned, 'subscriptionId')).toMatchObject([
      { rule: 'subscription-forbidden', severity: 'error', remedy: expect.stringContaining('docs/permissions.md') },
    ]);
    expect(planned.summary.unknown).toBe(planned.steps.length);
  });

  const groupOf = (subscription: string, group: string) => `/subscriptions/${subscription}/resourceGroups/${group}`;
  const NAMED = {
    registryId: 'Microsoft.ContainerRegistry/registries/nobodys',
    keyVaultId: 'Microsoft.KeyVault/vaults/nobodys',
    subnetId: 'Microsoft.Network/virtualNetworks/nobodys/subnets/none',
  };
  const places = [
    ['a subscription', groupOf(OTHER, 'nowhere')],
    ['a resource group', groupOf(SIMULATED_SUBSCRIPTION_ID, 'nowhere')],
  ] as const;
  const ids = Object.entries(NAMED).flatMap(([name, path]) =>
    places.map(([what, group]) => [name, what, `${group}/providers/${path}`] as const),
  );

  it.each(ids)('existing.%s in %s that is not there', async (name, _, existingId) => {
    const planned = await plan({ existing: { [name]: existingId } });
    expect(withField(planned, `existing.${name}`)).toMatchObject([
      { rule: 'existing-resource-unusable', severity: 'error', message: `${existingId} does not exist.` },
    ]);
    const deployment = await world.deploy(bodyOf({ existing: { [name]: existingId } }));
    expect(deployment.findings).toContainEqual(
      expect.objectContaining({ rule: 'existing-resource-unusable', field: `existing.${name}` }),
    );
  });

  const refusals = [
    [403, 'AuthorizationFailed'],
    [401, 'InvalidAuthenticationTokenTenant'],
  ] as const;
  const unread = Object.entries(NAMED).flatMap(([name, path]) =>
    refusals.map(([status, code]) => [name, code, status, path] as const),
  );

  it.each(unread)('existing.%s that the service may not read: %s', async (name, code, status, path) => {
    const answer = { status, code, message: 'No.' };
    await world.azure.fail({ method: 'GET', path: '/nobodys', times: 1000, action: { answer } });
    const existingId = `${groupOf(SIMULATED_SUBSCRIPTION_ID, 'theirs')}/providers/${path}`;
    const found = withField(await plan({ existing: { [name]: existingId } }), `existing.${name}`);
    expect(found).toMatchObject([{ message: expect.stringContaining(`${code}: No.`) }]);
  });
});
