import { beforeEach, describe, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import type { Plan } from '../../src/deployment/plan/plan.ts';
import { useWorld } from '../support/use-world.ts';

const OTHER_SUBSCRIPTION = '99999999-2222-4333-8444-555555555555';
const IMAGE = { source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' };
const ARM = 'https://management.azure.com';

let nextId = 0;
let id: string;
let group: string;
let registryId: string;
let keyVaultId: string;

const world = useWorld();

const elsewhere = async (method: 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object): Promise<void> => {
  const { status, text } = await world.azure.somebodyElse(method, url, body);
  if (status >= 300) throw new Error(`${method} ${url}: ${status} ${text}`);
};

const makeTeamResources = async (place: string): Promise<void> => {
  registryId = `${place}/providers/Microsoft.ContainerRegistry/registries/teamregistry`;
  keyVaultId = `${place}/providers/Microsoft.KeyVault/vaults/team-vault`;
  await elsewhere('PUT', `${ARM}${place}?api-version=2021-04-01`, { location: 'westeurope' });
  const tags = { owner: 'platform' };
  await elsewhere('PUT', `${ARM}${registryId}?api-version=2025-11-01`, {
    location: 'westeurope',
    tags,
    sku: { name: 'Standard' },
    properties: { adminUserEnabled: false },
  });
  const { appIdentity } = await import('../../src/azure/credential.ts');
  const { tenantId } = await appIdentity();
  await elsewhere('PUT', `${ARM}${keyVaultId}?api-version=2026-02-01`, {
    location: 'westeurope',
    tags,
    properties: {
      tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: false,
      accessPolicies: [],
    },
  });
  await world.clock.sleep(120_000);
};

beforeEach(async () => {
  world.azure.reset();
  id = `existing-${nextId++}`;
  await world.azure.change({ subscriptions: [SIMULATED_SUBSCRIPTION_ID, OTHER_SUBSCRIPTION] });
  group = `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/platform`;
  await makeTeamResources(group);
});

const bodyOf = (body: object = {}) => ({
  resourceGroupName: id,
  images: [IMAGE],
  existing: { registryId, keyVaultId },
  ...body,
});

const plan = async (body: object = {}): Promise<Plan & { readonly commands: readonly string[] }> => {
  const response = await world.post(bodyOf(body), '/api/plans?commands=az');
  return JSON.parse(await response.text());
};

const found = (resourceId: string) =>
  world.azure.simulator.resources().find((resource) => resource.id.toLowerCase() === resourceId.toLowerCase());

const inGroup = (): string[] =>
  world.azure.simulator
    .resources()
    .filter((resource) => resource.id.toLowerCase().includes(`/resourcegroups/${id}/`))
    .map(({ type }) => type.split('/').slice(1).join('/').toLowerCase());

const undo = async (query = '', status = 'Deleted'): Promise<void> => {
  await world.fetch(`/api/deployments/${id}?confirm=${id}${query}`, { method: 'DELETE' });
  await world.undone(id);
  expect((await world.status(id)).status).toBe(status);
};

/** What was sent to change the resources themselves, not what is in them. */
const changes = () =>
  world.azure.simulator
    .requests()
    .filter(
      ({ method, url }) =>
        /PUT|PATCH|DELETE/.test(method) && /\/(teamregistry|team-vault)(\/accessPolicies)?/i.test(url),
    );

describe('an existing registry and vault of another subscription and location', () => {
  it('are used as they are, and outlive the undo', async () => {
    const before = [found(registryId), found(keyVaultId)];
    const sent = changes().length;
    const planned = await plan();
    expect(planned.findings).toEqual([]);
    const run = await world.deploy(bodyOf());
    expect(run.error).toBeUndefined();
    for (const name of ['registry', 'key-vault']) {
      expect(run.steps.find((step) => step.name === name)?.change).toBe('unchanged');
      expect(planned.steps.find((step) => step.name === name)?.action).toBe('unchanged');
    }
    expect(run.steps.find(({ name }) => name === 'acr-pull')?.resourceId).toContain(registryId);
    expect(inGroup().filter((type) => /registries|vaults/.test(type))).toEqual([]);
    expect(found(registryId)).toEqual(before[0]);
    expect(found(keyVaultId)).toMatchObject({ location: before[1]?.location, tags: before[1]?.tags });
    const touched = changes()
      .slice(sent)
      .map(({ method, url }) => `${method} ${url.replace(/\?.*/, '').replace(/.*\/(teamregistry|team-vault)/, '$1')}`);
    expect(touched.toSorted()).toEqual([
      'PUT team-vault/accessPolicies/add',
      'PUT team-vault/secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY',
      'PUT team-vault/secrets/AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME',
      'PUT team-vault/secrets/apache-airflow-aks-ssh-private-key',
      expect.stringMatching(/^PUT teamregistry\/providers\/Microsoft.Authorization\/roleAssignments\//),
    ]);
    const outputs: Record<string, string> = JSON.parse(
      await (await world.fetch(`/api/deployments/${id}/outputs`)).text(),
    );
    expect(JSON.stringify(outputs)).toContain('teamregistry.azurecr.io');
    expect(JSON.stringify(outputs)).toContain(keyVaultId);

    const again = await plan();
    expect(again.summary).toMatchObject({ create: 0, update: 0 });
    await undo('&purge=true');
    expect(inGroup()).toEqual([]);
    expect(found(registryId)).toEqual(before[0]);
    expect(found(keyVaultId)).toBeDefined();
    const { roleAssignments }: { roleAssignments: readonly { readonly scope?: string }[] } = JSON.parse(
      await (await fetch(`${world.azure.simulator.url}/_simulator/resources`)).text(),
    );
    expect(JSON.stringify(roleAssignments)).not.toContain('teamregistry');
  });

  it('that do not exist stop the deployment before anything is changed, and are never made', async () => {
    await elsewhere('DELETE', `${ARM}${registryId}?api-version=2025-11-01`);
    await world.clock.sleep(120_000);
    const planned = await plan();
    expect(planned.findings).toMatchObject([{ rule: 'existing-resource-unusable', step: 'registry' }]);
    expect(planned.steps.find(({ name }) => name === 'registry')).toMatchObject({
      action: 'unchanged',
      note: 'It does not exist.',
    });
    const sent = world.azure.requests('PUT', '').length;
    expect((await world.deploy(bodyOf())).findings).toMatchObject([{ rule: 'existing-resource-unusable' }]);
    expect(world.azure.requests('PUT', '').length).toBe(sent);
    const { error } = await world.deploy(bodyOf({ skipPreflight: true }));
    expect(error).toMatchObject({ step: 'registry', code: 'ExistingResourceUnusable' });
    expect(found(registryId)).toBeUndefined();
  });

  it('on which the service has no rights are found by the preflight', async () => {
    await world.azure.giveRoles(['Contributor']);
    const { findings } = await plan();
    const missing = findings.filter(({ rule }) => rule === 'missing-permission').map(({ message }) => message);
    expect(missing).toContainEqual(
      expect.stringMatching(/may not perform on .*teamregistry: Microsoft.Authorization\/roleAssignments\/write\.$/),
    );
  });

  it('that are in the resource group of the deployment outlive it with the group', async () => {
    await elsewhere('DELETE', `${ARM}${registryId}?api-version=2025-11-01`);
    await world.clock.sleep(120_000);
    expect((await world.deploy(bodyOf({ existing: undefined, images: [] }))).status).toBe('Succeeded');
    const own = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${id}`;
    registryId = `${own}/providers/Microsoft.ContainerRegistry/registries/teamregistry`;
    await elsewhere('PUT', `${ARM}${registryId}?api-version=2025-11-01`, {
      location: 'canadacentral',
      sku: { name: 'Basic' },
    });
    await world.clock.sleep(120_000);
    expect((await world.deploy(bodyOf({ existing: { registryId }, images: [] }))).status).toBe('Succeeded');
    await undo();
    expect(found(registryId)).toBeDefined();
    expect(inGroup()).not.toContain('managedclusters');
  });
});

describe('an existing subnet', () => {
  const networkOf = (name: string) =>
    `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/platform/providers/Microsoft.Network/virtualNetworks/${name}`;
  const subnetId = `${networkOf('team')}/subnets/nodes`;

  const makeNetwork = (name: string, addressPrefix: string, location = 'canadacentral') =>
    elsewhere('PUT', `${ARM}${networkOf(name)}?api-version=2024-05-01`, {
      location,
      properties: {
        addressSpace: { addressPrefixes: ['10.0.0.0/8'] },
        subnets: [{ name: 'nodes', properties: { addressPrefix } }],
      },
    });

  beforeEach(() => makeNetwork('team', '10.1.0.0/22'));

  it('takes the nodes, the control plane may use it, and it outlives the undo', async () => {
    const body = { existing: { subnetId }, images: [] };
    const before = found(networkOf('team'));
    const planned = await plan(body);
    expect(planned.findings).toEqual([]);
    expect(planned.steps.find(({ name }) => name === 'network-access')).toMatchObject({ action: 'create' });
    expect(planned.commands).toContainEqual(expect.stringContaining(`--vnet-subnet-id ${subnetId}`));
    const run = await world.deploy(bodyOf(body));
    expect(run.error).toBeUndefined();
    expect(world.sent('PUT', '/managedClusters/')[0]).toMatchObject({
      properties: { agentPoolProfiles: [{ vnetSubnetID: subnetId }] },
    });
    const cluster = world.azure.simulator.resources().find(({ type }) => /managedClusters$/i.test(type));
    const [assignment] = world.sent('PUT', `${subnetId}/providers/Microsoft.Authorization/roleAssignments/`);
    expect(assignment).toMatchObject({
      properties: {
        principalId: cluster?.identity?.principalId,
        roleDefinitionId: expect.stringMatching(/\/4d97b98b-1d4f-4787-a291-c67834d212e7$/),
      },
    });
    expect(run.steps.find(({ name }) => name === 'network-access')?.change).toBe('created');
    expect((await plan(body)).summary).toMatchObject({ create: 0, update: 0 });
    expect(found(networkOf('team'))).toEqual(before);
    await undo();
    expect(inGroup()).toEqual([]);
    expect(found(networkOf('team'))).toEqual(before);
    const text = await (await fetch(`${world.azure.simulator.url}/_simulator/resources`)).text();
    expect(JSON.stringify(JSON.parse(text).roleAssignments)).not.toContain('/subnets/nodes');
  });

  const assignmentsOutside = async (): Promise<string> => {
    const text = await (await fetch(`${world.azure.simulator.url}/_simulator/resources`)).text();
    const { roleAssignments }: { roleAssignments: { scope: string }[] } = JSON.parse(text);
    return JSON.stringify(roleAssignments.filter(({ scope }) => /teamregistry|subnets/.test(scope)));
  };

  it('a cluster that lost its tags keeps its roles on the subnet and on the registry', async () => {
    await world.deploy(bodyOf({ existing: { registryId, subnetId }, images: [] }));
    const before = await assignmentsOutside();
    expect(before).toMatch(/teamregistry.*subnets|subnets.*teamregistry/);
    const cluster = world.azure.simulator.resources().find(({ type }) => /managedClusters$/i.test(type));
    const tags = `${cluster?.id}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`;
    await elsewhere('PATCH', `${ARM}${tags}`, { operation: 'Replace', properties: { tags: { team: 'data' } } });
    await undo('', 'Failed');
    expect(await assignmentsOutside()).toBe(before);
    const claim = { operation: 'Merge', properties: { tags: { 'airflow-on-aks-deployment': id } } };
    await elsewhere('PATCH', `${ARM}${tags}`, claim);
    await undo();
    expect(await assignmentsOutside()).toBe('[]');
  });

  it('its role is taken back by the next DELETE when Azure stopped the first one after the cluster', async () => {
    await world.deploy(bodyOf({ existing: { registryId, subnetId }, images: [] }));
    await world.azure.fail({
      method: 'DELETE',
      path: '/roleAssignments/',
      times: 2,
      action: { answer: { status: 403, code: 'AuthorizationFailed', message: 'No.' } },
    });
    await undo('', 'Failed');
    expect(inGroup()).toEqual([]);
    expect(await assignmentsOutside()).not.toBe('[]');
    await world.azure.heal();
    await undo();
    expect(await assignmentsOutside()).toBe('[]');
  });

  it.each<readonly [string, string, () => Promise<unknown>, string]>([
    ['is not there', 'none', async () => {}, 'existing-resource-unusable'],
    [
      'is in another location',
      'far',
      () => makeNetwork('far', '10.1.0.0/22', 'westeurope'),
      'existing-resource-unusable',
    ],
    ['overlaps with the services', 'near', () => makeNetwork('near', '10.0.4.0/22'), 'subnet-overlap'],
    ['contains the services', 'wide', () => makeNetwork('wide', '10.0.0.0/8'), 'subnet-overlap'],
  ])('that %s stops the deployment before anything is changed, and Azure would too', async (_, name, make, rule) => {
    await make();
    const body = bodyOf({ existing: { subnetId: `${networkOf(name)}/subnets/nodes` }, images: [] });
    expect((await world.deploy(body)).findings).toMatchObject([{ rule, severity: 'error', step: 'cluster' }]);
    expect(inGroup()).toEqual([]);
    expect((await world.deploy({ ...body, skipPreflight: true })).error?.step).toBe('cluster');
  });

  it('that the service may not join is found by the preflight; a cluster cannot be moved to another', async () => {
    expect((await world.deploy(bodyOf({ existing: undefined, images: [] }))).status).toBe('Succeeded');
    const { findings } = await plan({ existing: { subnetId }, images: [] });
    expect(findings).toMatchObject([{ rule: 'immutable-difference', step: 'cluster' }]);
    await world.azure.giveRoles(['Reader']);
    const refused = await plan({ existing: { subnetId }, images: [] });
    expect(refused.findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(
        `${subnetId}: Microsoft.Network/virtualNetworks/subnets/join/action, Microsoft.Authorization/roleAssignments/write`,
      ),
    );
  });
});

it.each([
  [{ existing: { subnetId: '/subscriptions/1' } }, 'existing.subnetId'],
  [{ existing: { registryId: '/subscriptions/1/registries/a' } }, 'existing.registryId'],
  [{ existing: { registry: 'a' } }, 'existing.registry'],
  [{ registryName: 'anotherone' }, 'registryName'],
  [{ keyVaultName: 'another-one' }, 'keyVaultName'],
])('a body that breaks a rule is refused with the field: %#', async (body, field) => {
  const response = await world.post(bodyOf(body));
  expect(response.status).toBe(400);
  expect(JSON.parse(await response.text()).errors).toMatchObject([{ field }]);
});
