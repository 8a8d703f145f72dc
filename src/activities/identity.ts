import type { Identity } from '@azure/arm-msi';
import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import { identity } from '../steps/identity.ts';
import { implement } from './implement.ts';
import { mergeTags, newTags, tagDifferences } from './reconcile/differences.ts';
import { immutableLocation } from './reconcile/immutables.ts';
import { managed } from './reconcile/managed.ts';
import type { ManagedResource } from './reconcile/managed-resource.ts';

/** The user-assigned managed identity. */
export const identityResource = (
  input: z.infer<typeof identity.input>,
): ManagedResource<Identity, z.infer<typeof identity.value>> => {
  const { resourceGroupName, location, tags, identityName } = input;
  const { userAssignedIdentities } = armClients(input.subscriptionId).identities;
  const id = resourceId(input, 'Microsoft.ManagedIdentity/userAssignedIdentities', identityName);
  return {
    id,
    usualSeconds: identity.usualSeconds.create,
    get: () => userAssignedIdentities.get(resourceGroupName, identityName),
    provisioningState: () => undefined,
    async create() {
      const body = { location, tags: newTags(input) };
      const result = await userAssignedIdentities.createOrUpdate(resourceGroupName, identityName, body);
      return { result, operation: undefined };
    },
    immutables: (existing) => immutableLocation(existing, input),
    differences: (existing) => tagDifferences(existing.tags, tags),
    async update(existing) {
      const body = { tags: mergeTags(existing.tags, tags) };
      const result = await userAssignedIdentities.update(resourceGroupName, identityName, body);
      return { result, operation: undefined };
    },
    value: idsOf,
  };
};

const idsOf = ({ id, principalId, clientId }: Identity) => {
  if (!id || !principalId || !clientId) throw new Error('Azure answered an identity without its ids.');
  return { id, principalId, clientId };
};

export const identityImplementation = implement(identity, managed(identityResource));
