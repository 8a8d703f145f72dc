import { followInstanceId } from '../deployment/names/instance-ids.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import { SCHEMA_VERSION } from '../deployment/run/stored/schema-version.ts';
import type { FollowRun } from '../deployment/run/stored/stored-follow.ts';
import type { TaskHub } from './task-hub.ts';

/** Has followed what Azure continues after a cancel. One that is under way already does as was asked. */
export const followCancelled = async (
  hub: TaskHub,
  { run, deployment }: Pick<DeploymentRun, 'run' | 'deployment'>,
  { andDelete, requestedBy }: Pick<FollowRun, 'andDelete' | 'requestedBy'>,
): Promise<void> => {
  const instanceId = followInstanceId(deployment.id, run, andDelete);
  const existing = await hub.find(instanceId);
  // What was followed to its end does not begin again; what was not deleted may be asked for again.
  if (existing && (!andDelete || !hasEnded(deploymentStatus(existing)))) return;
  const input: FollowRun = {
    schemaVersion: SCHEMA_VERSION,
    deploymentId: deployment.id,
    subscriptionId: deployment.subscriptionId,
    run,
    andDelete,
    ...(requestedBy && { requestedBy }),
  };
  try {
    await hub.start('follow', instanceId, input);
  } catch (error) {
    // Another cancel of the same moment may have been first.
    if (!(await hub.find(instanceId))) throw error;
  }
};
