import { AzureOperationError } from '../azure/failures/azure-failure.ts';
import { readSettings } from '../azure/settings/settings.ts';
import { deploymentIdOf, deploymentInstanceId, deploymentInstancePrefix } from '../deployment/names/instance-ids.ts';
import { isSameGroup } from '../deployment/names/same-group.ts';
import { type DeploymentRecord, recordOf } from '../deployment/run/deployment-record.ts';
import { approvalOf, customStatusOf } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { ACTIVE_STATUSES, type TaskHub } from '../task-hub/task-hub.ts';

/**
 * How many deployments must end before this one may begin; 0 when it may. Resource Manager allows a subscription some ten writes a second: with many
 * more deployments at once nearly all of them would only be throttled.
 *
 * The queue is the task hub's own list of running deployments, in the order of their start: nothing is kept that could be lost, and a deployment that ends in
 * whatever way has left it. One that needs approval joins the queue when it has it.
 *
 * @throws AzureOperationError when another deployment has the resource group.
 */
export const positionInQueue = async (
  hub: TaskHub,
  { deploymentId, subscriptionId, turnSince }: Waiting,
): Promise<number> => {
  const ownId = deploymentInstanceId(deploymentId);
  const active = await hub.list(deploymentInstancePrefix, {
    runtimeStatus: ACTIVE_STATUSES,
    showInput: true,
  });
  refuseIfLater(active, ownId);
  const readySince = (instance: Instance): number | undefined =>
    // Its own approval may not be in the list yet.
    instance.instanceId === ownId && turnSince ? Date.parse(turnSince) : inQueueSince(instance);
  const before = (isCounted: (record: DeploymentRecord) => boolean): number =>
    active
      .flatMap((instance) => {
        const since = isCounted(recordOf(instance)) ? readySince(instance) : undefined;
        return since === undefined ? [] : [{ id: instance.instanceId, since }];
      })
      .toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1))
      .findIndex(({ id }) => id === ownId);
  const { MAX_RUNNING_DEPLOYMENTS: most, MAX_RUNNING_DEPLOYMENTS_PER_CALLER: mostOfCaller } = readSettings();
  const inSubscription = before(({ deployment }) => deployment?.subscriptionId === subscriptionId) - most + 1;
  const own = active.find(({ instanceId }) => instanceId === ownId);
  const callerId = own && recordOf(own).requestedBy?.id;
  if (mostOfCaller === undefined || callerId === undefined) return Math.max(0, inSubscription);
  // POSTs of the same moment do not see each other: what got past the limit waits here.
  return Math.max(0, inSubscription, before(({ requestedBy }) => requestedBy?.id === callerId) - mostOfCaller + 1);
};

/**
 * Two POSTs of the same moment may both have found the resource group free: then the one that was first goes on, or has begun already.
 *
 * @throws AzureOperationError for the other one.
 */
const refuseIfLater = (active: readonly Instance[], ownId: string): void => {
  const own = active.find(({ instanceId }) => instanceId === ownId);
  if (!own) return;
  const { deployment: group, owner } = recordOf(own);
  if (!group) return;
  const first = active.find((other) => {
    if (other === own) return false;
    const { deployment } = recordOf(other);
    return deployment && isSameGroup(deployment, group) && (isEarlier(other, own) || hasBegun(other));
  });
  if (!first) return;
  // Somebody else's is not named: to the owner of this one it does not exist.
  const isSeen = recordOf(first).owner === owner;
  const who = isSeen ? `The deployment "${deploymentIdOf(first.instanceId)}"` : 'A deployment of somebody else';
  throw new AzureOperationError({
    code: 'ResourceGroupInUse',
    message: `${who} is at work in the resource group ${group.resourceGroupName}, and began before this one.`,
  });
};

/** Whether it is past this very check: the clocks of those that started the two may differ. */
const hasBegun = (instance: Instance): boolean => (customStatusOf(instance)?.steps.length ?? 0) > 0;

const isEarlier = (a: Instance, b: Instance): boolean => {
  const difference = a.createdTime.getTime() - b.createdTime.getTime();
  return difference === 0 ? a.instanceId < b.instanceId : difference < 0;
};

interface Waiting {
  readonly deploymentId: string;
  readonly subscriptionId: string;
  readonly turnSince?: string | undefined;
}

/** Since when a deployment is in the queue, in milliseconds; undefined as long as it needs approval. */
const inQueueSince = (instance: Instance): number | undefined => {
  if (recordOf(instance).approval === undefined) return instance.createdTime.getTime();
  const { state, decidedAt } = approvalOf(instance) ?? {};
  return state === 'Approved' && decidedAt !== undefined ? Date.parse(decidedAt) : undefined;
};
