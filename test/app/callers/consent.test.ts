import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../../local/azure-simulator/azure-simulator.ts';
import type { Role } from '../../../src/callers/role.ts';
import { callerWith, ENTRA_SETTINGS } from '../../support/callers.ts';
import { TestWorld } from '../../support/world.ts';

for (const [name, value] of Object.entries(ENTRA_SETTINGS)) vi.stubEnv(name, value);

let world: TestWorld;
let nextId = 0;
let id: string;
beforeAll(async () => {
  world = await TestWorld.start({ auth: true });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world.close();
});

const ARM = 'https://management.azure.com';
/** A group of somebody else for each test: the simulated tenant keeps its keys, which a reset would change. */
const platform = () => `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/platform-${nextId}`;
const registryId = () => `${platform()}/providers/Microsoft.ContainerRegistry/registries/teamregistry${nextId}`;
const identityId = () => `${platform()}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/team-identity`;
const networkId = () => `${platform()}/providers/Microsoft.Network/virtualNetworks/team`;
const location = 'canadacentral';

const put = async (id: string, version: string, body: object): Promise<void> => {
  const { status, text } = await world.azure.somebodyElse('PUT', `${ARM}${id}?api-version=${version}`, body);
  if (status >= 300) throw new Error(`PUT ${id}: ${status} ${text}`);
};

const subnet = { name: 'nodes', properties: { addressPrefix: '10.240.0.0/16' } };
const makeGroup = (tags: object) => put(platform(), '2021-04-01', { location, tags });
const makeRegistry = (tags: object) =>
  put(registryId(), '2025-11-01', { location, tags, sku: { name: 'Premium' }, properties: {} });
const makeIdentity = (tags: object) => put(identityId(), '2024-11-30', { location, tags });
const makeNetwork = (tags: object) =>
  put(networkId(), '2024-05-01', {
    location,
    tags,
    properties: { addressSpace: { addressPrefixes: ['10.240.0.0/16'] }, subnets: [subnet] },
  });

const ALLOW_ALL = { 'airflow-on-aks-allow': '*' };
const SOMEBODYS = { owner: 'platform' };

/** What somebody else keeps, and how a request names it. */
const kinds = [
  {
    what: 'a resource group',
    idOf: platform,
    make: makeGroup,
    bodyOf: () => ({ resourceGroupName: `platform-${nextId}` }),
  },
  {
    what: 'a registry by `existing`',
    idOf: registryId,
    make: async (tags: object) => {
      await makeGroup(SOMEBODYS);
      await makeRegistry(tags);
    },
    bodyOf: () => ({ existing: { registryId: registryId() } }),
  },
  {
    what: 'an identity by its name',
    idOf: identityId,
    make: async (tags: object) => {
      await makeGroup(ALLOW_ALL);
      await makeIdentity(tags);
    },
    bodyOf: () => ({ resourceGroupName: `platform-${nextId}`, identityName: 'team-identity' }),
  },
  {
    what: 'a network by `existing`',
    idOf: networkId,
    make: async (tags: object) => {
      await makeGroup(SOMEBODYS);
      await makeNetwork(tags);
    },
    bodyOf: () => ({ existing: { subnetId: `${networkId()}/subnets/nodes` } }),
  },
];

beforeEach(() => {
  id = `guest-${++nextId}`;
});

/** Sends a plan and a deployment as a caller with these roles; what both say, and what was written meanwhile. */
const use = async (body: object, roles: readonly Role[], more: object = {}) => {
  const caller = await callerWith(world, 'ada@example.com', roles);
  const sent = { id, resourceGroupName: `${id}-rg`, images: [], ...body };
  const planned = await caller.send('POST', 'plans', sent);
  const before = world.azure.simulator.requests().length;
  const accepted = await caller.send('POST', 'deployments', { ...sent, ...more });
  expect([planned.status, accepted.status]).toEqual([200, 202]);
  await world.instanceEnded(`d:${id}`);
  const status = JSON.parse((await caller.send('GET', `deployments/${id}`)).text);
  const writes = world.azure.simulator
    .requests()
    .slice(before)
    .filter(({ method, url }) => /PUT|PATCH|DELETE|POST/.test(method) && /resourceGroups/i.test(url))
    .map(({ method, url }) => `${method} ${url}`)
    .filter((line) => !/checkPolicyRestrictions/i.test(line));
  return { caller, plan: JSON.parse(planned.text), status, writes };
};

