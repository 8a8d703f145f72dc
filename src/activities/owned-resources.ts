import type { ManagedCluster } from '@azure/arm-containerservice';
import type { z } from 'zod';
import { apiVersionOf, type Namespace } from '../azure/api-versions.ts';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import type { findOwned, ownedResourceSchema } from '../deployment/driver/step-contracts.ts';
import { groupOfExisting, isExistingIn } from '../deployment/names/existing-resources.ts';
import { isWithin } from '../deployment/names/management-lock.ts';
import { isOwnedBy } from '../deployment/names/owner-tag.ts';
import { resourceGroupId, resourceId } from '../deployment/names/resource-ids.ts';
import {
  ACR_PULL_ROLE_ID,
  NETWORK_CONTRIBUTOR_ROLE_ID,
  roleAssignmentName,
} from '../deployment/names/role-assignment-name.ts';

type Wanted = z.infer<typeof findOwned.input>;
type Owned = z.infer<typeof ownedResourceSchema>;

interface Tagged {
  readonly tags?: Record<string, string>;
}

/** What a deployment created, and why its group is not among it. */
export interface OwnedResources {
  /** Last made first. The resource group, where it is all the deployment's, stands for what is in it. */
  readonly owned: readonly Owned[];
  readonly vaultOwned: boolean;
  /** What keeps a group that the deployment made: the ids of what others have in it. */
  readonly strangers: readonly string[];
}

/** Finds what a deployment created: the tags say so. */
export const findOwnedResources = async (wanted: Wanted): Promise<OwnedResources> => {
  const { subscriptionId, resourceGroupName: group, deploymentId, keyVaultName } = wanted;
  const { resources, vaults } = armClients(subscriptionId);
  const found = await findOrUndefined(resources.resourceGroups.get(group));
  const vault = found && (await findOrUndefined(vaults.vaults.get(group, keyVaultName)));
  const vaultOwned =
    wanted.existing?.keyVaultId === undefined &&
    (isOwnedBy(deploymentId, vault?.tags) || (await isDeletedVaultOwned(wanted)));
  if (!found) return { owned: [], vaultOwned, strangers: [] };

  // With somebody else's in it the group stays, whoever made it.
  const isOwn = isOwnedBy(deploymentId, found.tags) && !isExistingIn(wanted.existing, wanted);
  const strangers = isOwn ? await strangersIn(wanted) : [];
  const owned =
    isOwn && strangers.length === 0
      ? [
          ...(wanted.existing?.registryId === undefined ? [] : await acrPullOf(wanted, await findCluster(wanted))),
          resource('resource-group', resourceGroupId(subscriptionId, group), '2021-04-01', 420),
          ...networkAccessOf(wanted, wanted.existing?.subnetId === undefined ? undefined : await findCluster(wanted)),
        ]
      : await ownedOneByOne(wanted, vault);
  return { owned, vaultOwned, strangers };
};

/** What is in the deployment's group and neither its own nor a part of its own: another deployment's, or what somebody put there. */
const strangersIn = async ({ subscriptionId, resourceGroupName, deploymentId }: Wanted): Promise<string[]> => {
  const own: string[] = [];
  const others: string[] = [];
  for await (const { id = '', tags } of armClients(subscriptionId).resources.resources.listByResourceGroup(
    resourceGroupName,
  )) {
    (isOwnedBy(deploymentId, tags) ? own : others).push(id);
  }
  return others.filter((id) => !own.some((parent) => isWithin(id, parent)));
};

/** The resources that a lock is for, where the group is not all the deployment's. */
export const ownedInForeignGroup = async (wanted: Wanted): Promise<readonly Owned[]> => {
  const { vaults } = armClients(wanted.subscriptionId).vaults;
  const vault = await findOrUndefined(vaults.get(wanted.resourceGroupName, wanted.keyVaultName));
  const owned = await ownedOneByOne(wanted, vault);
  return owned.filter(({ resourceId: id }) => !/\/roleAssignments\/[^/]+$/i.test(id));
};

const resource = (name: string, id: string, apiVersion: string, usualSeconds: number): Owned => ({
  name,
  resourceId: id,
  apiVersion,
  usualSeconds,
});

