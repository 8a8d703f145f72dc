import type { ManagedCluster } from '@azure/arm-containerservice';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';

/** The deployment's cluster; undefined when it does not exist. */
export const findCluster = ({
  subscriptionId,
  resourceGroupName,
  clusterName,
}: Deployment): Promise<ManagedCluster | undefined> =>
  findOrUndefined(armClients(subscriptionId).clusters.managedClusters.get(resourceGroupName, clusterName));
