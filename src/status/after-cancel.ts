import { customStatusOf, deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import type { StoredStep } from '../deployment/run/stored/stored-status.ts';

/** An operation that Azure continues though its step was cancelled. */
export interface ContinuedOperation {
  readonly step: string;
  readonly resourceId: string;
  /** `Running` as long as Azure is at work, then how it ended. */
  readonly state: 'Running' | 'Succeeded' | 'Failed';
  readonly endedAt?: string;
}

/** What a cancel leaves, and what to do about it. */
export interface AfterCancel {
  readonly operations: readonly ContinuedOperation[];
  /** Whether the service deletes the deployment once they have ended. */
  readonly andDelete: boolean;
  readonly remedy: string;
}

const REMEDY = {
  running:
    'Azure continues these operations and bills what they create. When they have ended, DELETE the deployment, or send the same request again to go on from there.',
  ended:
    'Azure has ended these operations. What they created stays and is billed: DELETE the deployment, or send the same request again to go on from there.',
  deleting: 'The service deletes the deployment once Azure has ended these operations. There is nothing to do.',
} as const;

/**
 * What Azure continues after a cancel.
 *
 * @param steps - of the run, as they are recorded.
 * @param resourceIdOf - the resource of a step that does not record it: an import's is the registry.
 * @param follow - what follows the operations; undefined when nobody has cancelled the run.
 * @param deletion - what deletes the deployment after them, if that was asked for.
 * @returns undefined when nothing was in flight and nothing is to be deleted.
 */
export const afterCancelOf = (
  instance: Instance,
  steps: Iterable<StoredStep>,
  resourceIdOf: (step: string) => string | undefined,
  follow: Instance | undefined,
  deletion: Instance | undefined,
): AfterCancel | undefined => {
  if (!follow && !deletion) return undefined;
  const stopped = hasEnded(deploymentStatus(instance));
  const followed = [follow, deletion].flatMap((each) => (each && customStatusOf(each)?.steps) || []);
  const operations = [...steps].flatMap((step): ContinuedOperation[] => {
    const { name, state, underWay } = step;
    const resourceId = step.resourceId ?? resourceIdOf(name);
    // A branch may have stopped before the whole has.
    const isContinued = underWay !== undefined || (!stopped && (state === 'Running' || state === 'Retrying'));
    if (!isContinued || resourceId === undefined) return [];
    const end = followed.find((each) => each.name === name && each.endedAt !== undefined);
    if (end?.endedAt === undefined) return [{ step: name, resourceId, state: 'Running' }];
    return [
      { step: name, resourceId, state: end.state === 'Succeeded' ? 'Succeeded' : 'Failed', endedAt: end.endedAt },
    ];
  });
  const andDelete = deletion !== undefined && !hasEnded(deploymentStatus(deletion));
  if (operations.length === 0 && !andDelete) return undefined;
  const running = operations.some(({ state }) => state === 'Running');
  return { operations, andDelete, remedy: REMEDY[andDelete ? 'deleting' : running ? 'running' : 'ended'] };
};
