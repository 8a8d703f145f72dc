import { expiryInstanceId } from '../deployment/names/instance-ids.ts';
import { CANCEL_EVENT } from '../deployment/run/cancellation.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { TaskHub } from './task-hub.ts';

/** A run that expires does so no more. */
export const endExpiry = async (
  hub: TaskHub,
  { id, run }: { readonly id: string; readonly run: string },
): Promise<void> => {
  const expiry = await hub.find(expiryInstanceId(id, run));
  if (!expiry || hasEnded(deploymentStatus(expiry))) return;
  await hub.raise(expiry.instanceId, CANCEL_EVENT, { requested: true });
};
