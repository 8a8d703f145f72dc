import { afterEach, beforeEach, expect, test } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { clusterParameters, type Fixture, GROUP, LOCATION, startFixture, vaultParameters } from './fixture.ts';

const G = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${GROUP}`;
const VAULT = `${G}/providers/Microsoft.KeyVault/vaults/airflow-vault-kv?api-version=2026-02-01`;
const REGISTRY = `${G}/providers/Microsoft.ContainerRegistry/registries/airflowregistry`;
const ACCOUNT = `${G}/providers/Microsoft.Storage/storageAccounts/airflowstorage?api-version=2026-09-01`;
const CLUSTER = `${G}/providers/Microsoft.ContainerService/managedClusters/airflow?api-version=2026-06-01`;

const { location, sku, identity, ...clusterProperties } = clusterParameters;
const clusterBody = { location, sku, identity, properties: clusterProperties };

let azure: Fixture;
beforeEach(async () => {
  azure = await startFixture();
  await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
});
afterEach(() => azure.close());

const hour = () => azure.clock.sleep(3_600_000);

test('a vault: 200 with RegisteringDns and no header, then Succeeded on its own URL', async () => {
  const put = await azure.send('PUT', VAULT, vaultParameters);
  expect(put).toMatchObject({ status: 200, body: { properties: { provisioningState: 'RegisteringDns' } } });
  expect(put.headers).not.toHaveProperty('location');
  expect(put.headers).not.toHaveProperty('azure-asyncoperation');
  await azure.clock.sleep(28_000);
  expect(await azure.send('GET', VAULT)).toMatchObject({ body: { properties: { provisioningState: 'Succeeded' } } });
});

test('a registry: 201, Azure-AsyncOperation with a status of its own, then 200 for the same PUT', async () => {
  const body = { location: LOCATION, sku: { name: 'Premium' }, properties: { adminUserEnabled: true } };
  const put = await azure.send('PUT', `${REGISTRY}?api-version=2025-11-01`, body);
  expect(put).toMatchObject({ status: 201, body: { properties: { provisioningState: 'Creating' } } });
  const url = String(put.headers['azure-asyncoperation']);
  expect(url).toMatch(
    /^https:\/\/management\.azure\.com\/.*\/operationStatuses\/registries-[0-9a-f-]{36}\?api-version=2025-11-01&t=/,
  );
  expect(await azure.send('GET', url)).toMatchObject({ status: 200, body: { status: 'Creating' } });
  await hour();
  expect(await azure.send('GET', url)).toMatchObject({ status: 200, body: { status: 'Succeeded' } });
  expect(await azure.send('PUT', `${REGISTRY}?api-version=2025-11-01`, body)).toMatchObject({
    status: 200,
    body: { properties: { provisioningState: 'Succeeded' } },
  });
  expect(azure.simulator.operations().filter(({ resourceId }) => resourceId.endsWith('airflowregistry'))).toHaveLength(
    1,
  );
});

test('a storage account: 202 with empty text and Location; absent until it is done', async () => {
  const body = { location: LOCATION, sku: { name: 'Standard_ZRS' }, kind: 'StorageV2', properties: {} };
  const put = await azure.send('PUT', ACCOUNT, body);
  expect(put).toMatchObject({
    status: 202,
    text: '',
    headers: { 'retry-after': '17', 'content-type': expect.stringContaining('text/plain') },
  });
  const url = String(put.headers.location);
  expect(await azure.send('GET', url)).toMatchObject({ status: 202, text: '' });
  expect(await azure.send('GET', ACCOUNT)).toMatchObject({
    status: 404,
    body: { error: { code: 'ResourceNotFound' } },
  });
  expect(await azure.send('PUT', ACCOUNT, body)).toMatchObject({
    status: 409,
    body: { error: { code: 'StorageAccountOperationInProgress' } },
  });
  await hour();
  expect(await azure.send('GET', url)).toMatchObject({
    status: 200,
    body: { properties: { provisioningState: 'Succeeded' } },
  });
  expect(await azure.send('PUT', ACCOUNT, body)).toMatchObject({ status: 200 });
});

test('a cluster: 201 with the issuer, the kubelet identity only at the end, no second PUT meanwhile', async () => {
  const put = await azure.send('PUT', CLUSTER, clusterBody, { 'if-none-match': '*' });
  expect(put).toMatchObject({
    status: 201,
    body: {
      properties: {
        provisioningState: 'Creating',
        oidcIssuerProfile: { issuerURL: expect.stringMatching(/^https:.*\/$/) },
      },
    },
  });
  expect(put.text).not.toContain('kubeletidentity');
  expect(put.text).toContain(`/resourcegroups/${GROUP}/`);
  const url = String(put.headers['azure-asyncoperation']);
  expect(await azure.send('GET', url)).toMatchObject({
    status: 200,
    headers: { 'retry-after': '10' },
    body: { status: 'InProgress' },
  });
  expect(await azure.send('PUT', CLUSTER, clusterBody)).toMatchObject({
    status: 409,
    body: { code: 'OperationNotAllowed', message: expect.stringContaining('in progress') },
  });
  expect(await azure.send('PUT', CLUSTER, clusterBody, { 'if-none-match': '*' })).toMatchObject({ status: 412 });
  await azure.clock.sleep(330_000 * 1.4);
  expect(await azure.send('GET', url)).toMatchObject({
    status: 200,
    body: { status: 'Succeeded', endTime: expect.any(String) },
  });
  expect(await azure.send('GET', CLUSTER)).toMatchObject({
    body: {
      properties: {
        provisioningState: 'Succeeded',
        identityProfile: { kubeletidentity: { objectId: expect.any(String) } },
      },
    },
  });
  const change = await azure.send('PUT', CLUSTER, {
    ...clusterBody,
    properties: { ...clusterProperties, dnsPrefix: 'other' },
  });
  expect(change).toMatchObject({ status: 400, body: { code: 'PropertyChangeNotAllowed' } });
  const update = await azure.send('PUT', CLUSTER, clusterBody);
  expect(update).toMatchObject({ status: 200, body: { properties: { provisioningState: 'Updating' } } });
});

test('an import: 202 with the JSON text null and Location; a missing image fails there, a taken tag at once', async () => {
  await azure.send('PUT', `${REGISTRY}?api-version=2025-11-01`, {
    location: LOCATION,
    sku: { name: 'Premium' },
    properties: {},
  });
  await hour();
  const importing = (image: string, tag: string) =>
    azure.send('POST', `${REGISTRY}/importImage?api-version=2025-11-01`, {
      source: { registryUri: 'docker.io', sourceImage: image },
      targetTags: [tag],
      mode: 'NoForce',
    });
  const good = await importing('apache/airflow:2.9.3', 'airflow:2.9.3');
  expect(good).toMatchObject({ status: 202, text: 'null' });
  const gone = await importing('bitnami/postgresql:16.1.0-debian-11-r15', 'postgresql:16.1.0-debian-11-r15');
  expect(gone).toMatchObject({ status: 202, text: 'null' });
  expect(await azure.send('GET', String(good.headers.location))).toMatchObject({ status: 202 });
  await hour();
  expect(await azure.send('GET', String(good.headers.location))).toMatchObject({
    status: 200,
    body: { status: 'Succeeded' },
  });
  expect(await azure.send('GET', String(gone.headers.location))).toMatchObject({
    status: 400,
    body: {
      error: {
        code: 'InvalidParameters',
        message: expect.stringContaining('requested access to the resource is denied'),
      },
    },
  });
  expect(await importing('apache/airflow:2.9.3', 'airflow:2.9.3')).toMatchObject({
    status: 409,
    body: { error: { code: 'Conflict', message: 'Tag airflow:2.9.3 already exists in target registry.' } },
  });
});

test('deleting a group: 202 and Location until all is gone, the vault is soft-deleted', async () => {
  await azure.send('PUT', VAULT, vaultParameters);
  await hour();
  const deletion = await azure.send('DELETE', `${G}?api-version=2025-04-01`);
  expect(deletion).toMatchObject({ status: 202, text: '' });
  expect(await azure.send('PUT', VAULT, vaultParameters)).toMatchObject({
    status: 409,
    body: { error: { code: 'ResourceGroupBeingDeleted' } },
  });
  expect(await azure.send('GET', String(deletion.headers.location))).toMatchObject({ status: 202 });
  await hour();
  expect(await azure.send('GET', String(deletion.headers.location))).toMatchObject({ status: 200 });
  expect(await azure.send('GET', `${G}?api-version=2025-04-01`)).toMatchObject({
    status: 404,
    body: { error: { code: 'ResourceGroupNotFound' } },
  });
  expect(azure.simulator.resources()).toEqual([]);
});

test('a soft-deleted vault: refused, found, recovered with its secrets, purged', async () => {
  const name = 'airflow-vault-kv';
  await azure.done(azure.vaults.vaults.createOrUpdate(GROUP, name, vaultParameters));
  await azure.vaults.secrets.createOrUpdate(GROUP, name, 'kept', { properties: { value: 'a secret value' } });
  await azure.vaults.vaults.delete(GROUP, name);
  await expect(azure.done(azure.vaults.vaults.createOrUpdate(GROUP, name, vaultParameters))).rejects.toMatchObject({
    statusCode: 409,
    code: 'ConflictError',
  });
  expect(await azure.vaults.vaults.checkNameAvailability({ name, type: 'Microsoft.KeyVault/vaults' })).toMatchObject({
    nameAvailable: false,
    reason: 'AlreadyExists',
  });
  expect(await azure.vaults.vaults.getDeleted(name, LOCATION)).toMatchObject({ name });
  const recovered = await azure.done(
    azure.vaults.vaults.createOrUpdate(GROUP, name, {
      ...vaultParameters,
      properties: { ...vaultParameters.properties, createMode: 'recover' },
    }),
  );
  expect(recovered?.properties.provisioningState).toBe('Succeeded');
  expect(await azure.vaults.secrets.get(GROUP, name, 'kept')).toMatchObject({ name: 'kept' });
  await azure.vaults.vaults.delete(GROUP, name);
  await azure.done(azure.vaults.vaults.purgeDeleted(name, LOCATION));
  await expect(azure.vaults.vaults.getDeleted(name, LOCATION)).rejects.toMatchObject({ statusCode: 404 });
  expect(
    (await azure.vaults.vaults.checkNameAvailability({ name, type: 'Microsoft.KeyVault/vaults' })).nameAvailable,
  ).toBe(true);
});
