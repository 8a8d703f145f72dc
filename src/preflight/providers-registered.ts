import type { Provider } from '@azure/arm-resources';
import type { Namespace } from '../azure/api-versions.ts';
import { armClients } from '../azure/arm-clients.ts';
import { finding } from '../deployment/finding.ts';
import { offerFindings } from './offer-findings.ts';
import type { Rule } from './rule.ts';

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

export const providersRegistered: Rule = {
  question: 'the resource providers are registered, and offer their resources in the location',
  async check({ input: { subscriptionId, location } }) {
    const { resources } = armClients(subscriptionId);
    const all = await Promise.all(
      providers.map(async (provider) => ({ ...provider, found: await resources.providers.get(provider.namespace) })),
    );
    return [...offerFindings(location, all), ...all.flatMap(registrationFinding)];
  },
};

const registrationFinding = ({ namespace, step, found: { registrationState } }: ResourceProvider) =>
  registrationState === 'NotRegistered' || registrationState === 'Unregistered'
    ? [finding('provider-not-registered', `The subscription is not registered for ${namespace}.`, step)]
    : [];
