import { runIdOf } from '../../deployment/run/deployment-record.ts';
import { customStatusOf, deploymentStatus, hasEnded } from '../../deployment/run/deployment-status.ts';
import type { Instance } from '../../deployment/run/instance.ts';
import type { TaskHub } from '../../task-hub/task-hub.ts';

/** How long a deployment that is finishing is given to end, and how often it is read; in real milliseconds. */
const FINISHING_MS = 5_000;
const LOOK_EVERY_MS = 50;

/**
 * The deployment after it was asked to stop. One that was not finishing when it was read after the request hears it before its end; one that was may have ended
 * first, which is waited for: it takes no time of its own.
 */
export const hearCancel = async (hub: TaskHub, before: Instance): Promise<Instance> => {
  const end = Date.now() + FINISHING_MS;
  for (;;) {
    const found = await hub.find(before.instanceId);
    if (!found || runIdOf(found) !== runIdOf(before)) return before;
    const isFinishing = !hasEnded(deploymentStatus(found)) && customStatusOf(found)?.finishing === true;
    if (!isFinishing || Date.now() >= end) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
};
