import type { InvocationContext } from '@azure/functions';
import { readSettings } from '../azure/settings.ts';
import { approvalOf, type Instance, runOf } from '../deployment/deployment-view.ts';
import { deploymentInstanceId, deploymentInstancePrefix } from '../deployment/instance-ids.ts';
import { listInstances } from '../task-hub/instances.ts';

const ACTIVE = ['Pending', 'Running', 'Suspended', 'ContinuedAsNew'];

/**
 * How many deployments must end before this one may begin; 0 when it may. Resource Manager allows a subscription some ten writes a second: with many
 * more deployments at once nearly all of them would only be throttled.
 *
 * The queue is the task hub's own list of running deployments, in the order of their start: nothing is kept that could be lost, and a deployment that ends in
 * whatever way has left it. One that needs approval joins the queue when it has it.
 */
export const placeInQueue = async (
  context: InvocationContext,
  { deploymentId, subscriptionId, turnSince }: Waiting,
): Promise<number> => {
  const ownId = deploymentInstanceId(deploymentId);
  const running = (await listInstances(context, deploymentInstancePrefix, { runtimeStatus: ACTIVE, showInput: true }))
    .filter((instance) => runOf(instance)?.deployment.subscriptionId === subscriptionId)
    .flatMap((instance) => {
      // Its own approval may not be in the list yet.
      const since = instance.instanceId === ownId && turnSince ? Date.parse(turnSince) : inQueueSince(instance);
      return since === undefined ? [] : [{ id: instance.instanceId, since }];
    })
    .toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
  const before = running.findIndex(({ id }) => id === ownId);
  return Math.max(0, before - readSettings().MAX_RUNNING_DEPLOYMENTS + 1);
};

interface Waiting {
  readonly deploymentId: string;
  readonly subscriptionId: string;
  readonly turnSince?: string | undefined;
}

/** Since when a deployment is in the queue, in milliseconds; undefined as long as it needs approval. */
const inQueueSince = (instance: Instance): number | undefined => {
  if (runOf(instance)?.approval === undefined) return instance.createdTime.getTime();
  const { state, decidedAt } = approvalOf(instance) ?? {};
  return state === 'Approved' && decidedAt !== undefined ? Date.parse(decidedAt) : undefined;
};
