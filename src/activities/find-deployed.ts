import { findDeployed } from '../deployment/contracts/drift-contracts.ts';
import { deploymentInstancePrefix, undoInstanceId, undoInstancePrefix } from '../deployment/names/instance-ids.ts';
import { recordOf } from '../deployment/run/deployment-record.ts';
import { deploymentStatus, isUndoOf } from '../deployment/run/deployment-status.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';

/** The deployments of which a run has succeeded, and that nobody has undone or is undoing. */
export const findDeployedActivity: TaskHubActivity = (hub) => async (data) => {
  findDeployed.input.parse(data);
  const [deployments, undos] = await Promise.all([
    hub.list(deploymentInstancePrefix, { showInput: true }),
    hub.list(undoInstancePrefix),
  ]);
  const undoOf = new Map(undos.map((undo) => [undo.instanceId, undo]));
  const ids = deployments.flatMap((instance) => {
    const { id, inherited } = recordOf(instance);
    const undo = undoOf.get(undoInstanceId(id));
    const undone = undo !== undefined && isUndoOf(instance, undo) && deploymentStatus(undo) !== 'Failed';
    const exists = deploymentStatus(instance) === 'Succeeded' || inherited.deployed !== undefined;
    return exists && !undone ? [id] : [];
  });
  return { ids };
};