const findCluster = ({ subscriptionId, resourceGroupName, clusterName }: Wanted) =>
  findOrUndefined(armClients(subscriptionId).clusters.managedClusters.get(resourceGroupName, clusterName));

/** The role that the deployment gave to the cluster's nodes, while the cluster that tells who they are is there. */
const acrPullOf = async (wanted: Wanted, cluster: ManagedCluster | undefined): Promise<Owned[]> => {
  const place = groupOfExisting(wanted.existing?.registryId, wanted);
  const registryId = resourceId(place, 'Microsoft.ContainerRegistry/registries', wanted.registryName);
  const { registries } = armClients(place.subscriptionId).registries;
  const registry = await findOrUndefined(registries.get(place.resourceGroupName, wanted.registryName));
  const kubelet = cluster?.identityProfile?.kubeletidentity?.objectId;
  if (!registry || kubelet === undefined) return [];
  const name = roleAssignmentName(registryId, kubelet, ACR_PULL_ROLE_ID);
  const id = `${registryId}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  return [resource('acr-pull', id, '2022-04-01', 5)];
};

/** The control plane's role on somebody else's subnet; it needs it as long as it lives. */
const networkAccessOf = ({ existing }: Wanted, cluster: ManagedCluster | undefined): Owned[] => {
  const principalId = cluster?.identity?.principalId;
  const subnetId = existing?.subnetId;
  if (subnetId === undefined || principalId === undefined) return [];
  const name = roleAssignmentName(subnetId, principalId, NETWORK_CONTRIBUTOR_ROLE_ID);
  const id = `${subnetId}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  return [resource('network-access', id, '2022-04-01', 5)];
};

const ownedOneByOne = async (wanted: Wanted, vault: Tagged | undefined): Promise<Owned[]> => {
  const { subscriptionId, resourceGroupName: group, deploymentId } = wanted;
  const { identities, registries, storage } = armClients(subscriptionId);
  const { identityName, keyVaultName, registryName, storageAccountName, clusterName } = wanted;
  const cluster = await findCluster(wanted);
  const account = await findOrUndefined(storage.storageAccounts.getProperties(group, storageAccountName));
  const registry = await findOrUndefined(registries.registries.get(group, registryName));
  const identity = await findOrUndefined(identities.userAssignedIdentities.get(group, identityName));

  const ifOwned = (
    existing: Tagged | undefined,
    name: string,
    namespace: Namespace,
    type: string,
    resourceName: string,
    usualSeconds: number,
  ): Owned[] =>
    existing && isOwnedBy(deploymentId, existing.tags)
      ? [
          resource(
            name,
            resourceId(wanted, `${namespace}/${type}`, resourceName),
            apiVersionOf(namespace),
            usualSeconds,
          ),
        ]
      : [];

  const { existing } = wanted;
  return [
    ...(await acrPullOf(wanted, cluster)),
    ...ifOwned(cluster, 'cluster', 'Microsoft.ContainerService', 'managedClusters', clusterName, 240),
    ...networkAccessOf(wanted, cluster),
    ...ifOwned(account, 'storage', 'Microsoft.Storage', 'storageAccounts', storageAccountName, 5),
    ...ifOwned(
      existing?.registryId ? undefined : registry,
      'registry',
      'Microsoft.ContainerRegistry',
      'registries',
      registryName,
      15,
    ),
    ...ifOwned(existing?.keyVaultId ? undefined : vault, 'key-vault', 'Microsoft.KeyVault', 'vaults', keyVaultName, 5),
    ...ifOwned(identity, 'identity', 'Microsoft.ManagedIdentity', 'userAssignedIdentities', identityName, 5),
  ];
};

const isDeletedVaultOwned = async ({
  subscriptionId,
  keyVaultName,
  location,
  deploymentId,
}: Wanted): Promise<boolean> => {
  const { vaults } = armClients(subscriptionId).vaults;
  const deleted = await findOrUndefined(vaults.getDeleted(keyVaultName, location));
  return isOwnedBy(deploymentId, deleted?.properties?.tags);
};
