import { randomUUID } from 'node:crypto';
import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { describe, expect, it, vi } from 'vitest';
import { armClients, transport } from '../../src/azure/arm-clients.ts';
import { appCredential, appIdentity } from '../../src/azure/credential.ts';
import { SimulatorCredential } from '../../src/azure/simulator.ts';
import {
  azureError,
  NOT_FOUND,
  SCRIPTED_OBJECT_ID,
  SCRIPTED_TENANT_ID,
  useScriptedAzure,
} from '../support/scripted-azure.ts';

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
    const given = new Set(scopes.mock.calls.flatMap(([scope]) => scope));
    expect([...given]).toEqual(['https://management.chinacloudapi.cn/.default']);
    scopes.mockRestore();
  });

  it('have the transport of the SDKs without a simulator', () => {
    expect(transport()).toBeDefined();
    vi.stubEnv('AZURE_SIMULATOR_URL', undefined);
    expect(transport()).toBeUndefined();
  });
});

describe("the app's credential", () => {
  it('is one for the process', () => {
    expect(appCredential()).toBeInstanceOf(SimulatorCredential);
    expect(appCredential()).toBe(appCredential());
  });

  it('is the managed identity where the platform offers one, otherwise what a developer has', () => {
    vi.stubEnv('AZURE_SIMULATOR_URL', undefined);
    vi.stubEnv('IDENTITY_ENDPOINT', 'http://127.0.0.1/msi/token');
    vi.stubEnv('AZURE_CLOUD', 'AzureUSGovernment');
    expect(appCredential()).toBeInstanceOf(ManagedIdentityCredential);
    vi.stubEnv('IDENTITY_ENDPOINT', undefined);
    vi.stubEnv('AZURE_CLOUD', 'AzureChinaCloud');
    expect(appCredential()).toBeInstanceOf(DefaultAzureCredential);
  });

  it('says who the app is', async () => {
    expect(await appIdentity()).toEqual({ objectId: SCRIPTED_OBJECT_ID, tenantId: SCRIPTED_TENANT_ID });
  });

  it.each(['', 'opaque', 'a.e30.c'])('says nothing with the token "%s"', async (token) => {
    const given = vi
      .spyOn(SimulatorCredential.prototype, 'getToken')
      .mockResolvedValue({ token, expiresOnTimestamp: Date.now() + 3_600_000 });
    await expect(appIdentity()).rejects.toThrow(
      token.includes('.') ? /oid/ : 'The credential gave no access token for Resource Manager.',
    );
    given.mockRestore();
  });
});

describe('the identity in simulator mode', () => {
  const credential = () => new SimulatorCredential(new URL(process.env.AZURE_SIMULATOR_URL ?? ''));

  const answer = (response: Response) => vi.spyOn(globalThis, 'fetch').mockImplementation(async () => response.clone());

  it('gets its tokens as a managed identity does', async () => {
    const fetched = answer(Response.json({ access_token: 't', expires_on: '1700000000' }));
    expect(await credential().getToken(['https://vault.azure.net/.default'])).toEqual({
      token: 't',
      expiresOnTimestamp: 1_700_000_000_000,
    });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(String(url)).toMatch(/\/msi\/token\?api-version=2019-08-01&resource=https%3A%2F%2Fvault\.azure\.net$/);
    expect(init?.headers).toEqual({ 'X-IDENTITY-HEADER': 'simulator' });
    expect(init?.signal).toBeInstanceOf(AbortSignal);
    await credential().getToken('https://x/.default/y');
    expect(String(fetched.mock.calls[1]?.[0])).toContain('resource=https%3A%2F%2Fx%2F.default%2Fy');
    await credential().getToken(['a', 'b/.default']);
    expect(String(fetched.mock.calls[2]?.[0])).toMatch(/&resource=a\+b$/);
    fetched.mockRestore();
  });

  it('says when the simulator is another cloud', async () => {
    const fetched = answer(new Response('', { status: 400 }));
    await expect(credential().getToken('https://vault.azure.net/.default')).rejects.toMatchObject({
      failure: {
        code: 'CredentialUnavailable',
        message:
          'The Azure simulator gave no token for https://vault.azure.net (HTTP 400): it is one cloud of Azure, which AZURE_CLOUD must name.',
      },
    });
    fetched.mockRestore();
  });

  it('says when the simulator does not answer', async () => {
    const cause = new TypeError('fetch failed');
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(cause);
    const error: unknown = await credential()
      .getToken('x')
      .catch((thrown: unknown) => thrown);
    expect(error instanceof Error && error.message).toMatch(
      /^The Azure simulator at http:\/\/127\.0\.0\.1:\d+ does not answer\. Start it with "npm run simulator"/,
    );
    expect(error instanceof Error && error.cause).toBe(cause);
    fetched.mockRestore();
  });
});
