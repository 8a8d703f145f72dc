import { lockNameOf } from '../names/management-lock.ts';
import type { Deployment } from '../request/resolve-deployment.ts';
import { flag } from './az-words.ts';

/**
 * The locks of a deployment as `az` commands.
 *
 * @param lockedId - the first lock of the plan: on the group, or on a resource where the group is somebody else's.
 * @param ownIds - the resources that the deployment creates.
 */
export const lockCommands = (
  deployment: Deployment,
  lockedId: string | undefined,
  ownIds: readonly string[],
): readonly string[] => {
  const { resourceGroupName, lock = '' } = deployment;
  const create = `az lock create ${flag('name', lockNameOf(deployment.id))} ${flag('lock-type', lock)}`;
  const isOnGroup = lockedId === undefined || isGroupLock(lockedId);
  if (isOnGroup) return [`${create} ${flag('resource-group', resourceGroupName)}`];
  return ownIds.map((id) => `${create} ${flag('resource', id)}`);
};

/** Whether the id of a lock is that of a lock on a resource group, and not on a resource in it. */
const isGroupLock = (lockId: string): boolean => {
  const [empty, subscriptions, subscription, groups, group, providers, namespace, ...rest] = lockId
    .toLowerCase()
    .split('/');
  const isIn = `${empty}/${subscriptions}/${groups}/${providers}/${namespace}`;
  return (
    !!subscription &&
    !!group &&
    rest.length > 0 &&
    isIn === '/subscriptions/resourcegroups/providers/microsoft.authorization'
  );
};
