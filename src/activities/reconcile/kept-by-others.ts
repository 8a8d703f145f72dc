import { AzureOperationError } from '../../azure/failures/azure-failure.ts';
import type { ManagedResource, Tagged } from './managed-resource.ts';

/** A resource that somebody else keeps: it is used as it is, and neither made, repaired, changed nor tagged. */
export const keptByOthers = <R extends Tagged, T>(resource: ManagedResource<R, T>): ManagedResource<R, T> => {
  const refuse = (reason: string): never => {
    throw new AzureOperationError({ code: 'ExistingResourceUnusable', message: `${resource.id} ${reason}` });
  };
  return {
    id: resource.id,
    usualSeconds: resource.usualSeconds,
    keptByOthers: true,
    get: () => resource.get(),
    provisioningState: (found) => resource.provisioningState(found),
    create: async (found) => refuse(found ? 'is in a failed state.' : 'does not exist.'),
    immutables: () => ({}),
    differences: () => [],
    update: async () => refuse('must not be changed.'),
    value: (found) => resource.value(found),
  };
};
