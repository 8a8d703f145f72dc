import { resourceNotFound } from '../../arm/arm-errors.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { GROUP } from '../../arm/route.ts';
import type { Resource } from '../../state/resource.ts';

/** The type as the provider spells it in its answers. */
export const CLUSTER_TYPE = 'Microsoft.ContainerService/ManagedClusters';
export const CLUSTER_ACTION = 'Microsoft.ContainerService/managedClusters';
export const CLUSTER_PATH = `${GROUP}/providers/${CLUSTER_ACTION}/{cluster}`;

/** The id as the provider writes it, with a lower-case `resourcegroups`. */
export const clusterId = (request: ArmRequest): string =>
  `${request.subscriptionPath}/resourcegroups/${request.group}/providers/${CLUSTER_ACTION}/${request.parameter('cluster')}`;

export const existingCluster = (request: ArmRequest): Resource => {
  const cluster = request.world.resources.get(clusterId(request));
  if (cluster) return cluster;
  throw resourceNotFound(CLUSTER_ACTION, request.parameter('cluster'), request.group);
};
