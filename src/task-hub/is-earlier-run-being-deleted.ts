import { deploymentInstanceId, undoInstanceId } from '../deployment/names/instance-ids.ts';
import { runIdOf } from '../deployment/run/deployment-record.ts';
import { deploymentStatus, hasEnded, undoneRunOf } from '../deployment/run/deployment-status.ts';
import type { TaskHub } from './task-hub.ts';

/**
 * Whether an earlier run of a deployment is being deleted. A POST is refused meanwhile, but one of the same moment may not see the deletion yet: its run
 * then waits for it.
 */
export const isEarlierRunBeingDeleted = async (hub: TaskHub, id: string): Promise<boolean> => {
  const undo = await hub.find(undoInstanceId(id));
  if (!undo || hasEnded(deploymentStatus(undo))) return false;
  const own = await hub.find(deploymentInstanceId(id));
  const undone = undoneRunOf(undo);
  return own !== undefined && undone !== undefined && undone !== runIdOf(own);
};
