import { AzureOperationError } from '../../azure/failures/azure-failure.ts';
import type { Inspection } from '../../deployment/plan/inspection.ts';
import { immutableDifferences } from './differences.ts';
import type { ManagedResource, Tagged } from './managed-resource.ts';
import { noteOf } from './note-of.ts';
import { observeResource, RECOVERY, repairOf } from './observe-resource.ts';

/** What {@link reconcileResource} would do, without the change. */
export const inspectResource = async <R extends Tagged, T>(resource: ManagedResource<R, T>): Promise<Inspection<T>> => {
  const { id: resourceId } = resource;
  const observation = await observeResource(resource);
  if (resource.keptByOthers && (observation.state === 'absent' || observation.state === 'failed')) {
    const note = observation.state === 'absent' ? 'It does not exist.' : 'It is in a failed state.';
    return { action: 'unchanged', changes: [], resourceId, note };
  }
  switch (observation.state) {
    case 'absent':
      return (await resource.isRecoverable?.())
        ? { action: 'update', changes: [RECOVERY], resourceId }
        : { action: 'create', changes: [], resourceId };
    case 'working': {
      const note = `Azure is at work on it (${observation.provisioningState}): what differs is known once that has ended.`;
      return { action: 'unchanged', changes: [], resourceId, note };
    }
    case 'failed':
      return { action: 'update', changes: [repairOf(observation.provisioningState)], resourceId };
    case 'ready': {
      const { found, differences } = observation;
      const fixed = immutableDifferences(resource.immutables(found));
      const changes = [...fixed, ...differences];
      return {
        action: changes.length > 0 ? 'update' : 'unchanged',
        changes,
        resourceId,
        value: valueIfComplete(resource, found, changes.length > 0),
        ...(fixed.length > 0
          ? { note: `${fixed.map(({ property }) => property).join(', ')} cannot be changed.` }
          : noteOf(
              resource,
              found,
              differences.map(({ property }) => property),
            )),
      };
    }
  }
};

/** What it gives to other steps; nothing yet where it is incomplete and a change will complete it. */
const valueIfComplete = <R extends Tagged, T>(
  resource: ManagedResource<R, T>,
  found: R,
  isChanging: boolean,
): T | undefined => {
  try {
    return resource.value(found);
  } catch (error) {
    if (!isChanging || !(error instanceof AzureOperationError)) throw error;
    return undefined;
  }
};
