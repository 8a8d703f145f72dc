import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_IDENTITY_HEADER,
  SIMULATED_SUBSCRIPTION_ID,
  SIMULATED_TENANT_ID,
} from '../../local/azure-simulator/azure-simulator.ts';
import { isJsonObject, type JsonObject, merged } from '../../local/azure-simulator/base/json.ts';
import { clusterParameters, type Fixture, fetchToken, GROUP, LOCATION, sendRaw, startFixture } from './fixture.ts';

const S = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}`;
const G = `${S}/resourceGroups/${GROUP}`;
const VAULT = `${G}/providers/Microsoft.KeyVault/vaults/airflow-kv?api-version=2026-02-01`;
const REGISTRY = `${G}/providers/Microsoft.ContainerRegistry/registries/airflowregistry?api-version=2025-11-01`;
const ACCOUNT = `${G}/providers/Microsoft.Storage/storageAccounts/airflowstorage?api-version=2026-09-01`;
const CLUSTER_ID = `${G}/providers/Microsoft.ContainerService/managedClusters/airflow`;
const CLUSTER = `${CLUSTER_ID}?api-version=2026-06-01`;
const IDENTITY = `${G}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/airflow?api-version=2024-11-30`;

const { location, sku, identity, ...clusterProperties } = clusterParameters;
const vault: JsonObject = {
  location,
  properties: { tenantId: SIMULATED_TENANT_ID, sku: { family: 'A', name: 'standard' }, accessPolicies: [] },
};
const registry: JsonObject = { location, sku: { name: 'Premium' }, properties: {} };
const account: JsonObject = { location, sku: { name: 'Standard_ZRS' }, kind: 'StorageV2', properties: {} };
const cluster: JsonObject = { location, sku, identity, properties: clusterProperties };

let azure: Fixture;
beforeEach(async () => {
  azure = await startFixture();
  await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
});
afterEach(() => azure.close());

const hour = () => azure.clock.sleep(3_600_000);

const made = async (url: string, body: JsonObject) => {
  await azure.send('PUT', url, body);
  await hour();
  return azure.send('GET', url);
};

const policies = (policy: JsonObject): JsonObject => ({
  properties: {
    accessPolicies: [
      { tenantId: SIMULATED_TENANT_ID, objectId: SIMULATED_CALLER_OBJECT_ID, permissions: {}, ...policy },
    ],
  },
});

test.each([
  [VAULT, vault],
  [REGISTRY, registry],
  [ACCOUNT, account],
  [CLUSTER, cluster],
])(
  '%s: the provisioning state of a PUT must be the resource’s; what else is read-only is ignored',
  async (url, body) => {
    const before = await made(url, body);
    const { properties } = isJsonObject(before.body) ? before.body : {};
    const known = isJsonObject(properties) ? properties : {};
    expect(await azure.send('PUT', url, merged(body, { properties: { provisioningState: 'Updating' } }))).toMatchObject(
      {
        status: 400,
      },
    );
    const readOnly = ['vaultUri', 'loginServer', 'creationTime', 'fqdn', 'resourceUID'].filter((key) => key in known);
    const forged = Object.fromEntries(readOnly.map((key) => [key, 'forged']));
    const repeat = merged(body, { properties: { ...forged, provisioningState: 'Succeeded' } });
    expect(await azure.send('PUT', url, repeat)).toMatchObject({ status: 200 });
    expect((await azure.send('GET', url)).text).not.toContain('forged');
  },
);

test('a cluster keeps its version, its issuer and the size and zones of its pools', async () => {
  await made(CLUSTER, merged(cluster, { properties: { kubernetesVersion: '1.35' } }));
  const change = async (properties: JsonObject) => azure.send('PUT', CLUSTER, merged(cluster, { properties }));
  expect(await change({ kubernetesVersion: '1.34' })).toMatchObject({
    status: 400,
    body: { code: 'InvalidParameter' },
  });
  expect(await change({ oidcIssuerProfile: { enabled: false } })).toMatchObject({
    status: 400,
    body: { code: 'OIDCIssuerFeatureCannotBeDisabled' },
  });
  const nodepool = `${CLUSTER_ID}/agentPools/nodepool1?api-version=2026-06-01`;
  for (const properties of [{ vmSize: 'Standard_DS3_v2' }, { availabilityZones: ['1'] }]) {
    expect(await azure.send('PUT', nodepool, { properties })).toMatchObject({
      status: 400,
      body: { code: 'PropertyChangeNotAllowed' },
    });
  }
  expect(await azure.send('PUT', nodepool, { properties: { count: 4 } })).toMatchObject({ status: 200 });
});

test('the total quota of a region counts every family', async () => {
  await azure.control('POST', 'settings', { quota: { cores: 10 } });
  expect(await azure.send('PUT', CLUSTER, cluster)).toMatchObject({
    status: 400,
    body: { code: 'ErrCode_InsufficientVCPUQuota' },
  });
});

test('an operation is followed at its own provider and subscription only', async () => {
  const put = await azure.send('PUT', ACCOUNT, account);
  const id = /asyncoperations\/([^?]+)/.exec(String(put.headers.location))?.[1] ?? '';
  const elsewhere = [
    `${S}/providers/Microsoft.ContainerService/locations/${LOCATION}/operations/${id}?api-version=2026-06-01`,
    `${S}/providers/Microsoft.KeyVault/locations/${LOCATION}/operationResults/${id}?api-version=2026-02-01`,
    `${S}/operationresults/${id}?api-version=2025-04-01`,
    `${REGISTRY.replace('?', `/operationStatuses/registries-${id}?`)}`,
  ];
  for (const url of elsewhere) expect(await azure.send('GET', url), url).toMatchObject({ status: 404 });
  const other = '99999999-2222-4333-8444-555555555555';
  await azure.control('POST', 'settings', { subscriptions: [SIMULATED_SUBSCRIPTION_ID, other] });
  const foreign = String(put.headers.location).replace(SIMULATED_SUBSCRIPTION_ID, other);
  expect(await azure.send('GET', foreign)).toMatchObject({ status: 404 });
});

test('an operation that a deletion cut short ends as Canceled', async () => {
  const put = await azure.send('PUT', CLUSTER, cluster);
  await azure.send('DELETE', CLUSTER);
  await hour();
  expect(await azure.send('GET', String(put.headers['azure-asyncoperation']))).toMatchObject({
    status: 200,
    body: { status: 'Canceled', error: { code: 'AKSOperationPreempted' } },
  });
  const creating = await azure.send('PUT', ACCOUNT, account);
  await azure.send('DELETE', `${G}?api-version=2025-04-01`);
  await hour();
  expect(await azure.send('GET', String(creating.headers.location))).toMatchObject({ status: 404 });
});

test('a vault whose creation failed is repaired by a PUT, and a registry whose deletion failed can be deleted again', async () => {
  const failOperation = { code: 'Unlucky', message: 'No luck.' };
  await azure.control('POST', 'faults', [
    { method: 'PUT', path: 'vaults/airflow-kv', action: { failOperation } },
    { method: 'DELETE', path: 'registries/airflowregistry', action: { failOperation } },
  ]);
  expect(await made(VAULT, vault)).toMatchObject({ body: { properties: { provisioningState: 'Failed' } } });
  expect(await azure.send('PUT', VAULT, vault)).toMatchObject({
    status: 200,
    body: { properties: { provisioningState: 'RegisteringDns' } },
  });
  await hour();
  expect(await azure.send('GET', VAULT)).toMatchObject({ body: { properties: { provisioningState: 'Succeeded' } } });

  await made(REGISTRY, registry);
  await azure.send('DELETE', REGISTRY);
  await hour();
  expect(await azure.send('GET', REGISTRY)).toMatchObject({ body: { properties: { provisioningState: 'Failed' } } });
  const [first, second] = [await azure.send('DELETE', REGISTRY), await azure.send('DELETE', REGISTRY)];
  const idOf = (answer: typeof first) => /registries-[^?]+/.exec(String(answer.headers.location))?.[0];
  expect(idOf(second)).toBe(idOf(first));
  await hour();
  expect(await azure.send('GET', REGISTRY)).toMatchObject({ status: 404 });
});

test('a connection that is cut after the answer is cut for refusals too', async () => {
  await azure.control('POST', 'faults', { path: 'resourceGroups/absent', action: { drop: 'after' } });
  const absent = `${S}/resourceGroups/absent?api-version=2001-01-01`;
  await expect(azure.send('GET', absent)).rejects.toThrow();
  expect(await azure.send('GET', absent)).toMatchObject({ status: 400 });
});

test('URLs that are malformed, doubled, of the wrong host or method', async () => {
  for (const name of ['%zz', 'a%2Fb', 'a%00b', 'a%5cb']) {
    expect(await azure.send('GET', `${S}/resourceGroups/${name}?api-version=2025-04-01`), name).toMatchObject({
      status: 400,
      body: { error: { code: 'BadRequest' } },
    });
  }
  expect(await azure.send('HEAD', VAULT)).toMatchObject({ status: 405, text: '' });
  expect(await azure.send('HEAD', `${S}/resourceGroups/none?api-version=2025-04-01`)).toMatchObject({ status: 404 });
  const authorization = `Bearer ${await fetchToken(azure.url, 'https://management.azure.com')}`;
  const doubled = { host: 'management.azure.com:443', authorization };
  expect(await sendRaw(azure.url, 'GET', `/${G}?api-version=2025-04-01`, doubled)).toMatchObject({ status: 200 });
  for (const host of ['management.example.com', 'no-such-vault.vault.azure.net', '[::2]', 'a b']) {
    await expect(
      sendRaw(azure.url, 'GET', `${G}?api-version=2025-04-01`, { host, authorization }),
      host,
    ).rejects.toThrow();
  }
  expect(await azure.send('POST', `${G}/resources?api-version=2025-04-01`, 'x'.repeat(5_000_000))).toMatchObject({
    status: 405,
  });
  expect(await azure.send('PUT', `${G}?api-version=2025-04-01`, 'x'.repeat(5_000_000))).toMatchObject({
    status: 413,
    body: { error: { code: 'RequestEntityTooLarge' } },
  });
});

test('scopes, filters and role assignments that Azure refuses', async () => {
  const roles = 'providers/Microsoft.Authorization';
  const none = `${S}/resourceGroups/none/${roles}`;
  expect(await azure.send('GET', `${none}/permissions?api-version=2022-04-01`)).toMatchObject({ status: 404 });
  expect(await azure.send('GET', `${none}/roleDefinitions?api-version=2022-04-01`)).toMatchObject({ status: 404 });
  const filtered = `${S}/${roles}/roleDefinitions?api-version=2022-04-01&$filter=`;
  expect(await azure.send('GET', `${filtered}${encodeURIComponent("colour eq 'red'")}`)).toMatchObject({ status: 400 });
  const groups = `${S}/resourceGroups?api-version=2025-04-01&$filter=`;
  const byTag = encodeURIComponent("tagName eq 'owner' and tagValue eq 'me'");
  expect(await azure.send('GET', `${groups}${byTag}`)).toMatchObject({ status: 200, body: { value: [] } });
  await azure.clock.sleep(60_000);
  const { principalId } = await azure.identities.userAssignedIdentities.createOrUpdate(GROUP, 'airflow', { location });
  await azure.clock.sleep(60_000);
  const assign = (properties: JsonObject) =>
    azure.send('PUT', `${G}/${roles}/roleAssignments/${SIMULATED_TENANT_ID}?api-version=2022-04-01`, {
      properties: {
        principalId,
        roleDefinitionId: `${S}/${roles}/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d`,
        ...properties,
      },
    });
  expect(await assign({ principalType: 'User' })).toMatchObject({
    body: { error: { code: 'UnmatchedPrincipalType' } },
  });
  expect(await assign({ roleDefinitionId: 'AcrPull' })).toMatchObject({
    body: { error: { code: 'BadRequestFormat' } },
  });
  expect(await assign({ principalType: 'ServicePrincipal' })).toMatchObject({ status: 201 });
});

test('a token for one service is refused by another; a managed identity that does not exist has none', async () => {
  const get = async (audience: string) => {
    const authorization = `Bearer ${await fetchToken(azure.url, audience)}`;
    return sendRaw(azure.url, 'GET', `${G}?api-version=2025-04-01`, { host: 'management.azure.com', authorization });
  };
  expect(await get('https://vault.azure.net')).toMatchObject({
    status: 401,
    body: { error: { code: 'InvalidAuthenticationTokenAudience' } },
  });
  expect(await get('https://management.core.windows.net/')).toMatchObject({ status: 200 });
  for (const which of [
    `object_id=${SIMULATED_TENANT_ID}`,
    'mi_res_id=/subscriptions/x',
    `client_id=${SIMULATED_TENANT_ID}`,
  ]) {
    const query = `resource=https://management.azure.com&api-version=2019-08-01&${which}`;
    const answer = await fetch(`${azure.url}/msi/token?${query}`, {
      headers: { 'X-IDENTITY-HEADER': SIMULATED_IDENTITY_HEADER },
    });
    expect(answer.status, which).toBe(400);
  }
});

