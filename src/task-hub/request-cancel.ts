import { branchesOf } from '../deployment/driver/planned-steps.ts';
import { branchInstanceId, deploymentInstanceId } from '../deployment/names/instance-ids.ts';
import type { Actor } from '../deployment/run/actor.ts';
import { CANCEL_EVENT, cancelRequest } from '../deployment/run/cancellation.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { TaskHub } from './task-hub.ts';

/** How long branches are waited for that the deployment may be starting at this very moment. */
const STARTING_MS = 5_000;
const LOOK_EVERY_MS = 100;

/**
 * Raises the event at the deployment and at every branch, for a parent cannot pass it on. The deployment hears it first and starts no more branches;
 * those that it was just starting are waited for.
 */
export const requestCancel = async (
  hub: TaskHub,
  { run, deployment }: Pick<DeploymentRun, 'run' | 'deployment'>,
  by?: Actor,
): Promise<void> => {
  const parent = deploymentInstanceId(deployment.id);
  const raise = (instanceId: string) => hub.raise(instanceId, CANCEL_EVENT, cancelRequest(by));
  await raise(parent);
  let untold = branchesOf(deployment).map((branch) => branchInstanceId(deployment.id, run, branch));
  const end = Date.now() + STARTING_MS;
  while (untold.length > 0 && Date.now() < end) {
    const states = await Promise.all(untold.map((instanceId) => hub.find(instanceId)));
    for (const state of states) if (state?.runtimeStatus === 'Running') await raise(state.instanceId);
    untold = untold.filter((_, index) => !states[index] || states[index].runtimeStatus === 'Pending');
    const whole = await hub.find(parent);
    if (!whole || hasEnded(deploymentStatus(whole)) || untold.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
};
