import { armClients } from '../azure/arm-clients.ts';
import { resourceGroupId } from '../deployment/resource-ids.ts';
import { resourceGroup } from '../deployment/step-contracts.ts';
import { mergeTags, newTags, requireEqual, tagDifferences } from './differences.ts';
import { immutableLocation } from './immutables.ts';
import { reconcileResource } from './reconcile-resource.ts';
import { stepActivity } from './step-activity.ts';

export const resourceGroupActivity = stepActivity(resourceGroup, (input, resume) => {
  const { subscriptionId, resourceGroupName, location, tags } = input;
  const { resourceGroups } = armClients(subscriptionId).resources;
  const id = resourceGroupId(subscriptionId, resourceGroupName);
  return reconcileResource(
    {
      id,
      usualSeconds: 5,
      get: () => resourceGroups.get(resourceGroupName),
      provisioningState: (group) => group.properties?.provisioningState,
      async create() {
        const body = { location, tags: newTags(input) };
        const result = await resourceGroups.createOrUpdate(resourceGroupName, body);
        return { result, operation: undefined };
      },
      differences(group) {
        requireEqual(id, immutableLocation(group, { location }));
        return tagDifferences(group.tags, tags);
      },
      async update(group) {
        const result = await resourceGroups.update(resourceGroupName, { tags: mergeTags(group.tags, tags) });
        return { result, operation: undefined };
      },
      value: () => ({ id }),
    },
    resume,
  );
});
