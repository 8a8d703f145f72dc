import { undoInstanceId } from '../deployment/names/instance-ids.ts';
import type { DeploymentRecord } from '../deployment/run/deployment-record.ts';
import { isUndoOf } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import type { TaskHub } from './task-hub.ts';

/** The undo of a deployment's latest run, if it was asked for. */
export const findUndo = async (
  hub: TaskHub,
  { record, instance }: { readonly record: DeploymentRecord; readonly instance: Instance },
): Promise<Instance | undefined> => {
  const undo = await hub.find(undoInstanceId(record.id));
  return undo && isUndoOf(instance, undo) ? undo : undefined;
};
