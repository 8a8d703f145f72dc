import { armClients } from '../azure/arm-clients.ts';
import { resourceGroupId } from '../deployment/resource-ids.ts';
import { resourceGroup } from '../deployment/step-contracts.ts';
import { mergeTags, requireEqual, tagDifferences } from './differences.ts';
import { immutableLocation } from './immutables.ts';
import { reconcileResource } from './reconcile-resource.ts';
import { stepActivity } from './step-activity.ts';

/** Marks a resource group that a deployment of ours created: undo may delete it whole. The value is the deployment's id. */
const OWNER_TAG = 'airflow-on-aks-deployment';

export const resourceGroupActivity = stepActivity(
  resourceGroup,
  ({ subscriptionId, resourceGroupName, location, tags, deploymentId }, resume) => {
    const { resourceGroups } = armClients(subscriptionId).resources;
    const id = resourceGroupId(subscriptionId, resourceGroupName);
    return reconcileResource(
      {
        id,
        usualSeconds: 5,
        get: () => resourceGroups.get(resourceGroupName),
        provisioningState: (group) => group.properties?.provisioningState,
        async create() {
          const ours = mergeTags({ [OWNER_TAG]: deploymentId }, tags);
          const result = await resourceGroups.createOrUpdate(resourceGroupName, { location, tags: ours });
          return { result, operationUrl: undefined };
        },
        differences(group) {
          requireEqual(id, immutableLocation(group, { location }));
          return tagDifferences(group.tags, tags);
        },
        async update(group) {
          const result = await resourceGroups.update(resourceGroupName, { tags: mergeTags(group.tags, tags) });
          return { result, operationUrl: undefined };
        },
        value: () => ({ id }),
      },
      resume,
    );
  },
);
