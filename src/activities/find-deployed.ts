import { findDeployed } from '../deployment/contracts/drift-contracts.ts';
import {
  deploymentIdOf,
  deploymentInstancePrefix,
  undoInstanceId,
  undoInstancePrefix,
} from '../deployment/names/instance-ids.ts';
import { deploymentStatus, isUndoOf } from '../deployment/run/deployment-status.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';

/** The deployments whose last run succeeded, and that nobody has undone or is undoing. */
export const findDeployedActivity: TaskHubActivity = (hub) => async (data) => {
  findDeployed.input.parse(data);
  const [deployments, undos] = await Promise.all([
    hub.list(deploymentInstancePrefix, { runtimeStatus: ['Completed'] }),
    hub.list(undoInstancePrefix),
  ]);
  const undoOf = new Map(undos.map((undo) => [undo.instanceId, undo]));
  const ids = deployments.flatMap((instance) => {
    const id = deploymentIdOf(instance.instanceId);
    const undo = id === undefined ? undefined : undoOf.get(undoInstanceId(id));
    const undone = undo !== undefined && isUndoOf(instance, undo);
    return id === undefined || undone || deploymentStatus(instance) !== 'Succeeded' ? [] : [id];
  });
  return { ids };
};
