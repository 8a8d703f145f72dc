import type { DurableClient } from 'durable-functions';
import { expiryInstanceId } from '../deployment/names/instance-ids.ts';
import { CANCEL_EVENT } from '../deployment/run/cancellation.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../status/deployment-response.ts';
import { findInstance } from './instances.ts';

/** A run that expires does so no more. */
export const endExpiry = async (client: DurableClient, { run, deployment }: DeploymentRun): Promise<void> => {
  const expiry = await findInstance(client, expiryInstanceId(deployment.id, run));
  if (!expiry || hasEnded(deploymentStatus(expiry))) return;
  await client.raiseEvent(expiry.instanceId, CANCEL_EVENT, { requested: true });
};
