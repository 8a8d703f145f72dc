import { deploymentInstancePrefix, undoInstanceId, undoInstancePrefix } from '../deployment/names/instance-ids.ts';
import { type DeploymentRecord, recordOf } from '../deployment/run/deployment-record.ts';
import { hasEnded, isUndoOf, statusWithUndo } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import type { TaskHub } from './task-hub.ts';

/** A deployment that was not deleted. */
export interface Present {
  readonly record: DeploymentRecord;
  readonly ended: boolean;
}

/** All deployments that were not deleted, whosever they are. */
export const findPresent = async (hub: TaskHub): Promise<Present[]> => {
  const [deployments, undos] = await Promise.all([
    hub.list(deploymentInstancePrefix, { showInput: true }),
    hub.list(undoInstancePrefix),
  ]);
  const undoById = new Map(undos.map((undo) => [undo.instanceId, undo]));
  return deployments.flatMap((instance) => {
    const record = recordOf(instance);
    const undo = undoById.get(undoInstanceId(record.id));
    return isDeleted(instance, undo) ? [] : [{ record, ended: hasEnded(statusOf(instance, undo)) }];
  });
};

const statusOf = (instance: Instance, undo: Instance | undefined) =>
  statusWithUndo(instance, undo && isUndoOf(instance, undo) ? undo : undefined);

/** Whether a deployment was undone: its id and its resource group are free then. */
export const isDeleted = (instance: Instance, undo: Instance | undefined): boolean =>
  statusOf(instance, undo) === 'Deleted';
