import { afterEach, beforeEach, expect, test } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { clusterParameters, type Fixture, GROUP, LOCATION, sendRaw, startFixture, vaultParameters } from './fixture.ts';

const S = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}`;
const G = `${S}/resourceGroups/${GROUP}`;

let azure: Fixture;
beforeEach(async () => {
  azure = await startFixture();
  await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
});
afterEach(() => azure.close());

const cluster = (changes: Record<string, unknown>) =>
  azure.done(azure.clusters.managedClusters.createOrUpdate(GROUP, 'airflow', { ...clusterParameters, ...changes }));

const pool = (changes: Record<string, unknown>) => ({
  agentPoolProfiles: [{ ...clusterParameters.agentPoolProfiles[0], name: 'nodepool1', ...changes }],
});

test.each([
  ['zones', pool({ availabilityZones: ['1', '4'] }), 'AvailabilityZoneNotSupported'],
  ['a VM size', pool({ vmSize: 'Standard_Nothing' }), 'BadRequest'],
  ['a count', pool({ count: 0 }), 'InvalidParameter'],
  ['a version', { kubernetesVersion: '1.29.9' }, 'K8sVersionNotSupported'],
  ['a DNS prefix', { dnsPrefix: '-x-' }, 'InvalidParameter'],
  ['a region', { location: 'atlantis' }, 'LocationNotAvailableForResourceType'],
])('a cluster with %s that is not offered', async (_, changes, code) => {
  await expect(cluster(changes)).rejects.toMatchObject({ statusCode: 400, code });
});

test('a quota that does not suffice, in the flat error body of AKS', async () => {
  await azure.control('POST', 'settings', { quota: { standardDSv2Family: 10 } });
  await expect(cluster({})).rejects.toMatchObject({
    code: 'ErrCode_InsufficientVCPUQuota',
    message: expect.stringContaining('requested 24, remaining 10'),
  });
});

test('paths, versions, methods and bodies that Resource Manager does not know', async () => {
  const cases: [string, string, unknown, number, string][] = [
    ['GET', `${G}/providers/Microsoft.Storage/storageAccounts/x`, undefined, 400, 'MissingApiVersionParameter'],
    [
      'GET',
      `${G}/providers/Microsoft.Storage/storageAccounts/x?api-version=2001-01-01`,
      undefined,
      400,
      'NoRegisteredProviderFound',
    ],
    [
      'GET',
      `${G}/providers/Microsoft.Nothing/things/x?api-version=2025-04-01`,
      undefined,
      404,
      'InvalidResourceNamespace',
    ],
    ['GET', `${G}/providers/Microsoft.Storage/things/x?api-version=2026-09-01`, undefined, 404, 'InvalidResourceType'],
    ['POST', `${G}?api-version=2025-04-01`, undefined, 405, 'MethodNotAllowed'],
    ['PUT', `${G}?api-version=2025-04-01`, '{', 400, 'InvalidRequestContent'],
    ['PUT', `${G}?api-version=2025-04-01`, { location: 'eastus' }, 409, 'InvalidResourceGroupLocation'],
    ['PUT', `${S}/resourceGroups/other?api-version=2025-04-01`, {}, 400, 'LocationRequired'],
    [
      'GET',
      '/subscriptions/00000000-0000-4000-8000-000000000009/resourceGroups/x?api-version=2025-04-01',
      undefined,
      404,
      'SubscriptionNotFound',
    ],
    [
      'PUT',
      `${S}/resourceGroups/none/providers/Microsoft.Storage/storageAccounts/abc?api-version=2026-09-01`,
      {},
      404,
      'ResourceGroupNotFound',
    ],
    [
      'PUT',
      `${G}/providers/Microsoft.KeyVault/vaults/none/secrets/x?api-version=2026-02-01`,
      { properties: { value: 'x' } },
      404,
      'ParentResourceNotFound',
    ],
  ];
  for (const [method, path, body, status, code] of cases) {
    expect(await azure.send(method, path, body), path).toMatchObject({ status, body: { error: { code } } });
  }
});

test('tokens that are missing, garbled or expired', async () => {
  const get = (headers: Record<string, string>) =>
    sendRaw(azure.url, 'GET', `/${G}?api-version=2025-04-01`, { host: 'management.azure.com', ...headers });
  expect(await get({})).toMatchObject({
    status: 401,
    body: { error: { code: 'AuthenticationFailed' } },
    headers: { 'www-authenticate': expect.stringContaining('Bearer') },
  });
  expect(await get({ authorization: 'Bearer a.b.c' })).toMatchObject({
    status: 401,
    body: { error: { code: 'InvalidAuthenticationToken' } },
  });
  await azure.control('POST', 'settings', { tokenLifetimeSeconds: -1 });
  expect(await azure.send('GET', `${G}?api-version=2025-04-01`)).toMatchObject({
    status: 401,
    body: { error: { code: 'ExpiredAuthenticationToken' } },
  });
});

test('names that are taken by somebody else or invalid', async () => {
  await azure.control('POST', 'settings', {
    takenNames: { vaults: ['taken-kv'], registries: ['takenregistry'], storageAccounts: ['takenstorage'] },
  });
  await expect(
    azure.done(azure.vaults.vaults.createOrUpdate(GROUP, 'taken-kv', vaultParameters)),
  ).rejects.toMatchObject({ code: 'VaultAlreadyExists', statusCode: 409 });
  await expect(azure.done(azure.vaults.vaults.createOrUpdate(GROUP, 'a--b', vaultParameters))).rejects.toMatchObject({
    code: 'VaultNameNotValid',
  });
  const registry = { location: LOCATION, sku: { name: 'Premium' } };
  await expect(azure.done(azure.registries.registries.create(GROUP, 'takenregistry', registry))).rejects.toMatchObject({
    code: 'AlreadyInUse',
    statusCode: 409,
  });
  const account = { location: LOCATION, sku: { name: 'Standard_ZRS' }, kind: 'StorageV2' };
  await expect(azure.done(azure.storage.storageAccounts.create(GROUP, 'takenstorage', account))).rejects.toMatchObject({
    code: 'StorageAccountAlreadyTaken',
    statusCode: 409,
  });
  expect(
    await azure.storage.storageAccounts.checkNameAvailability({
      name: 'takenstorage',
      type: 'Microsoft.Storage/storageAccounts',
    }),
  ).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
});

const ASSIGNMENTS = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
const ACR_PULL = `${S}/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d`;

test('role assignments: replication, duplicates, names in use, missing rights', async () => {
  const [first = '', second = ''] = ASSIGNMENTS;
  const { principalId = '' } = await azure.identities.userAssignedIdentities.createOrUpdate(GROUP, 'identity', {
    location: LOCATION,
  });
  const create = (name: string, properties: Record<string, string>) =>
    azure.authorization.roleAssignments.create(G.slice(1), name, {
      roleDefinitionId: ACR_PULL,
      principalId,
      ...properties,
    });
  await expect(create(first, {})).rejects.toMatchObject({ statusCode: 400, code: 'PrincipalNotFound' });
  expect(await create(first, { principalType: 'ServicePrincipal' })).toMatchObject({ principalId });
  await expect(create(second, { principalType: 'ServicePrincipal' })).rejects.toMatchObject({
    statusCode: 409,
    code: 'RoleAssignmentExists',
  });
  await expect(create(first, { principalId: second, principalType: 'ServicePrincipal' })).rejects.toMatchObject({
    code: 'RoleAssignmentUpdateNotPermitted',
  });
  const found = [];
  for await (const one of azure.authorization.roleAssignments.listForScope(G.slice(1), {
    filter: `principalId eq '${principalId}'`,
  }))
    found.push(one.name);
  expect(found).toEqual([first]);
  await azure.authorization.roleAssignments.delete(G.slice(1), first);
  await azure.clock.sleep(60_000);
  expect(await create(second, {})).toMatchObject({ principalId });
  await azure.control('POST', 'caller', { roles: ['Contributor'] });
  await expect(create(first, { principalType: 'ServicePrincipal' })).rejects.toMatchObject({
    statusCode: 403,
    code: 'AuthorizationFailed',
    message: expect.stringContaining(
      "does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope",
    ),
  });
});

test('federated credentials of one identity are not written at the same time', async () => {
  await azure.identities.userAssignedIdentities.createOrUpdate(GROUP, 'identity', { location: LOCATION });
  const write = (name: string) =>
    azure.identities.federatedIdentityCredentials.createOrUpdate(GROUP, 'identity', name, {
      issuer: `https://issuer/${name}`,
      subject: 'system:serviceaccount:airflow:airflow',
      audiences: ['api://AzureADTokenExchange'],
    });
  const results = await Promise.allSettled([azure.held(() => write('one')), azure.held(() => write('two'))]);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toMatchObject({
    statusCode: 409,
    code: 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
  });
});

