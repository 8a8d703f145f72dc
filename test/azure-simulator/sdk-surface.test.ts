import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
  SIMULATED_SUBSCRIPTION_ID,
} from '../../local/azure-simulator/azure-simulator.ts';
import { clusterParameters, type Fixture, GROUP, LOCATION, startFixture, vaultParameters } from './fixture.ts';

let azure: Fixture;
beforeEach(async () => {
  azure = await startFixture();
  await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
});
afterEach(() => azure.close());

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

test('registries: credentials, update, list, delete', async () => {
  const { registries } = azure.registries;
  await azure.done(registries.create(GROUP, 'airflowregistry', { location: LOCATION, sku: { name: 'Premium' } }));
  await expect(registries.listCredentials(GROUP, 'airflowregistry')).rejects.toMatchObject({ statusCode: 400 });
  const updated = await azure.done(registries.update(GROUP, 'airflowregistry', { adminUserEnabled: true }));
  expect(updated).toMatchObject({ adminUserEnabled: true, provisioningState: 'Succeeded' });
  const { username, passwords } = await registries.listCredentials(GROUP, 'airflowregistry');
  expect(username).toBe('airflowregistry');
  expect(azure.simulator.secrets()).toContainEqual({ kind: 'registry-password', value: passwords?.[0]?.value });
  expect((await collect(registries.list())).map(({ name }) => name)).toEqual(['airflowregistry']);
  const filter = "resourceType eq 'Microsoft.ContainerRegistry/registries'";
  expect((await collect(azure.resources.resources.list({ filter }))).map(({ name }) => name)).toEqual([
    'airflowregistry',
  ]);
  await azure.done(registries.delete(GROUP, 'airflowregistry'));
  await expect(registries.get(GROUP, 'airflowregistry')).rejects.toMatchObject({
    statusCode: 404,
    code: 'ResourceNotFound',
  });
});

test('storage: keys change when they are regenerated and when the account is made again', async () => {
  const { storageAccounts } = azure.storage;
  const parameters = { location: LOCATION, sku: { name: 'Standard_ZRS' }, kind: 'StorageV2' };
  const keysOf = async () =>
    (await storageAccounts.listKeys(GROUP, 'airflowstorage')).keys?.map(({ value }) => value) ?? [];
  await azure.done(storageAccounts.create(GROUP, 'airflowstorage', parameters));
  const before = await keysOf();
  const before1 = (await storageAccounts.getProperties(GROUP, 'airflowstorage')).keyCreationTime?.key1;
  await storageAccounts.regenerateKey(GROUP, 'airflowstorage', { keyName: 'key1' });
  const after = await keysOf();
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).toBe(before[1]);
  const { keyCreationTime } = await storageAccounts.getProperties(GROUP, 'airflowstorage');
  expect(keyCreationTime?.key1?.getTime()).toBeGreaterThan(before1?.getTime() ?? 0);
  await storageAccounts.delete(GROUP, 'airflowstorage');
  await azure.done(storageAccounts.create(GROUP, 'airflowstorage', parameters));
  expect((await keysOf())[1]).not.toBe(before[1]);
});

test('clusters: pools, tags, delete with the node group, another identity the next time', async () => {
  const { managedClusters, agentPools } = azure.clusters;
  const create = () => azure.done(managedClusters.createOrUpdate(GROUP, 'airflow', clusterParameters));
  const kubeletOf = (cluster: Awaited<ReturnType<typeof create>>) =>
    cluster?.identityProfile?.kubeletidentity?.objectId;
  const first = await create();
  const added = await azure.done(
    agentPools.createOrUpdate(GROUP, 'airflow', 'user1', { mode: 'User', count: 2, vmSize: 'Standard_D4s_v5' }),
  );
  expect(added).toMatchObject({ provisioningState: 'Succeeded', count: 2 });
  expect((await collect(agentPools.list(GROUP, 'airflow'))).map(({ name }) => name)).toEqual(['nodepool1', 'user1']);
  const tagged = await azure.done(managedClusters.updateTags(GROUP, 'airflow', { tags: { team: 'data' } }));
  expect(tagged?.tags).toEqual({ team: 'data' });
  await expect(
    managedClusters.createOrUpdate(GROUP, 'airflow', clusterParameters, { ifNoneMatch: '*' }).submitted(),
  ).rejects.toMatchObject({ statusCode: 412 });
  const groups = async () => (await collect(azure.resources.resourceGroups.list())).map(({ name }) => name);
  expect(await groups()).toContain(`MC_${GROUP}_airflow_${LOCATION}`);
  await azure.done(managedClusters.delete(GROUP, 'airflow'));
  expect(await groups()).toEqual([GROUP]);
  expect(kubeletOf(await create())).not.toBe(kubeletOf(first));
});

