import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_SUBSCRIPTION_ID,
  SIMULATED_TENANT_ID,
  startAzureSimulator,
} from '../../local/azure-simulator/azure-simulator.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import {
  clusterParameters,
  type Fixture,
  fetchToken,
  GROUP,
  LOCATION,
  sendRaw,
  startFixture,
  vaultParameters,
} from './fixture.ts';

const G = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${GROUP}`;

let azure: Fixture;
beforeEach(async () => {
  azure = await startFixture();
  await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
});
afterEach(() => azure.close());

const getGroup = () => azure.send('GET', `${G}?api-version=2025-04-01`);

test('faults: a scripted answer to the nth request, with its headers', async () => {
  await azure.control('POST', 'faults', {
    method: 'GET',
    path: 'resourceGroups/apache',
    nth: 2,
    times: 1,
    action: { answer: { status: 429, code: 'TooManyRequests', message: 'slow down', headers: { 'retry-after': '7' } } },
  });
  expect(await getGroup()).toMatchObject({ status: 200 });
  expect(await getGroup()).toMatchObject({
    status: 429,
    body: { error: { code: 'TooManyRequests' } },
    headers: { 'retry-after': '7' },
  });
  expect(await getGroup()).toMatchObject({ status: 200 });
  expect((await azure.control('GET', 'faults')).body).toMatchObject({ faults: [{ matched: 3 }] });
  await azure.control('DELETE', 'faults');
});

test('faults: connections cut before and after the change', async () => {
  const put = (name: string) => azure.resources.resourceGroups.createOrUpdate(name, { location: LOCATION });
  await azure.control('POST', 'faults', [
    { method: 'PUT', path: 'lost', action: { drop: 'before' } },
    { method: 'PUT', path: 'done', action: { drop: 'after' } },
  ]);
  await expect(put('lost')).rejects.toMatchObject({ name: 'RestError' });
  await expect(put('done')).rejects.toMatchObject({ name: 'RestError' });
  const names = azure.simulator.resources().map(({ name }) => name);
  expect(names).toContain('done');
  expect(names).not.toContain('lost');
  expect(azure.simulator.requests().filter(({ status }) => status === null)).toHaveLength(2);
});

test('faults: an operation that fails later and one that never ends', async () => {
  await azure.control('POST', 'faults', {
    method: 'PUT',
    path: 'managedClusters/airflow',
    action: { failOperation: { code: 'AllocationFailed', message: 'No capacity.' } },
  });
  const create = () => azure.done(azure.clusters.managedClusters.createOrUpdate(GROUP, 'airflow', clusterParameters));
  await expect(create()).rejects.toThrow('AllocationFailed');
  expect(await azure.clusters.managedClusters.get(GROUP, 'airflow')).toMatchObject({
    provisioningState: 'Failed',
    status: { provisioningError: { code: 'AllocationFailed', message: 'No capacity.' } },
  });
  const repaired = await create();
  expect(repaired?.provisioningState).toBe('Succeeded');
  expect(repaired?.status?.provisioningError).toBeUndefined();
  azure.simulator.addFault({
    method: 'PUT',
    path: 'vaults/hanging',
    nth: 1,
    times: 1,
    action: { hangOperation: true },
  });
  await expect(azure.done(azure.vaults.vaults.createOrUpdate(GROUP, 'hanging-vault', vaultParameters))).rejects.toThrow(
    'modelled hour',
  );
});

test('the journal is one line of JSON with modelled instants', async () => {
  await azure.control('DELETE', 'requests');
  await azure.resources.resourceGroups.createOrUpdate('second', { location: LOCATION, tags: { a: 'b' } });
  const text = await (await fetch(`${azure.url}/_simulator/requests`)).text();
  expect(text.split('\n')).toHaveLength(1);
  expect(JSON.parse(text).requests).toEqual([
    {
      method: 'PUT',
      url: expect.stringContaining('https://management.azure.com/subscriptions/'),
      status: 201,
      body: { location: LOCATION, tags: { a: 'b' } },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      userAgent: expect.stringContaining('azsdk-js-'),
      authorizations: [
        {
          principalId: SIMULATED_CALLER_OBJECT_ID,
          action: 'Microsoft.Resources/subscriptions/resourceGroups/write',
          scope: expect.stringMatching(/\/resourcegroups\/second$/),
        },
      ],
      at: expect.any(Number),
      durationMs: expect.any(Number),
    },
  ]);
});

test('operations show what took how long, replication included', async () => {
  await azure.identities.userAssignedIdentities.createOrUpdate(GROUP, 'identity', { location: LOCATION });
  const operations = azure.simulator.operations();
  expect(operations.map(({ operation, kind }) => [operation, kind])).toEqual([
    ['create', 'synchronous'],
    ['replicatePrincipal', 'replication'],
    ['create', 'synchronous'],
  ]);
  expect(operations[2]?.seconds).toBeGreaterThanOrEqual(1.2);
  expect(operations[2]?.seconds).toBeLessThanOrEqual(2.8);
});

test('what is made up depends on the seed and the id, not on the order of requests', async () => {
  const make = async (seed: number, names: string[]): Promise<Record<string, string | undefined>> => {
    azure.simulator.reset({ seed });
    await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
    const made: Record<string, string | undefined> = {};
    for (const name of names) {
      made[name] = (
        await azure.identities.userAssignedIdentities.createOrUpdate(GROUP, name, { location: LOCATION })
      ).principalId;
    }
    return made;
  };
  const one = await make(3, ['first', 'second']);
  expect(await make(3, ['second', 'first'])).toEqual(one);
  expect((await make(4, ['first'])).first).not.toBe(one.first);
});

test('bad calls of the control API say what is wrong', async () => {
  expect(await azure.control('POST', 'faults', { path: 'x', action: { drop: 'sometimes' } })).toMatchObject({
    status: 400,
  });
  expect(await azure.control('POST', 'caller', { roles: ['King'] })).toMatchObject({ status: 400 });
  const misspelt = { roleName: 'mine', actions: ['Microsoft.KeyVault/vault/read'] };
  const answer = await azure.control('POST', 'caller', { roles: [{ role: misspelt }] });
  expect(JSON.stringify(answer)).toContain("'Microsoft.KeyVault/vault/read' does not match any of the actions");
  expect(await azure.control('GET', 'nothing')).toMatchObject({ status: 404 });
  expect(await azure.control('GET', 'reset')).toMatchObject({ status: 405 });
});

test('the secrets of a vault on its own host: challenge, policy, versions, trash', async () => {
  const vault = 'https://data-vault.vault.azure.net';
  const policies = [
    {
      tenantId: SIMULATED_TENANT_ID,
      objectId: SIMULATED_CALLER_OBJECT_ID,
      permissions: { secrets: ['get', 'set', 'delete', 'recover'] },
    },
  ];
  const parameters = { ...vaultParameters, properties: { ...vaultParameters.properties, accessPolicies: policies } };
  await azure.done(azure.vaults.vaults.createOrUpdate(GROUP, 'data-vault', parameters));
  const challenge = await sendRaw(azure.url, 'PUT', '/secrets/one?api-version=2025-07-01', {
    host: 'data-vault.vault.azure.net',
  });
  expect(challenge.status).toBe(401);
  expect(challenge.headers['www-authenticate']).toBe(
    `Bearer authorization="https://login.microsoftonline.com/${SIMULATED_TENANT_ID}", resource="https://vault.azure.net"`,
  );
  const authorization = `Bearer ${await fetchToken(azure.url, 'https://vault.azure.net')}`;
  const call = (method: string, path: string, body?: unknown) =>
    azure.send(method, `${vault}${path}?api-version=2025-07-01`, body, { authorization });
  expect(await call('PUT', '/secrets/one', { value: 'first value' })).toMatchObject({
    status: 200,
    body: { value: 'first value' },
  });
  await call('PUT', '/secrets/one', { value: 'second value' });
  expect(await call('GET', '/secrets/one')).toMatchObject({ body: { value: 'second value' } });
  expect(await call('GET', '/secrets')).toMatchObject({
    status: 403,
    body: { error: { innererror: { code: 'AccessDenied' } } },
  });
  expect(await call('DELETE', '/secrets/one')).toMatchObject({ status: 200, body: { recoveryId: expect.any(String) } });
  expect(await call('PUT', '/secrets/one', { value: 'third value' })).toMatchObject({
    status: 409,
    body: { error: { code: 'Conflict' } },
  });
  await expect(
    azure.vaults.secrets.createOrUpdate(GROUP, 'data-vault', 'one', { properties: { value: 'x' } }),
  ).rejects.toMatchObject({ statusCode: 409 });
  expect(await call('POST', '/deletedsecrets/one/recover')).toMatchObject({ status: 200 });
  expect(await call('GET', '/secrets/one')).toMatchObject({ body: { value: 'second value' } });
  expect(azure.simulator.secrets()).toContainEqual({ kind: 'vault-secret', value: 'first value' });
});

test('the state survives a restart, operations under way included', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'azure-simulator-'));
  try {
    const before = await startFixture({ dataDirectory, seed: 5 });
    await before.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
    await before.done(before.vaults.vaults.createOrUpdate(GROUP, 'purged-vault', vaultParameters));
    await before.vaults.vaults.delete(GROUP, 'purged-vault');
    await before.clusters.managedClusters.createOrUpdate(GROUP, 'airflow', clusterParameters).submitted();
    await before.vaults.vaults.purgeDeleted('purged-vault', LOCATION).submitted();
    const underWay = before.simulator.operations().filter(({ status }) => status === 'InProgress');
    expect(underWay.map(({ operation }) => operation)).toEqual(['create', 'purge']);
    const now = before.clock.now();
    await before.close();

    const after = await startFixture({ dataDirectory, clock: new VirtualClock(now + 600_000) });
    expect(await after.clusters.managedClusters.get(GROUP, 'airflow')).toMatchObject({
      provisioningState: 'Succeeded',
    });
    expect(after.simulator.operations().find(({ resourceId }) => /airflow$/.test(resourceId))?.status).toBe(
      'Succeeded',
    );
    expect(
      after.simulator.operations().filter(({ operation }) => operation === 'replicatePrincipal'),
      'the identities of the cluster are in the directory',
    ).toHaveLength(2);
    await expect(after.vaults.vaults.getDeleted('purged-vault', LOCATION)).rejects.toMatchObject({ statusCode: 404 });
    await after.close();
  } finally {
    await rm(dataDirectory, { recursive: true });
  }
});

test('a taken port is said with its remedy', async () => {
  const port = Number(new URL(azure.url).port);
  await expect(startAzureSimulator({ port, clock: new VirtualClock() })).rejects.toThrow(/port is taken.*--port/);
});
