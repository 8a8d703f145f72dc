import { expiryInstanceId } from '../deployment/names/instance-ids.ts';
import { CANCEL_EVENT } from '../deployment/run/cancellation.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../status/deployment-response.ts';
import type { TaskHub } from './task-hub.ts';

/** A run that expires does so no more. */
export const endExpiry = async (hub: TaskHub, { run, deployment }: DeploymentRun): Promise<void> => {
  const expiry = await hub.find(expiryInstanceId(deployment.id, run));
  if (!expiry || hasEnded(deploymentStatus(expiry))) return;
  await hub.raise(expiry.instanceId, CANCEL_EVENT, { requested: true });
};