test('a resource provider that is not registered', async () => {
  await azure.control('POST', 'settings', { unregisteredProviders: ['Microsoft.KeyVault'] });
  await expect(azure.done(azure.vaults.vaults.createOrUpdate(GROUP, 'a-vault', vaultParameters))).rejects.toMatchObject(
    { statusCode: 409, code: 'MissingSubscriptionRegistration' },
  );
  expect((await azure.resources.providers.register('Microsoft.KeyVault')).registrationState).toBe('Registering');
  await azure.clock.sleep(120_000);
  expect((await azure.resources.providers.get('Microsoft.KeyVault')).registrationState).toBe('Registered');
  await azure.done(azure.vaults.vaults.createOrUpdate(GROUP, 'a-vault', vaultParameters));
});

test('too many writes in a short time', async () => {
  await azure.control('POST', 'reset', { jitter: 0 });
  const answers = await Promise.all(
    Array.from({ length: 260 }, (_, n) =>
      azure.held(() =>
        azure.send('PUT', `${S}/resourceGroups/group${n}?api-version=2025-04-01`, { location: LOCATION }),
      ),
    ),
  );
  const throttled = answers.filter(({ status }) => status === 429);
  expect(throttled.length).toBeGreaterThan(0);
  expect(throttled[0]).toMatchObject({
    body: { error: { code: 'SubscriptionRequestsThrottled' } },
    headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
  });
});
