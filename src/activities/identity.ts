import type { Identity } from '@azure/arm-msi';
import { armClients } from '../azure/arm-clients.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { identity } from '../deployment/step-contracts.ts';
import { mergeTags, newTags, requireEqual, tagDifferences } from './differences.ts';
import { immutableLocation } from './immutables.ts';
import { reconcileResource } from './reconcile-resource.ts';
import { stepActivity } from './step-activity.ts';

export const identityActivity = stepActivity(identity, (input, resume) => {
  const { resourceGroupName, location, tags, identityName } = input;
  const { userAssignedIdentities } = armClients(input.subscriptionId).identities;
  const id = resourceId(input, 'Microsoft.ManagedIdentity/userAssignedIdentities', identityName);
  return reconcileResource(
    {
      id,
      usualSeconds: 3,
      get: () => userAssignedIdentities.get(resourceGroupName, identityName),
      provisioningState: () => undefined,
      async create() {
        const body = { location, tags: newTags(input) };
        const result = await userAssignedIdentities.createOrUpdate(resourceGroupName, identityName, body);
        return { result, operation: undefined };
      },
      differences(existing) {
        requireEqual(id, immutableLocation(existing, { location }));
        return tagDifferences(existing.tags, tags);
      },
      async update(existing) {
        const body = { tags: mergeTags(existing.tags, tags) };
        const result = await userAssignedIdentities.update(resourceGroupName, identityName, body);
        return { result, operation: undefined };
      },
      value: idsOf,
    },
    resume,
  );
});

const idsOf = ({ id, principalId, clientId }: Identity) => {
  if (!id || !principalId || !clientId) throw new Error('Azure answered an identity without its ids.');
  return { id, principalId, clientId };
};