const DEPLOY: readonly Role[] = ['Deployments.Deploy'];
const EVERY_ROLE_BUT_ALL: readonly Role[] = [
  'Deployments.Deploy',
  'Deployments.Read',
  'Deployments.Approve',
  'Deployments.Destroy',
];

describe.each(kinds)('$what of somebody else', ({ idOf, make, bodyOf }) => {
  it.each([
    ['Deploy', DEPLOY],
    ['every role but All', EVERY_ROLE_BUT_ALL],
  ])('is refused to a caller with %s, before anything is created', async (_, roles) => {
    await make({ ...SOMEBODYS, 'airflow-on-aks-allow': 'another' });
    const resourceId = idOf();
    const { plan, status, writes } = await use(bodyOf(), roles);
    expect(plan.findings[0]).toMatchObject({
      rule: 'not-consented',
      severity: 'error',
      message: expect.stringContaining(resourceId),
      remedy: expect.stringContaining(
        `az tag update --resource-id ${resourceId} --operation merge --tags airflow-on-aks-allow=${id}`,
      ),
    });
    expect(status).toMatchObject({ status: 'Failed', error: { step: 'preflight', code: 'PreflightFailed' } });
    expect(status.findings[0]).toMatchObject({ rule: 'not-consented' });
    expect(writes).toEqual([]);
  });

  it('is refused by the steps where the preflight is skipped', async () => {
    await make(SOMEBODYS);
    const resourceId = idOf();
    const { status, writes } = await use(bodyOf(), DEPLOY, { skipPreflight: true });
    expect(status).toMatchObject({ status: 'Failed', error: { code: 'NotConsented' } });
    expect(status.error.message).toContain(resourceId);
    // Nothing of it, and nothing in it: its name may begin another's.
    const touched = writes.filter((line) => new RegExp(`${resourceId}[/?]`, 'i').test(line));
    expect(touched).toEqual([]);
    expect(JSON.stringify(writes)).not.toContain('listClusterUserCredential');
  });

  it.each([
    ['the id', () => ({ ...SOMEBODYS, 'Airflow-on-AKS-Allow': id }), DEPLOY],
    ['*', () => ({ ...SOMEBODYS, ...ALLOW_ALL }), DEPLOY],
    ['no tag, to a caller with All', () => SOMEBODYS, [...DEPLOY, 'Deployments.All'] as const],
  ])('is used with %s', async (_, tags, roles) => {
    await make(tags());
    const { plan, status } = await use(bodyOf(), roles);
    expect(plan.findings.map(({ rule }: { rule: string }) => rule)).not.toContain('not-consented');
    expect(status.error).toBeUndefined();
    expect(status.status).toBe('Succeeded');
  });
});

describe('a cluster', () => {
  const clusterOf = () =>
    `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${id}-rg/providers/Microsoft.ContainerService/managedClusters/apache-airflow-aks`;
  const tag = async (tags: object) => {
    const { status } = await world.azure.somebodyElse('PATCH', `${ARM}${clusterOf()}?api-version=2026-06-01`, { tags });
    if (status >= 300) throw new Error(`PATCH ${status}`);
    await world.clock.sleep(600_000);
  };

  it('gives its kubeconfig by the tags and roles of the moment, and an own redeploy changes nothing', async () => {
    const { caller, status } = await use({}, DEPLOY);
    expect(status.status).toBe('Succeeded');
    const kubeconfig = () => caller.send('POST', `deployments/${id}/kubeconfig`);
    expect((await kubeconfig()).status).toBe(200);

    const again = await use({}, DEPLOY);
    expect(again.plan.findings.map(({ rule }: { rule: string }) => rule)).not.toContain('not-consented');
    expect(again.plan.summary).toMatchObject({ create: 0, update: 0 });
    expect(again.status.status).toBe('Succeeded');

    await tag(SOMEBODYS);
    const refused = await kubeconfig();
    expect([refused.status, JSON.parse(refused.text).type]).toEqual([403, 'urn:airflow-on-aks:problem:not-consented']);
    expect(refused.text).toContain(`--tags airflow-on-aks-allow=${id}`);
    const operator = await callerWith(world, 'operator', [...DEPLOY, 'Deployments.All']);
    expect((await operator.send('POST', `deployments/${id}/kubeconfig`)).status).toBe(200);
    await tag({ ...SOMEBODYS, 'airflow-on-aks-allow': id });
    expect((await kubeconfig()).status).toBe(200);
  });
});
