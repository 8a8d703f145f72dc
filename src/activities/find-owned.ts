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
import { type Kept, unclaimed } from '../deployment/run/kept.ts';
import { lock as lockStep } from '../steps/lock.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import { findOwnedResources, type OwnedResources } from './find-owned-resources.ts';
import { stepActivity } from './step-activity.ts';
import { isSame } from './undo/survey-group.ts';

/** How many names a note holds. */
const SHOWN = 5;

/**
 * Finds what an undo deletes: what the deployment created, after its own locks on it. A lock of somebody else ends the undo here, before anything is
 * deleted.
 */
export const findOwnedActivity: TaskHubActivity = (hub) =>
  stepActivity(findOwned, async ({ deployment, earlier, purge }) => {
    const { subscriptionId, resourceGroupName, id: deploymentId } = deployment;
    const group = resourceGroupId(subscriptionId, resourceGroupName);
    const found = await findOwnedResources(hub, { deployment, earlier, purge });
    const all = found.owned.length === 0 ? [] : await locksOn(group, found.owned);
    const own = all.filter((lock) => lock.name === lockNameOf(deploymentId) && isWithin(scopeOfLock(lock), group));
    const { owned, kept, inside, vaults } = withoutLocked(found, group, own);
    refuseIfLocked(
      all.filter((lock) => !own.includes(lock)),
      owned,
    );
    // A lock on what is kept stays there.
    const lifted = own.filter((lock) => owned.some(({ resourceId }) => keepsFromDeletion(lock, resourceId)));
    const unlocked = lifted.length > 0;
    return {
      kind: 'done',
      value: {
        owned: [...lifted.map(asOwned), ...owned.map((each) => ({ ...each, ...(unlocked && { unlocked }) }))],
        inside: [...inside],
        kept: [...kept],
        vaults: [...vaults],
      },
      change: 'unchanged',
      ...noteOf(resourceGroupName, kept),
    };
  });

/** The deployment's lock on the group keeps from deletion what it made, whosever tag that carries: as long as some of it is kept, the lock and all under it stay. */
const withoutLocked = (found: OwnedResources, group: string, own: readonly ManagementLock[]): OwnedResources => {
  const isShared = own.some((lock) => isSame(scopeOfLock(lock), group));
  if (!isShared || unclaimed(found.kept).length === 0) return found;
  const inGroup = found.owned.filter(({ resourceId }) => isWithin(resourceId, group));
  return {
    ...found,
    owned: [],
    kept: [...found.kept, ...inGroup.map(({ resourceId }) => ({ id: resourceId, reason: 'locked' }))],
    vaults: [],
  };
};

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

/** What keeps a group that the deployment made. */
const noteOf = (group: string, kept: readonly Kept[]) => {
  const strangers = kept.filter(({ reason }) => reason === 'foreign' || reason === 'other').map(({ id }) => id);
  if (strangers.length === 0 || !kept.some(({ reason }) => reason === 'holds')) return {};
  const names = strangers.slice(0, SHOWN).map((id) => id.split('/').slice(-2).join('/'));
  const more = strangers.length > SHOWN ? ` and ${strangers.length - SHOWN} more` : '';
  return {
    note: `The resource group ${group} stays, since it holds what this deployment did not make: ${names.join(', ')}${more}.`,
  };
};
