import type { DurableClient } from 'durable-functions';
import { expiryInstanceId } from '../deployment/names/instance-ids.ts';
import { CANCEL_EVENT } from '../deployment/run/cancellation.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import { findInstance } from './instances.ts';

/** A run that expires does so no more. */
export const endExpiry = async (
  client: DurableClient,
  { id, run }: { readonly id: string; readonly run: string },
): Promise<void> => {
  const expiry = await findInstance(client, expiryInstanceId(id, run));
  if (!expiry || hasEnded(deploymentStatus(expiry))) return;
  await client.raiseEvent(expiry.instanceId, CANCEL_EVENT, { requested: true });
};
