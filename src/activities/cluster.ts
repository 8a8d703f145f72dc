import { cluster } from '../deployment/step-contracts.ts';
import { clusterResource } from '../resources/cluster.ts';
import { reconcileResource } from '../resources/reconcile-resource.ts';
import { stepActivity } from './step-activity.ts';

export const clusterActivity = stepActivity(cluster, (input, resume) =>
  reconcileResource(clusterResource(input), resume),
);
