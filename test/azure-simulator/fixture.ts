import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ContainerRegistryManagementClient } from '@azure/arm-containerregistry';
import { ContainerServiceClient } from '@azure/arm-containerservice';
import { KeyVaultManagementClient, type VaultCreateOrUpdateParameters } from '@azure/arm-keyvault';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { ResourceManagementClient } from '@azure/arm-resources';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { StorageManagementClient } from '@azure/arm-storage';
import type { TokenCredential } from '@azure/core-auth';
import { z } from 'zod';
import {
  type AzureSimulator,
  type AzureSimulatorOptions,
  SIMULATED_IDENTITY_HEADER,
  SIMULATED_SUBSCRIPTION_ID,
  SIMULATED_TENANT_ID,
  startAzureSimulator,
} from '../../local/azure-simulator/azure-simulator.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import { loopbackClient } from './loopback-client.ts';

export const GROUP = 'apache-airflow-rg';
export const LOCATION = 'canadacentral';

const tokenSchema = z.object({ access_token: z.string(), expires_on: z.string() });

/** A token of the simulator's managed identity. */
export const fetchToken = async (url: string, resource: string): Promise<string> => {
  const query = new URLSearchParams({ resource, 'api-version': '2019-08-01' });
  const response = await fetch(`${url}/msi/token?${query}`, {
    headers: { 'X-IDENTITY-HEADER': SIMULATED_IDENTITY_HEADER },
  });
  return tokenSchema.parse(await response.json()).access_token;
};

/** A simulator on a virtual clock and the real SDK clients for it. */
export const startFixture = async (options: Partial<AzureSimulatorOptions> = {}) => {
  const clock = new VirtualClock();
  const simulator = await startAzureSimulator({ clock, ...options });
  /** Lets modelled time pass until a long-running operation has ended, and takes its result. */
  const done = async <T>(poller: Pollable<T>): Promise<T | undefined> => {
    await poller.submitted();
    if (!poller.isDone) await clock.sleep(3_600_000);
    if (!poller.isDone) await poller.poll();
    if (!poller.isDone) throw new Error('The operation has not ended within a modelled hour.');
    return poller.result;
  };
  /** Keeps modelled time from moving while the work, and other work that is held, has a request on the wire. */
  const held = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = clock.hold();
    try {
      return await work();
    } finally {
      release();
    }
  };
  return { ...fixtureFor(simulator), clock, done, held };
};

interface Pollable<T> {
  submitted(): Promise<void>;
  poll(): Promise<unknown>;
  readonly isDone: boolean;
  readonly result: T | undefined;
}

const fixtureFor = (simulator: AzureSimulator) => {
  const { url } = simulator;
  const credential: TokenCredential = {
    getToken: async () => ({
      token: await fetchToken(url, 'https://management.azure.com'),
      expiresOnTimestamp: Date.now() + 3_600_000,
    }),
  };
  const common = {
    endpoint: 'https://management.azure.com',
    credentials: { scopes: ['https://management.azure.com/.default'] },
    credentialScopes: 'https://management.azure.com/.default',
    httpClient: loopbackClient(url),
    retryOptions: { maxRetries: 0 },
  };
  const subscription = SIMULATED_SUBSCRIPTION_ID;
  return {
    simulator,
    url,
    resources: new ResourceManagementClient(credential, subscription, common),
    subscriptions: new SubscriptionClient(credential, common),
    identities: new ManagedServiceIdentityClient(credential, subscription, common),
    vaults: new KeyVaultManagementClient(credential, subscription, common),
    registries: new ContainerRegistryManagementClient(credential, subscription, common),
    storage: new StorageManagementClient(credential, subscription, common),
    clusters: new ContainerServiceClient(credential, subscription, common),
    authorization: new AuthorizationManagementClient(credential, subscription, common),
    /** A raw request with a token, to any host. */
    send: async (method: string, target: string, body?: unknown, headers: Record<string, string> = {}) => {
      const { pathname, search, host } = new URL(target, 'https://management.azure.com');
      const token = headers.authorization ?? `Bearer ${await fetchToken(url, 'https://management.azure.com')}`;
      return sendRaw(url, method, `${pathname}${search}`, { host, ...headers, authorization: token }, body);
    },
    /** A call of the control API. */
    control: async (method: string, name: string, body?: unknown) => {
      const response = await fetch(`${url}/_simulator/${name}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
    },
    close: () => simulator.close(),
  };
};

export type Fixture = Awaited<ReturnType<typeof startFixture>>;

/** One request with full control over the Host header, which fetch would not give. A body goes as JSON unless the headers say otherwise. */
export const sendRaw = async (
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
) => {
  const { request } = await import('node:http');
  const base = new URL(url);
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string; body: unknown }>(
    (resolve, reject) => {
      const all = { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers };
      const outgoing = request({ host: base.hostname, port: base.port, method, path, headers: all }, (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        incoming.on('end', () => {
          const json = String(incoming.headers['content-type']).startsWith('application/json');
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text,
            body: json && text !== '' ? JSON.parse(text) : undefined,
          });
        });
        incoming.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    },
  );
};

export const vaultParameters: VaultCreateOrUpdateParameters = {
  location: LOCATION,
  properties: {
    tenantId: SIMULATED_TENANT_ID,
    sku: { family: 'A', name: 'standard' },
    accessPolicies: [],
    enableRbacAuthorization: false,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
  },
};

export const clusterParameters = {
  location: LOCATION,
  sku: { name: 'Base', tier: 'Standard' },
  identity: { type: 'SystemAssigned' as const },
  dnsPrefix: 'apache-air-apache-airflow-r-111111',
  agentPoolProfiles: [
    {
      name: 'nodepool1',
      mode: 'System',
      type: 'VirtualMachineScaleSets',
      osType: 'Linux',
      vmSize: 'Standard_DS4_v2',
      count: 3,
      availabilityZones: ['1', '2', '3'],
    },
  ],
  networkProfile: { networkPlugin: 'azure', loadBalancerSku: 'standard', outboundType: 'loadBalancer' },
  oidcIssuerProfile: { enabled: true },
  securityProfile: { workloadIdentity: { enabled: true } },
  storageProfile: { blobCSIDriver: { enabled: true } },
  autoUpgradeProfile: { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'NodeImage' },
};
