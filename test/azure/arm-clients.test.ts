import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { armClients } from '../../src/azure/arm-clients.ts';
import { SimulatorCredential } from '../../src/azure/simulator.ts';
import { transport } from '../../src/azure/transport.ts';
import { azureError, NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const S = '/subscriptions/s/resourceGroups/rg';

describe('the clients of a subscription', () => {
  it('are made once, for each subscription and cloud', () => {
    expect(armClients('s')).toBe(armClients('s'));
    expect(armClients('other')).not.toBe(armClients('s'));
    const clients = armClients('s');
    vi.stubEnv('AZURE_CLOUD', 'AzureChinaCloud');
    expect(armClients('s')).not.toBe(clients);
    vi.stubEnv('AZURE_CLOUD', 'AzureCloud');
    vi.stubEnv('AZURE_SIMULATOR_URL', 'http://127.0.0.1:9');
    expect(armClients('s')).not.toBe(clients);
  });

  it('ask Resource Manager once, without retries of their own, and say who they are', async () => {
    azure.on(`GET ${S}/providers/Microsoft.KeyVault/vaults/kv`, azureError(503, 'ServiceUnavailable'));
    await expect(armClients('s').vaults.vaults.get('rg', 'kv')).rejects.toMatchObject({ statusCode: 503 });
    expect(azure.routes).toHaveLength(1);
    expect(azure.requests[0]?.headers['user-agent']).toContain('airflow-on-aks');
    expect(azure.requests[0]?.headers.authorization).toMatch(/^Bearer /);
  });

  it('ask in the api-version that the settings have', async () => {
    vi.stubEnv('AZURE_API_VERSIONS', 'Microsoft.KeyVault=2020-01-01');
    azure.on(`GET ${S}/providers/Microsoft.KeyVault/vaults/kv`, NOT_FOUND);
    await armClients('s')
      .vaults.vaults.get('rg', 'kv')
      .catch(() => undefined);
    expect(azure.requests[0]?.query).toEqual({ 'api-version': '2020-01-01' });
  });

  it('ask for what is in their subscription and cloud, with tokens for it', async () => {
    vi.stubEnv('AZURE_CLOUD', 'AzureChinaCloud');
    const scopes = vi.spyOn(SimulatorCredential.prototype, 'getToken');
    // Clients that no other test has made, nor the token that they ask for first.
    const subscription = randomUUID();
    const { resources, authorization, identities, vaults, registries, storage, clusters, subscriptions } =
      armClients(subscription);
    const group = `/subscriptions/${subscription}/resourceGroups/rg`;
    const paths = [
      '',
      '/providers/Microsoft.Authorization/permissions',
      '/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x',
      '/providers/Microsoft.KeyVault/vaults/x',
      '/providers/Microsoft.ContainerRegistry/registries/x',
      '/providers/Microsoft.Storage/storageAccounts/x',
      '/providers/Microsoft.ContainerService/managedClusters/x',
    ];
    const routes = [...paths.map((path) => `${group}${path}`), '/subscriptions/other'].map(
      (path) => `GET https://management.chinacloudapi.cn${path}`,
    );
    for (const route of routes) azure.on(route, NOT_FOUND);
    const asked = [
      resources.resourceGroups.get('rg'),
      authorization.permissions.listForResourceGroup('rg').next(),
      identities.userAssignedIdentities.get('rg', 'x'),
      vaults.vaults.get('rg', 'x'),
      registries.registries.get('rg', 'x'),
      storage.storageAccounts.getProperties('rg', 'x'),
      clusters.managedClusters.get('rg', 'x'),
      subscriptions.subscriptions.get('other'),
    ];
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(routes.map(() => 'rejected'));
    const lower = (all: readonly string[]) => all.map((route) => route.toLowerCase()).toSorted();
    expect(lower(azure.routes)).toEqual(lower(routes));
    const given = new Set(scopes.mock.calls.map(([scope]) => [scope].flat().join(' ')));
    expect([...given]).toEqual(['https://management.chinacloudapi.cn/.default']);
    scopes.mockRestore();
  });

  it('share one transport, without a simulator another one', () => {
    const simulated = transport();
    expect(transport()).toBe(simulated);
    expect(transport(1)).not.toBe(simulated);
    vi.stubEnv('AZURE_SIMULATOR_URL', undefined);
    expect(transport()).not.toBe(simulated);
  });
});