test('a provider that is not registered does not even check names', async () => {
  await azure.control('POST', 'settings', { unregisteredProviders: ['Microsoft.Storage'] });
  const check = `${S}/providers/Microsoft.Storage/checkNameAvailability?api-version=2026-09-01`;
  expect(await azure.send('POST', check, { name: 'abc', type: 'Microsoft.Storage/storageAccounts' })).toMatchObject({
    status: 409,
    body: { error: { code: 'MissingSubscriptionRegistration' } },
  });
});

test('too many requests: whose, of which kind, and how many are left', async () => {
  const group = `${G}?api-version=2025-04-01`;
  const first = await azure.send('GET', group);
  expect(Number(first.headers['x-ms-ratelimit-remaining-subscription-reads'])).toBeGreaterThan(200);
  const answers = await Promise.all(Array.from({ length: 300 }, () => azure.held(() => azure.send('GET', group))));
  expect(answers.find(({ status }) => status === 429)).toMatchObject({
    headers: { 'retry-after': '1', 'x-ms-ratelimit-remaining-subscription-reads': '0' },
    body: {
      error: { message: expect.stringMatching(`'read' requests .* actor '${SIMULATED_CALLER_OBJECT_ID}' exceeded`) },
    },
  });
});

test('a vault’s own endpoint: versions, paths, sizes, retention, purge protection', async () => {
  const all = { permissions: { secrets: ['all', 'purge'] } };
  const changes = {
    properties: { softDeleteRetentionInDays: 7, enablePurgeProtection: true, enableRbacAuthorization: false },
  };
  await made(VAULT, merged(merged(vault, policies(all)), changes));
  const authorization = `Bearer ${await fetchToken(azure.url, 'https://vault.azure.net')}`;
  const call = (method: string, path: string, body?: unknown, version = '2025-07-01') =>
    azure.send(method, `https://airflow-kv.vault.azure.net${path}?api-version=${version}`, body, { authorization });
  expect(await call('PUT', '/secrets/one', { value: 'x'.repeat(26_000) })).toMatchObject({ status: 400 });
  expect(await call('PUT', '/secrets/one', { value: 'a value' })).toMatchObject({
    body: { attributes: { recoveryLevel: 'CustomizedRecoverable', recoverableDays: 7 } },
  });
  expect(await call('GET', '/secrets/one', undefined, '1.0')).toMatchObject({ status: 400 });
  expect(await call('GET', '/secrets/one/a/b')).toMatchObject({ status: 404 });
  await call('DELETE', '/secrets/one');
  expect(await call('POST', '/deletedsecrets/one/resurrect')).toMatchObject({ status: 404 });
  expect(await call('DELETE', '/deletedsecrets/one')).toMatchObject({ status: 403 });
  expect(await call('POST', '/deletedsecrets/one/recover')).toMatchObject({ status: 200 });
});

