import { armClients } from '../azure/arm-clients.ts';
import { finding } from '../deployment/finding.ts';
import type { Rule } from './rule.ts';

/** The resource providers that the deployment writes to, each with the first step that does. */
const namespaces = [
  ['Microsoft.ManagedIdentity', 'identity'],
  ['Microsoft.KeyVault', 'key-vault'],
  ['Microsoft.ContainerRegistry', 'registry'],
  ['Microsoft.Storage', 'storage'],
  ['Microsoft.ContainerService', 'cluster'],
] as const;

export const providersRegistered: Rule = {
  question: 'the resource providers are registered',
  async check({ input: { subscriptionId } }) {
    const { providers } = armClients(subscriptionId).resources;
    const states = await Promise.all(
      namespaces.map(async ([namespace, step]) => {
        const { registrationState } = await providers.get(namespace);
        return { namespace, step, registrationState };
      }),
    );
    return states.flatMap(({ namespace, step, registrationState }) =>
      registrationState === 'NotRegistered' || registrationState === 'Unregistered'
        ? [finding('provider-not-registered', `The subscription is not registered for ${namespace}.`, step)]
        : [],
    );
  },
};
