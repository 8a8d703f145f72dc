import type { InvocationContext, Timer } from '@azure/functions';
import { DRIFT_CHECK_INSTANCE_ID } from '../deployment/names/instance-ids.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';

const TOO_DENSE = 'The check for drift before this one is still going on: DRIFT_SCHEDULE is too dense for it.';

/** Begins to check all deployments for drift, unless the check before is still at it. */
export const startDriftCheck = async (_: Timer, hub: TaskHub, context: InvocationContext): Promise<void> => {
  const existing = await hub.find(DRIFT_CHECK_INSTANCE_ID);
  if (isRunning(existing)) return context.warn(TOO_DENSE);
  try {
    await hub.start('driftCheck', DRIFT_CHECK_INSTANCE_ID, {});
  } catch (error) {
    // Another host of the same moment was first.
    if (!isRunning(await hub.find(DRIFT_CHECK_INSTANCE_ID))) throw error;
    context.warn(TOO_DENSE);
  }
};

const isRunning = (check: Instance | undefined): boolean => check !== undefined && !hasEnded(deploymentStatus(check));
