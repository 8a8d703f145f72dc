import type { Provider } from '@azure/arm-resources';
import type { Namespace } from '../azure/api-versions.ts';
import { armClients } from '../azure/arm-clients.ts';

/** The resource providers that the deployment writes to, each with the type and the first step that does. */
const providers = [
  { namespace: 'Microsoft.ManagedIdentity', type: 'userAssignedIdentities', step: 'identity' },
  { namespace: 'Microsoft.KeyVault', type: 'vaults', step: 'key-vault' },
  { namespace: 'Microsoft.ContainerRegistry', type: 'registries', step: 'registry' },
  { namespace: 'Microsoft.Storage', type: 'storageAccounts', step: 'storage' },
  { namespace: 'Microsoft.ContainerService', type: 'managedClusters', step: 'cluster' },
] as const satisfies readonly { readonly namespace: Namespace; readonly type: string; readonly step: string }[];

/** A provider, and what Resource Manager knows of it. */
export type ResourceProvider = (typeof providers)[number] & { readonly found: Provider };

export const readResourceProviders = (subscriptionId: string): Promise<readonly ResourceProvider[]> => {
  const { resources } = armClients(subscriptionId);
  return Promise.all(
    providers.map(async (provider) => ({ ...provider, found: await resources.providers.get(provider.namespace) })),
  );
};

/** Whether the subscription is not registered for it. */
export const isUnregistered = ({ found: { registrationState } }: ResourceProvider): boolean =>
  registrationState === 'NotRegistered' || registrationState === 'Unregistered';
