import { objectsAt } from '../base/json.ts';
import { isWithin } from '../state/resource-id.ts';
import type { World } from '../state/world.ts';
import { DEFAULT_VM_SIZE, vmSize } from './vm-sizes.ts';

/** The quota's name for the vCPUs of all families together. */
export const REGION_TOTAL = 'cores';

/** The vCPUs of some node pools that count under a quota. */
export const vcpusOf = (pools: readonly { vmSize?: unknown; count?: unknown }[], family: string): number =>
  pools.reduce((sum, pool) => {
    const size = vmSize(typeof pool.vmSize === 'string' ? pool.vmSize : DEFAULT_VM_SIZE);
    return size?.family === family || (size && family === REGION_TOTAL)
      ? sum + size.vcpus * (typeof pool.count === 'number' ? pool.count : 1)
      : sum;
  }, 0);

/**
 * The vCPUs that a subscription uses in a location under a quota: those of its clusters, since nothing else here has any.
 *
 * @param exceptId - a cluster that does not count.
 */
export const usedVcpus = (
  { resources }: World,
  { subscriptionPath, location, family }: { subscriptionPath: string; location: string; family: string },
  exceptId?: string,
): number =>
  resources
    .ofType('Microsoft.ContainerService/managedClusters')
    .filter((one) => one.location === location && isWithin(one.id, subscriptionPath) && one.id !== exceptId)
    .reduce((sum, one) => sum + vcpusOf(objectsAt(one.properties, 'agentPoolProfiles'), family), 0);