test('groups: tags are replaced by a PUT; a delete waits for everything inside', async () => {
  const { resourceGroups } = azure.resources;
  await resourceGroups.createOrUpdate(GROUP, { location: LOCATION, tags: { a: '1' } });
  expect((await resourceGroups.createOrUpdate(GROUP, { location: LOCATION })).tags).toBeUndefined();
  expect((await resourceGroups.update(GROUP, { tags: { b: '2' } })).tags).toEqual({ b: '2' });
  await azure.done(azure.vaults.vaults.createOrUpdate(GROUP, 'airflow-vault-kv', vaultParameters));
  await azure.done(resourceGroups.delete(GROUP));
  expect((await resourceGroups.checkExistence(GROUP)).body).toBe(false);
  expect((await collect(azure.vaults.vaults.listDeleted())).map(({ name }) => name)).toEqual(['airflow-vault-kv']);
});

test('vaults: policies are united by add and replaced by a PUT; RBAC is the default of 2026-02-01', async () => {
  const { vaults } = azure.vaults;
  const policy = (secrets: string[]) => ({
    properties: {
      accessPolicies: [
        {
          tenantId: vaultParameters.properties.tenantId,
          objectId: SIMULATED_CALLER_OBJECT_ID,
          permissions: { secrets },
        },
      ],
    },
  });
  await azure.done(vaults.createOrUpdate(GROUP, 'airflow-vault-kv', vaultParameters));
  await vaults.updateAccessPolicy(GROUP, 'airflow-vault-kv', 'add', policy(['get']));
  const { properties } = await vaults.updateAccessPolicy(GROUP, 'airflow-vault-kv', 'add', policy(['list']));
  expect(properties.accessPolicies).toEqual([expect.objectContaining({ permissions: { secrets: ['get', 'list'] } })]);
  await azure.done(vaults.createOrUpdate(GROUP, 'airflow-vault-kv', vaultParameters));
  expect((await vaults.get(GROUP, 'airflow-vault-kv')).properties.accessPolicies).toEqual([]);
  const { enableRbacAuthorization: _, ...rest } = vaultParameters.properties;
  const other = await azure.done(
    vaults.createOrUpdate(GROUP, 'other-vault-kv', { location: LOCATION, properties: rest }),
  );
  expect(other?.properties.enableRbacAuthorization).toBe(true);
});

test('roles: definitions by name, who owns the subscription, what the caller has', async () => {
  const scope = `subscriptions/${SIMULATED_SUBSCRIPTION_ID}`;
  const found = await collect(azure.authorization.roleDefinitions.list(scope, { filter: "roleName eq 'AcrPull'" }));
  expect(found.map(({ name }) => name)).toEqual(['7f951dda-4ed3-4680-a7ca-43fe172d538d']);
  const owners = await collect(azure.authorization.roleAssignments.listForSubscription());
  expect(owners.map(({ principalId }) => principalId)).toEqual([
    SIMULATED_CALLER_OBJECT_ID,
    SIMULATED_OPERATOR_OBJECT_ID,
  ]);
  await azure.control('POST', 'caller', { roles: ['Contributor', 'Role Based Access Control Administrator'] });
  const permissions = await collect(azure.authorization.permissions.listForResourceGroup(GROUP));
  expect(permissions.map(({ notActions }) => notActions?.length)).toEqual([3, 0]);
});
