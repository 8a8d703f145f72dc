import type { InvocationContext } from '@azure/functions';
import { readSettings } from '../azure/settings.ts';
import { runOf } from '../deployment/deployment-view.ts';
import { deploymentInstanceId, deploymentInstancePrefix } from '../deployment/instance-ids.ts';
import { listInstances } from '../task-hub/instances.ts';

const ACTIVE = ['Pending', 'Running', 'Suspended', 'ContinuedAsNew'];

/**
 * How many deployments must end before this one may begin; 0 when it may. Resource Manager allows a subscription some ten writes a second: with many
 * more deployments at once nearly all of them would only be throttled.
 *
 * The queue is the task hub's own list of running deployments, in the order of their start: nothing is kept that could be lost, and a deployment that ends in
 * whatever way has left it.
 */
export const placeInQueue = async (
  context: InvocationContext,
  { deploymentId, subscriptionId }: { readonly deploymentId: string; readonly subscriptionId: string },
): Promise<number> => {
  const running = (await listInstances(context, deploymentInstancePrefix, { runtimeStatus: ACTIVE, showInput: true }))
    .filter((instance) => runOf(instance)?.deployment.subscriptionId === subscriptionId)
    .toSorted((a, b) => a.createdTime.getTime() - b.createdTime.getTime() || (a.instanceId < b.instanceId ? -1 : 1));
  const before = running.findIndex(({ instanceId }) => instanceId === deploymentInstanceId(deploymentId));
  return Math.max(0, before - readSettings().MAX_RUNNING_DEPLOYMENTS + 1);
};
