import { armClients } from '../azure/arm-clients.ts';

/** The resource providers that the deployment writes to, each with the first step that does. */
const namespaces = [
  ['Microsoft.ManagedIdentity', 'identity'],
  ['Microsoft.KeyVault', 'key-vault'],
  ['Microsoft.ContainerRegistry', 'registry'],
  ['Microsoft.Storage', 'storage'],
  ['Microsoft.ContainerService', 'cluster'],
] as const;

/** Those of them that the subscription is not registered for. */
export const readUnregisteredProviders = async (
  subscriptionId: string,
): Promise<readonly { readonly namespace: string; readonly step: string }[]> => {
  const { providers } = armClients(subscriptionId).resources;
  const states = await Promise.all(
    namespaces.map(async ([namespace, step]) => {
      const { registrationState } = await providers.get(namespace);
      return { namespace, step, registrationState };
    }),
  );
  return states.filter(
    ({ registrationState }) => registrationState === 'NotRegistered' || registrationState === 'Unregistered',
  );
};
