import { mayReach } from '../../callers/may-reach.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import { recordOf } from '../../deployment/run/deployment-record.ts';
import { type DeploymentRun, EARLIER_RUNS_KEPT } from '../../deployment/run/deployment-run.ts';
import type { Instance } from '../../deployment/run/instance.ts';
import { inheritedBy, whatExists } from '../../deployment/run/what-exists.ts';
import { earlierRunOf } from '../../status/deployment-response.ts';
import { findBranches } from '../../task-hub/find-branches.ts';
import { isDeleted } from '../../task-hub/find-present.ts';
import { findUndo } from '../../task-hub/find-undo.ts';
import { readMadeUntil } from '../../task-hub/read-made.ts';
import type { Call } from './handle.ts';

type Inherited = Pick<
  DeploymentRun,
  'earlierRuns' | 'owner' | 'made' | 'deployed' | 'changedBy' | 'earlier' | 'createdAt'
>;

/**
 * What a run takes over from the one before: its history, its owner, what exists and since when. Nothing is inherited from another owner's deleted run; of one's
 * own deleted run the history alone.
 *
 * @param existing - the run before, which has ended.
 */
export const inheritedFrom = async (
  { hub, caller, needs }: Call,
  existing: Instance | undefined,
  next: Deployment,
): Promise<Inherited> => {
  const record = existing && recordOf(existing);
  const own = caller && { owner: caller.id };
  if (!record || !mayReach(caller, needs, record)) return { earlierRuns: [], made: [], ...own };
  const undo = await findUndo(hub, { record, instance: existing });
  const earlierRuns = [earlierRunOf(record, existing), ...record.earlierRuns].slice(0, EARLIER_RUNS_KEPT);
  if (isDeleted(existing, undo)) return { earlierRuns, made: [], ...own };
  const made = await readMadeUntil(hub, record, existing);
  const exists = whatExists(record, existing, await findBranches(hub, record), undo);
  const { deployed, changedBy, earlier } = inheritedBy(next, exists);
  return {
    earlierRuns,
    ...(made.complete && { made: made.ids }),
    ...(record.owner === undefined ? own : { owner: record.owner }),
    ...(deployed && { deployed }),
    ...(changedBy.length > 0 && { changedBy }),
    ...(earlier.length > 0 && { earlier }),
    createdAt: record.createdAt.toISOString(),
  };
};
