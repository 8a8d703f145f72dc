import type { ActivityHandler } from 'durable-functions';
import {
  deploymentIdOf,
  deploymentInstancePrefix,
  undoInstanceId,
  undoInstancePrefix,
} from '../deployment/names/instance-ids.ts';
import { deploymentStatus, isUndoOf } from '../deployment/run/deployment-status.ts';
import { findDeployed } from '../deployment/run/drift-contracts.ts';
import { listInstances } from '../task-hub/instances.ts';

/** The deployments whose last run succeeded, and that nobody has undone or is undoing. */
export const findDeployedActivity: ActivityHandler = async (data: unknown, context) => {
  findDeployed.input.parse(data);
  const [deployments, undos] = await Promise.all([
    listInstances(context, deploymentInstancePrefix, { runtimeStatus: ['Completed'] }),
    listInstances(context, undoInstancePrefix),
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
