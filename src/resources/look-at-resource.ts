import type { StepLook } from '../deployment/step-look.ts';
import { assessResource, RECOVERY, repairOf } from './assess-resource.ts';
import { immutableDifferences } from './differences.ts';
import { noteOf } from './note-of.ts';
import type { Reconciliation } from './reconciliation.ts';

/** What {@link reconcileResource} would do, without the move. */
export const lookAtResource = async <R, T>(resource: Reconciliation<R, T>): Promise<StepLook<T>> => {
  const { id: resourceId } = resource;
  const assessment = await assessResource(resource);
  if (resource.keptByOthers && (assessment.state === 'absent' || assessment.state === 'failed')) {
    const note = assessment.state === 'absent' ? 'It does not exist.' : 'It is in a failed state.';
    return { action: 'unchanged', changes: [], resourceId, note };
  }
  switch (assessment.state) {
    case 'absent':
      return (await resource.isRecoverable?.())
        ? { action: 'update', changes: [RECOVERY], resourceId }
        : { action: 'create', changes: [], resourceId };
    case 'working': {
      const note = `Azure is at work on it (${assessment.provisioningState}): what differs is known once that has ended.`;
      return { action: 'unchanged', changes: [], resourceId, note };
    }
    case 'failed':
      return { action: 'update', changes: [repairOf(assessment.provisioningState)], resourceId };
    case 'ready': {
      const { found, differences } = assessment;
      const fixed = immutableDifferences(resource.immutables(found));
      const changes = [...fixed, ...differences];
      return {
        action: changes.length > 0 ? 'update' : 'unchanged',
        changes,
        resourceId,
        value: resource.value(found),
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
