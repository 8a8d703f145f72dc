import type { InvocationContext, Timer } from '@azure/functions';
import { DRIFT_CHECK_INSTANCE_ID } from '../deployment/names/instance-ids.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';

/** Begins to check all deployments for drift, unless the check before is still at it. */
export const startDriftCheck = async (_: Timer, hub: TaskHub, context: InvocationContext): Promise<void> => {
  const existing = await hub.find(DRIFT_CHECK_INSTANCE_ID);
  if (existing && !hasEnded(deploymentStatus(existing))) {
    context.warn('The check for drift before this one is still going on: DRIFT_SCHEDULE is too dense for it.');
    return;
  }
  await hub.start('driftCheck', DRIFT_CHECK_INSTANCE_ID, {});
};
