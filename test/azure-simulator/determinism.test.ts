import { afterEach, expect, test } from 'vitest';
import {
  type AzureSimulator,
  SIMULATED_SUBSCRIPTION_ID,
  SIMULATED_TENANT_ID,
  startAzureSimulator,
} from '../../local/azure-simulator/azure-simulator.ts';
import { ScaledClock } from '../../local/clock/scaled-clock.ts';
import { clusterParameters, fetchToken, GROUP, LOCATION, sendRaw } from './fixture.ts';

const G = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${GROUP}`;
const { location, sku, identity, ...properties } = clusterParameters;

const CLUSTER = `${G}/providers/Microsoft.ContainerService/managedClusters/airflow`;
const VAULT = `${G}/providers/Microsoft.KeyVault/vaults/airflow-kv`;
const STORAGE = `${G}/providers/Microsoft.Storage/storageAccounts/airflowstorage`;
const IDENTITY = `${G}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/airflow`;

const VERSIONS: Record<string, string> = {
  ContainerService: '2026-06-01',
  KeyVault: '2026-02-01',
  Storage: '2026-09-01',
  ManagedIdentity: '2024-11-30',
};

const BODIES: Record<string, unknown> = {
  [CLUSTER]: { location, sku, identity, properties },
  [VAULT]: {
    location,
    properties: { tenantId: SIMULATED_TENANT_ID, sku: { family: 'A', name: 'standard' }, accessPolicies: [] },
  },
  [STORAGE]: { location, sku: { name: 'Standard_ZRS' }, kind: 'StorageV2' },
  [IDENTITY]: { location },
};

/** A simulator on a clock that runs by itself, and calls of its Resource Manager. */
const start = async (seed: number) => {
  const clock = new ScaledClock({ real: Date.now(), modelled: Date.now(), speed: 10_000 });
  const simulator = await startAzureSimulator({ clock, seed });
  simulators.push(simulator);
  const authorization = `Bearer ${await fetchToken(simulator.url, 'https://management.azure.com')}`;
  const call = (method: string, path: string, body?: unknown) => {
    const version = VERSIONS[/Microsoft\.(\w+)/.exec(path)?.[1] ?? ''] ?? '2025-04-01';
    const headers = { host: 'management.azure.com', authorization };
    return sendRaw(simulator.url, method, `${path}?api-version=${version}`, headers, body);
  };
  const put = (path: string) => call('PUT', path, BODIES[path]);
  await call('PUT', G, { location: LOCATION });
  return { simulator, call, put, halfAnHour: () => clock.sleep(1_800_000) };
};

const simulators: AzureSimulator[] = [];
afterEach(async () => {
  for (const simulator of simulators.splice(0)) await simulator.close();
});

const madeUp = async ({ call }: Awaited<ReturnType<typeof start>>) => ({
  cluster: await call('GET', CLUSTER),
  identity: await call('GET', IDENTITY),
  keys: await call('POST', `${STORAGE}/listKeys`),
  kubeconfig: await call('POST', `${CLUSTER}/listClusterUserCredential`),
  secret: await call('GET', `${VAULT}/secrets/one`),
});

test('what is made up is a function of seed and id: not of the clock, the order, or what was tried before', async () => {
  const smooth = await start(7);
  for (const path of [IDENTITY, VAULT, STORAGE, CLUSTER]) await smooth.put(path);
  await smooth.halfAnHour();
  await smooth.call('PUT', `${VAULT}/secrets/one`, { properties: { value: 'a value' } });

  const rough = await start(7);
  const fault = { nth: 1, times: 1, method: 'PUT' };
  rough.simulator.addFault({ ...fault, path: 'managedClusters', action: { drop: 'before' } });
  const failOperation = { code: 'Unlucky', message: 'No luck.' };
  rough.simulator.addFault({ ...fault, path: 'storageAccounts', action: { failOperation } });
  rough.simulator.addFault({ ...fault, path: 'managedClusters', nth: 2, action: { failOperation } });
  await rough.put(CLUSTER).catch(() => {});
  for (const path of [CLUSTER, STORAGE]) await rough.put(path);
  await rough.halfAnHour();
  for (const path of [STORAGE, CLUSTER, VAULT, IDENTITY, IDENTITY]) await rough.put(path);
  await rough.halfAnHour();
  await rough.call('PUT', `${VAULT}/secrets/one`, { properties: { value: 'a value' } });

  const [one, other] = [await madeUp(smooth), await madeUp(rough)];
  const ofCluster = {
    identity: { principalId: expect.any(String) },
    properties: {
      provisioningState: 'Succeeded',
      fqdn: expect.any(String),
      resourceUID: expect.any(String),
      oidcIssuerProfile: { issuerURL: expect.any(String) },
      identityProfile: { kubeletidentity: { objectId: expect.any(String), clientId: expect.any(String) } },
    },
  };
  expect(one.cluster.body).toMatchObject(ofCluster);
  const generated = /"(principalId|fqdn|resourceUID|issuerURL|objectId|clientId|value|secretUriWithVersion)":"[^"]*"/g;
  const pick = (text: string) => text.match(generated);
  for (const name of ['cluster', 'identity', 'keys', 'kubeconfig', 'secret'] as const) {
    expect(pick(one[name].text), name).not.toBeNull();
    expect(pick(other[name].text), name).toEqual(pick(one[name].text));
  }
});

test('a cluster that was deleted and made again has another kubelet identity, as in Azure', async () => {
  const azure = await start(7);
  const kubelet = async () => {
    await azure.put(CLUSTER);
    await azure.halfAnHour();
    const found = /"kubeletidentity":\{[^}]*"objectId":"([^"]+)"/.exec((await azure.call('GET', CLUSTER)).text)?.[1];
    return found ?? '';
  };
  const first = await kubelet();
  expect(first).not.toBe('');
  await azure.call('DELETE', CLUSTER);
  await azure.halfAnHour();
  expect(await kubelet()).not.toBe(first);
});
