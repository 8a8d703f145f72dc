import { registry } from '../deployment/step-contracts.ts';
import { reconcileResource } from '../resources/reconcile-resource.ts';
import { registryResource } from '../resources/registry.ts';
import { stepActivity } from './step-activity.ts';

export const registryActivity = stepActivity(registry, (input, resume) =>
  reconcileResource(registryResource(input), resume),
);
