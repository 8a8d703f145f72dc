import { resourceGroup } from '../deployment/step-contracts.ts';
import { reconcileResource } from '../resources/reconcile-resource.ts';
import { resourceGroupResource } from '../resources/resource-group.ts';
import { stepActivity } from './step-activity.ts';

export const resourceGroupActivity = stepActivity(resourceGroup, (input, resume) =>
  reconcileResource(resourceGroupResource(input), resume),
);
