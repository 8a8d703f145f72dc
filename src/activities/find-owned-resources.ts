import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { collectPages } from '../azure/list-pages.ts';
import type { OwnedResource } from '../deployment/contracts/owned-resource.ts';
import { isExistingIn } from '../deployment/names/existing-resources.ts';
import { isWithin } from '../deployment/names/management-lock.ts';
import { isOwnedBy } from '../deployment/names/owner-tag.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { resourceGroup } from '../steps/resource-group.ts';
import { undoOrder } from '../steps/undo-order.ts';
import { findTaggedOf } from './find-tagged.ts';
import { implementationOf } from './implementation-of.ts';
import { toDelete } from './to-delete.ts';

/** What a deployment created, and why its group is not among it. */
export interface OwnedResources {
  /** Last created first. The resource group, where it is all the deployment's, stands for what is in it. */
  readonly owned: readonly OwnedResource[];
  readonly vaultOwned: boolean;
  /** What keeps a group that the deployment made: the ids of what others have in it. */
  readonly strangers: readonly string[];
}

/** Finds what a deployment created: the tags say so. */
export const findOwnedResources = async (deployment: Deployment): Promise<OwnedResources> => {
  const { subscriptionId, resourceGroupName: group, id, keyVaultName } = deployment;
  const { resources, vaults } = armClients(subscriptionId);
  const found = await findOrUndefined(resources.resourceGroups.get(group));
  const vault = found && (await findOrUndefined(vaults.vaults.get(group, keyVaultName)));
  const vaultOwned =
    deployment.existing?.keyVaultId === undefined &&
    (isOwnedBy(id, vault?.tags) || (await isDeletedVaultOwned(deployment)));
  if (!found) return { owned: [], vaultOwned, strangers: [] };

  // A group that holds resources of others stays, even if the deployment made it.
  const isOwn = isOwnedBy(id, found.tags) && !isExistingIn(deployment.existing, deployment);
  const strangers = isOwn ? await strangersIn(deployment) : [];
  const owned = isOwn && strangers.length === 0 ? await withGroup(deployment) : await oneByOne(deployment);
  return { owned, vaultOwned, strangers };
};

/** What is in the deployment's group and neither its own nor a part of its own: another deployment's, or what somebody put there. */
const strangersIn = async ({ subscriptionId, resourceGroupName, id: deploymentId }: Deployment): Promise<string[]> => {
  const own: string[] = [];
  const others: string[] = [];
  const { resources } = armClients(subscriptionId).resources;
  for (const { id = '', tags } of await collectPages(resources.listByResourceGroup(resourceGroupName))) {
    (isOwnedBy(deploymentId, tags) ? own : others).push(id);
  }
  return others.filter((id) => !own.some((parent) => isWithin(id, parent)));
};

const oneByOne = async (deployment: Deployment): Promise<OwnedResource[]> => {
  const owned: OwnedResource[] = [];
  for (const step of undoOrder()) {
    const untagged = (await implementationOf(step.name).findOwned?.(deployment)) ?? [];
    owned.push(...untagged, ...(await findTaggedOf(step, deployment)));
  }
  return owned;
};

/** The group with all that is in it, and what the deployment made elsewhere: what outlives a resource of the group after it, the rest before. */
const withGroup = async (deployment: Deployment): Promise<OwnedResource[]> => {
  const groupId = resourceGroup.resourceId(deployment);
  const before: OwnedResource[] = [];
  const after: OwnedResource[] = [];
  for (const step of undoOrder()) {
    if (isWithin(step.resourceId(deployment), groupId)) continue;
    const untagged = (await implementationOf(step.name).findOwned?.(deployment)) ?? [];
    (step.outlives ? after : before).push(...untagged);
  }
  return [...before, ...toDelete(resourceGroup, deployment), ...after];
};

const isDeletedVaultOwned = async ({ subscriptionId, keyVaultName, location, id }: Deployment): Promise<boolean> => {
  const { vaults } = armClients(subscriptionId).vaults;
  const deleted = await findOrUndefined(vaults.getDeleted(keyVaultName, location));
  return isOwnedBy(id, deleted?.properties?.tags);
};
