import { deploymentInstanceId } from '../deployment/names/instance-ids.ts';
import type { Actor } from '../deployment/run/actor.ts';
import { CANCEL_EVENT, cancelRequest } from '../deployment/run/cancellation.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { branchInstanceIds } from '../steps/branch-instance-ids.ts';
import type { TaskHub } from './task-hub.ts';

/**
 * Raises the event at the deployment and at every branch, for a parent cannot pass it on. The deployment hears it first and starts no more branches. Those that it
 * was just starting are told by whatever waits for the end of the run: activities/find-under-way.ts after a cancel, activities/stop.ts in an undo.
 */
export const requestCancel = async (
  hub: TaskHub,
  run: Pick<DeploymentRun, 'run' | 'deployment' | 'steps'>,
  by?: Actor,
): Promise<void> => {
  const raise = (instanceId: string) => hub.raise(instanceId, CANCEL_EVENT, cancelRequest(by));
  await raise(deploymentInstanceId(run.deployment.id));
  const branches = await Promise.all(branchInstanceIds(run).map((instanceId) => hub.find(instanceId)));
  for (const branch of branches) if (branch?.runtimeStatus === 'Running') await raise(branch.instanceId);
};
