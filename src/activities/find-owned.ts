import { AzureOperationError } from '../azure/failures/azure-failure.ts';
import { LOCKS_API_VERSION, listLocks } from '../azure/readings/management-locks.ts';
import type { OwnedResource } from '../deployment/contracts/owned-resource.ts';
import { findOwned } from '../deployment/contracts/undo-contracts.ts';
import {
  describeLock,
  isWithin,
  keepsFromDeletion,
  lockNameOf,
  type ManagementLock,
  scopeOfLock,
} from '../deployment/names/management-lock.ts';
import { resourceGroupId } from '../deployment/names/resource-ids.ts';
import { lock as lockStep } from '../steps/lock.ts';
import { findOwnedResources } from './find-owned-resources.ts';
import { stepActivity } from './step-activity.ts';

/** How many names a note holds. */
const SHOWN = 5;

/**
 * Finds what an undo deletes: what the deployment created, after its own locks on it. A lock of somebody else ends the undo here, before anything is
 * deleted.
 */
export const findOwnedActivity = stepActivity(findOwned, async ({ deployment }) => {
  const { subscriptionId, resourceGroupName, id: deploymentId } = deployment;
  const { owned, vaultOwned, strangers } = await findOwnedResources(deployment);
  const group = resourceGroupId(subscriptionId, resourceGroupName);
  const locks = owned.length === 0 ? [] : await locksOn(group, owned);
  const own = locks.filter((lock) => lock.name === lockNameOf(deploymentId) && isWithin(scopeOfLock(lock), group));
  refuseIfLocked(
    locks.filter((lock) => !own.includes(lock)),
    owned,
  );
  const unlocked = own.length > 0;
  return {
    kind: 'done',
    value: {
      owned: [...own.map(asOwned), ...owned.map((each) => ({ ...each, ...(unlocked && { unlocked }) }))],
      vaultOwned,
    },
    change: 'unchanged',
    ...(strangers.length > 0 && { note: noteOf(resourceGroupName, strangers) }),
  };
});

/** Those of the group and what is in it, and those over what the deployment made elsewhere: roles on somebody else's resources. */
const locksOn = async (group: string, owned: readonly OwnedResource[]): Promise<ManagementLock[]> => {
  const elsewhere = owned.map(({ resourceId }) => resourceId).filter((id) => !isWithin(id, group));
  const scopes = elsewhere.map((id) => id.replace(/\/providers\/Microsoft\.Authorization\/[^/]+\/[^/]+$/i, ''));
  const lists = await Promise.all([listLocks(group), ...scopes.map((scope) => listLocks(scope, true))]);
  return [...new Map(lists.flat().map((lock) => [lock.id.toLowerCase(), lock])).values()];
};

const refuseIfLocked = (locks: readonly ManagementLock[], owned: readonly OwnedResource[]): void => {
  const holding = locks.filter((lock) => owned.some(({ resourceId }) => keepsFromDeletion(lock, resourceId)));
  if (holding.length === 0) return;
  throw new AzureOperationError({
    code: 'ScopeLocked',
    message: `Nothing was deleted: ${holding.map(describeLock).join(', ')} forbids it.`,
  });
};

const asOwned = (lock: ManagementLock): OwnedResource => {
  const [, type, name] = /\/providers\/[^/]+\/([^/]+)\/([^/]+)$/.exec(scopeOfLock(lock)) ?? [];
  return {
    name: name === undefined ? 'lock' : `lock:${type}/${name}`,
    resourceId: lock.id,
    apiVersion: LOCKS_API_VERSION,
    usualSeconds: lockStep.usualSeconds.create,
  };
};

const noteOf = (group: string, strangers: readonly string[]): string => {
  const names = strangers.slice(0, SHOWN).map((id) => id.split('/').slice(-2).join('/'));
  const more = strangers.length > SHOWN ? ` and ${strangers.length - SHOWN} more` : '';
  return `The resource group ${group} stays, since it holds what this deployment did not make: ${names.join(', ')}${more}.`;
};
