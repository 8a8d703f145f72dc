import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { resourceGroupId, resourceId } from '../deployment/resource-ids.ts';
import type { preflight } from '../deployment/step-contracts.ts';
import { type ImmutablePairs, requireEqual } from './differences.ts';
import { clusterImmutables, immutableLocation, storageImmutables } from './immutables.ts';

type Wanted = z.infer<typeof preflight.input>;

/**
 * Compares what exists with what the request wants and cannot change it to, before anything is changed.
 *
 * @returns whether the resource group exists.
 * @throws AzureOperationError `ImmutableDifference` for the first that differs.
 */
export const checkImmutables = async (wanted: Wanted): Promise<boolean> => {
  const { subscriptionId, resourceGroupName: group } = wanted;
  const { resources, identities, vaults, registries, storage, clusters } = armClients(subscriptionId);
  const found = await findOrUndefined(resources.resourceGroups.get(group));
  if (!found) return false;
  requireEqual(resourceGroupId(subscriptionId, group), immutableLocation(found, wanted));

  const check = async <R>(
    type: string,
    name: string,
    get: Promise<R>,
    immutables: (existing: R, wanted: Wanted) => ImmutablePairs,
  ): Promise<void> => {
    const existing = await findOrUndefined(get);
    if (existing) requireEqual(resourceId(wanted, type, name), immutables(existing, wanted));
  };
  const { identityName, keyVaultName, registryName, storageAccountName, clusterName } = wanted;
  await check(
    'Microsoft.ContainerService/managedClusters',
    clusterName,
    clusters.managedClusters.get(group, clusterName),
    clusterImmutables,
  );
  await check(
    'Microsoft.Storage/storageAccounts',
    storageAccountName,
    storage.storageAccounts.getProperties(group, storageAccountName),
    storageImmutables,
  );
  await check(
    'Microsoft.ContainerRegistry/registries',
    registryName,
    registries.registries.get(group, registryName),
    immutableLocation,
  );
  await check('Microsoft.KeyVault/vaults', keyVaultName, vaults.vaults.get(group, keyVaultName), immutableLocation);
  await check(
    'Microsoft.ManagedIdentity/userAssignedIdentities',
    identityName,
    identities.userAssignedIdentities.get(group, identityName),
    immutableLocation,
  );
  return true;
};
