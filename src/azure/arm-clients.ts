import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ContainerRegistryManagementClient } from '@azure/arm-containerregistry';
import { ContainerServiceClient } from '@azure/arm-containerservice';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { ResourceManagementClient } from '@azure/arm-resources';
import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { StorageManagementClient } from '@azure/arm-storage';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { azureHostPolicy } from './azure-host-policy.ts';
import { appCredential } from './credential.ts';
import { exchangePolicy, timeoutPolicy } from './exchange.ts';
import { pagePolicy } from './list-pages.ts';
import { readRetryPolicy } from './retry-read.ts';
import { apiVersionPolicy } from './settings/api-versions.ts';
import { currentCloud, resourceManagerScope } from './settings/cloud.ts';
import { simulatorUrl } from './simulator.ts';
import { tracingPolicy } from './tracing-policy.ts';
import { transport } from './transport.ts';

/** The SDK clients of one subscription. */
export interface ArmClients {
  readonly resources: ResourceManagementClient;
  readonly subscriptions: SubscriptionClient;
  readonly authorization: AuthorizationManagementClient;
  readonly identities: ManagedServiceIdentityClient;
  readonly vaults: KeyVaultManagementClient;
  readonly registries: ContainerRegistryManagementClient;
  readonly storage: StorageManagementClient;
  readonly clusters: ContainerServiceClient;
}

const cache = new Map<string, ArmClients>();

/** The clients of a subscription, made once: they share the process's credential and connections. */
export const armClients = (subscriptionId: string): ArmClients => {
  const key = `${currentCloud().name} ${simulatorUrl()?.origin} ${subscriptionId}`;
  const clients = cache.get(key) ?? createClients(subscriptionId);
  cache.set(key, clients);
  return clients;
};

/** What every pipeline to Azure has. Retries are off: an SDK sleeps inside a billed activity and repeats POSTs; ours are durable. */
export const pipelineOptions = {
  retryOptions: { maxRetries: 0 },
  userAgentOptions: { userAgentPrefix: 'airflow-on-aks' },
};

const perRetry = (policy: PipelinePolicy) => ({ policy, position: 'perRetry' as const });

const createClients = (subscriptionId: string): ArmClients => {
  const credential = appCredential();
  const cloud = currentCloud();
  const scope = resourceManagerScope(cloud);
  const options = {
    ...pipelineOptions,
    endpoint: cloud.resourceManager,
    // The two generations of clients name the scopes differently; some of the newer ones otherwise ask for the public cloud's.
    credentials: { scopes: [scope] },
    credentialScopes: scope,
    additionalPolicies: [
      { policy: pagePolicy, position: 'perCall' as const },
      { policy: readRetryPolicy, position: 'perCall' as const },
      perRetry(azureHostPolicy),
      perRetry(apiVersionPolicy),
      perRetry(timeoutPolicy),
      perRetry(tracingPolicy),
      perRetry(exchangePolicy),
    ],
    httpClient: transport(),
  };
  return {
    resources: new ResourceManagementClient(credential, subscriptionId, options),
    subscriptions: new SubscriptionClient(credential, options),
    authorization: new AuthorizationManagementClient(credential, subscriptionId, options),
    identities: new ManagedServiceIdentityClient(credential, subscriptionId, options),
    vaults: new KeyVaultManagementClient(credential, subscriptionId, options),
    registries: new ContainerRegistryManagementClient(credential, subscriptionId, options),
    storage: new StorageManagementClient(credential, subscriptionId, options),
    clusters: new ContainerServiceClient(credential, subscriptionId, options),
  };
};
