import type { InvocationContext, Timer } from '@azure/functions';
import type { DurableClient } from 'durable-functions';
import { DRIFT_CHECK_INSTANCE_ID } from '../deployment/names/instance-ids.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import { findInstance } from '../task-hub/instances.ts';

/** Begins to check all deployments for drift, unless the check before is still at it. */
export const startDriftCheck = async (_: Timer, client: DurableClient, context: InvocationContext): Promise<void> => {
  const existing = await findInstance(client, DRIFT_CHECK_INSTANCE_ID);
  if (existing && !hasEnded(deploymentStatus(existing))) {
    context.warn('The check for drift before this one is still going on: DRIFT_SCHEDULE is too dense for it.');
    return;
  }
  await client.startNew('driftCheck', { instanceId: DRIFT_CHECK_INSTANCE_ID, input: {} });
};
