import { beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import { anSshPublicKey } from '../support/an-ssh-public-key.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let nextId = 0;
let id: string;

/** Each test has a resource group of its own, since the task hub remembers the others. */
beforeEach(() => {
  world.azure.reset();
  id = `repeat-${nextId++}`;
});

const deploy = (body: object = {}) => world.deploy({ resourceGroupName: id, images: [], ...body });

/** What an operator changes by hand. */
const patch = async (type: string, apiVersion: string, body: object): Promise<void> => {
  const url = `https://management.azure.com${world.azure.the(type)?.id}?api-version=${apiVersion}`;
  expect((await world.azure.somebodyElse('PATCH', url, body)).status).toBeLessThan(300);
};

const deleteSecret = async (name: string): Promise<void> => {
  const vault = world.azure.simulator.resources().find(({ type }) => type === 'Microsoft.KeyVault/vaults');
  const url = `${vault?.properties?.vaultUri}secrets/${name}?api-version=7.5`;
  expect((await world.azure.somebodyElse('DELETE', url)).status).toBe(200);
};

const changesOf = ({ steps }: DeploymentDocument) => new Map(steps.map(({ name, change }) => [name, change]));

describe('the same POST', () => {
  it('while it runs is the same deployment, and another body is refused', async () => {
    const body = { resourceGroupName: id, images: [] };
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.post(body)));
    const runs = await Promise.all(answers.map(async (answer) => JSON.parse(await answer.text()).run));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(runs).size).toBe(1);

    const other = await world.post({ ...body, cluster: { nodeCount: 5 } });
    expect(other.status).toBe(409);
    expect(JSON.parse(await other.text())).toMatchObject({ type: 'urn:airflow-on-aks:problem:deployment-running', id });
    expect((await world.ended(id)).status).toBe('Succeeded');
    expect(world.azure.requests('PUT', '/managedClusters/')).toHaveLength(1);
  });

  it('of two bodies at the same moment starts one and refuses the other', async () => {
    const [a, b] = await Promise.all([
      world.post({ resourceGroupName: id, images: [] }),
      world.post({ resourceGroupName: id, images: [], tags: { b: '1' } }),
    ]);
    expect([a.status, b.status].toSorted()).toEqual([202, 409]);
    expect((await world.ended(id)).status).toBe('Succeeded');
  });

  it('after success changes nothing', async () => {
    await deploy({ images: undefined });
    const before = world.azure.simulator.requests().length;
    const again = await deploy({ images: undefined });
    expect(again.status).toBe('Succeeded');
    expect([...changesOf(again).values()].filter((change) => change !== 'unchanged')).toEqual([]);
    const sent = world.azure.simulator.requests().slice(before);
    expect(sent.filter(({ method }) => method === 'PUT' || method === 'PATCH' || method === 'DELETE')).toEqual([]);
    expect(again.earlierRuns).toMatchObject([{ status: 'Succeeded' }]);
  });

  it('with another node count updates the cluster alone, and says so', async () => {
    await deploy();
    const grown = await deploy({ cluster: { nodeCount: 4 } });
    expect(grown.status).toBe('Succeeded');
    expect(grown.steps.find(({ name }) => name === 'cluster')).toMatchObject({
      change: 'updated',
      changed: ['cluster.nodeCount'],
    });
    const updated = [...changesOf(grown)].filter(([, change]) => change === 'updated').map(([name]) => name);
    expect(updated).toEqual(['cluster']);
  });

  it('with another node count leaves the SSH key on the nodes as it is, to the line feed that az puts behind it', async () => {
    const sshPublicKey = anSshPublicKey();
    await deploy({ cluster: { sshPublicKey } });
    const cluster = () => world.azure.the('Microsoft.ContainerService/managedClusters');
    const { id: path, location, sku, identity, properties } = { ...cluster() };
    const linuxProfile = { adminUsername: 'azureuser', ssh: { publicKeys: [{ keyData: `${sshPublicKey}\n` }] } };
    const url = `https://management.azure.com${path}?api-version=2026-06-01`;
    const body = { location, sku, identity: { type: identity?.type }, properties: { ...properties, linuxProfile } };
    expect((await world.azure.somebodyElse('PUT', url, body)).status).toBe(200);
    expect((await deploy({ cluster: { nodeCount: 4 } })).status).toBe('Succeeded');
    expect(cluster()?.properties).toMatchObject({ agentPoolProfiles: [{ count: 4 }], linuxProfile });
  });

  it.each([
    [{ location: 'westeurope' }, 'location', 'canadacentral'],
    [{ cluster: { zones: ['1'] } }, 'cluster.zones', '1 2 3'],
    [{ cluster: { nodeVmSize: 'Standard_D4s_v5' } }, 'cluster.nodeVmSize', 'Standard_DS4_v2'],
  ])(
    'with %j, which cannot be changed, is refused by name before anything is changed',
    async (body, property, existing) => {
      await deploy();
      const writes = () =>
        world.azure.simulator.requests().filter(({ method }) => /PUT|PATCH|DELETE/.test(method)).length;
      const before = writes();
      const refused = await deploy({ ...body, tags: { new: 'tag' } });
      expect(refused).toMatchObject({ status: 'Failed', error: { step: 'preflight', code: 'PreflightFailed' } });
      expect(refused.error?.message).toContain('immutable-difference');
      expect(refused.error?.message).toContain(property);
      expect(refused.error?.message).toContain(existing);
      expect(writes()).toBe(before);
    },
  );

  it('keeps what others added: tags and access policies', async () => {
    await deploy();
    const group = world.azure.simulator.resources().find(({ type }) => type === 'Microsoft.Resources/resourceGroups');
    expect(group?.tags).toEqual({ 'airflow-on-aks-deployment': id });
    const again = await deploy({ tags: { team: 'data' } });
    expect(again.status).toBe('Succeeded');
    const tagged = world.azure.simulator.resources().filter(({ tags }) => tags?.team === 'data');
    expect(tagged.map(({ type }) => type.toLowerCase()).toSorted()).toEqual([
      'microsoft.containerregistry/registries',
      'microsoft.containerservice/managedclusters',
      'microsoft.keyvault/vaults',
      'microsoft.managedidentity/userassignedidentities',
      'microsoft.resources/resourcegroups',
      'microsoft.storage/storageaccounts',
    ]);
    const vault = tagged.find(({ type }) => type === 'Microsoft.KeyVault/vaults');
    expect(vault?.properties?.accessPolicies).toHaveLength(2);
  });

  it('after a failure goes on from what exists', async () => {
    await world.azure.fail({
      method: 'PUT',
      path: '/managedClusters/',
      action: { failOperation: { code: 'ReconcileStandardLoadBalancerError', message: 'no load balancer' } },
    });
    const failed = await deploy();
    expect(failed).toMatchObject({
      status: 'Failed',
      error: { step: 'cluster', code: 'ReconcileStandardLoadBalancerError', message: 'no load balancer' },
    });
    const again = await deploy();
    expect(again.status).toBe('Succeeded');
    expect(changesOf(again).get('registry')).toBe('unchanged');
    expect(again.steps.find(({ name }) => name === 'cluster')).toMatchObject({
      change: 'updated',
      changed: ['provisioningState'],
    });
    expect(again.earlierRuns[0]).toMatchObject({
      status: 'Failed',
      error: expect.stringContaining('no load balancer'),
    });
  });

  it('repairs a storage account that has failed without opening what an operator closed', async () => {
    await deploy();
    await patch('Microsoft.Storage/storageAccounts', '2025-08-01', { properties: { publicNetworkAccess: 'Disabled' } });
    const account = world.azure.the('Microsoft.Storage/storageAccounts');
    if (account) account.properties.provisioningState = 'Failed';
    // No account fails in the simulator: this one stays as it was put.
    await deploy();
    const [, repair] = world.sent('PUT', '/storageAccounts/').filter(({ kind }) => kind === 'StorageV2');
    expect(repair?.properties).toMatchObject({ publicNetworkAccess: 'Disabled' });
  });

  it('after somebody deleted a secret recovers it, and says so', async () => {
    await deploy();
    const name = 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY';
    await deleteSecret(name);
    const again = await deploy();
    expect(again.status).toBe('Succeeded');
    expect(again.steps.find((step) => step.name === 'secrets')).toMatchObject({ change: 'updated', changed: [name] });
    expect(world.azure.requests('POST', `/deletedsecrets/${name}/recover`)).toHaveLength(1);
    expect(
      world.azure.requests('PUT', `/secrets/${name}`).filter(({ status }) => status === 200 || status === 201),
    ).toHaveLength(1);
  });

  it('after somebody removed the role assignment makes it again', async () => {
    await deploy();
    const [sent] = world.azure.requests('PUT', '/roleAssignments/');
    const response = await world.azure.somebodyElse('DELETE', sent?.url ?? '');
    expect(response.status).toBe(200);
    const again = await deploy();
    expect(changesOf(again).get('acr-pull')).toBe('created');
    expect(world.azure.requests('PUT', '/roleAssignments/')).toHaveLength(2);
  });

  it('leaves alone what an operator hardened: a vault on RBAC, a registry without admin user', async () => {
    await deploy();
    await patch('Microsoft.KeyVault/vaults', '2026-02-01', { properties: { enableRbacAuthorization: true } });
    await patch('Microsoft.ContainerRegistry/registries', '2025-11-01', { properties: { adminUserEnabled: false } });
    await world.clock.sleep(60_000);
    const again = await deploy();
    expect(again.status).toBe('Succeeded');
    expect(world.azure.the('Microsoft.KeyVault/vaults')?.properties?.enableRbacAuthorization).toBe(true);
    expect(world.azure.the('Microsoft.ContainerRegistry/registries')?.properties?.adminUserEnabled).toBe(false);
    // In such a vault the identity needs the role instead of the policy.
    const [role] = world.sent('PUT', '/vaults/').filter(({ properties }) => properties?.roleDefinitionId);
    expect(role?.properties.roleDefinitionId).toMatch(/4633458b-17de-408a-b874-0445c86b69e6$/);
  });

  it('does not take an upgraded cluster back, though the request names the older version', async () => {
    await deploy({ cluster: { kubernetesVersion: '1.34' } });
    const running = String(
      world.azure.the('Microsoft.ContainerService/managedClusters')?.properties?.currentKubernetesVersion,
    );
    const [major, minor, patchLevel] = running.split('.').map(Number);
    const older = `${major}.${minor}.${(patchLevel ?? 1) - 1}`;
    const again = await deploy({ cluster: { kubernetesVersion: older } });
    expect(changesOf(again).get('cluster')).toBe('unchanged');
  });

  it("keeps the nodes' key of a cluster that was made with the caller's", async () => {
    const { anSshPublicKey } = await import('../support/an-ssh-public-key.ts');
    await deploy({ cluster: { sshPublicKey: anSshPublicKey() } });
    const again = await deploy();
    expect([changesOf(again).get('ssh-key'), changesOf(again).get('cluster')]).toEqual(['unchanged', 'unchanged']);
    expect(world.azure.requests('PUT', '-ssh-private-key')).toEqual([]);

    const other = anSshPublicKey();
    const changed = await deploy({ cluster: { sshPublicKey: other } });
    expect(changed.steps.find(({ name }) => name === 'cluster')).toMatchObject({ changed: ['cluster.sshPublicKey'] });
    const cluster = world.azure.the('Microsoft.ContainerService/managedClusters');
    expect(JSON.stringify(cluster?.properties?.linuxProfile)).toContain(other);
  });

  it('does without the right to assign roles once AcrPull is assigned', async () => {
    await deploy();
    await world.azure.giveRoles(['Contributor']);
    expect((await deploy()).status).toBe('Succeeded');
  });

  it("with the caller's SSH key makes makes none, and the cluster does not wait for the vault", async () => {
    const { anSshPublicKey } = await import('../support/an-ssh-public-key.ts');
    const deployment = await deploy({ cluster: { sshPublicKey: anSshPublicKey() } });
    expect(deployment.status).toBe('Succeeded');
    expect(world.azure.requests('PUT', '-ssh-private-key')).toEqual([]);
    const at = (name: string) => Date.parse(deployment.steps.find((step) => step.name === name)?.startedAt ?? '');
    expect(at('cluster')).toBe(at('key-vault'));
  });
});