test('a federated credential needs an https issuer', async () => {
  await azure.send('PUT', IDENTITY, { location });
  const put = (issuer: string) =>
    azure.send('PUT', IDENTITY.replace('?', '/federatedIdentityCredentials/one?'), {
      properties: {
        issuer,
        subject: 'system:serviceaccount:airflow:airflow',
        audiences: ['api://AzureADTokenExchange'],
      },
    });
  expect(await put('issuer')).toMatchObject({ status: 400 });
  expect(await put('http://issuer.example.com/')).toMatchObject({ status: 400 });
  expect(await put('https://issuer.example.com/')).toMatchObject({ status: 201 });
});

test('a caller without roles has none after a restart, and bad scripts are refused', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'azure-simulator-'));
  try {
    const before = await startFixture({ dataDirectory });
    await before.control('POST', 'caller', { roles: [] });
    await before.close();
    const after = await startFixture({ dataDirectory });
    expect(await after.send('GET', `${G}?api-version=2025-04-01`)).toMatchObject({ status: 403 });
    await after.close();
  } finally {
    await rm(dataDirectory, { recursive: true });
  }
  const drop = { path: 'x', action: { drop: 'before' } };
  expect(await azure.control('POST', 'faults', { ...drop, method: 'FETCH' })).toMatchObject({ status: 400 });
  expect(await azure.control('POST', 'faults', { ...drop, method: 'get' })).toMatchObject({ status: 200 });
  expect(await azure.control('POST', 'images', { add: ['airflow'] })).toMatchObject({ status: 400 });
  expect(await azure.control('POST', 'images', { add: ['docker.io/apache/airflow:9.9.9'] })).toMatchObject({
    status: 200,
  });
  expect(await azure.control('GET', 'reset')).toMatchObject({
    status: 405,
    body: { error: { code: 'MethodNotAllowed' } },
  });
  expect(await azure.control('POST', 'reset', { pad: 'x'.repeat(5_000_000) })).toMatchObject({ status: 413 });
});

test('the name of a deleted container is free again only after a while', async () => {
  await made(ACCOUNT, account);
  const container = ACCOUNT.replace('?', '/blobServices/default/containers/logs?');
  const put = (publicAccess: string) => azure.send('PUT', container, { properties: { publicAccess } });
  expect(await put('Everybody')).toMatchObject({ status: 400 });
  expect(await put('None')).toMatchObject({ status: 201 });
  expect(await azure.send('DELETE', container)).toMatchObject({ status: 200 });
  expect(await put('None')).toMatchObject({ status: 409, body: { error: { code: 'ContainerOperationFailure' } } });
  await azure.clock.sleep(60_000);
  expect(await put('None')).toMatchObject({ status: 201 });
});
