import type { DurableClient } from 'durable-functions';
import { CANCEL_EVENT } from '../deployment/cancellation.ts';
import type { DeploymentRun } from '../deployment/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../deployment/deployment-view.ts';
import { expiryInstanceId } from '../deployment/instance-ids.ts';
import { findInstance } from './instances.ts';

/** A run that expires does so no more. */
export const endExpiry = async (client: DurableClient, { run, deployment }: DeploymentRun): Promise<void> => {
  const expiry = await findInstance(client, expiryInstanceId(deployment.id, run));
  if (!expiry || hasEnded(deploymentStatus(expiry))) return;
  await client.raiseEvent(expiry.instanceId, CANCEL_EVENT, { requested: true });
};
