import { lockNameOf } from '../names/management-lock.ts';
import { resourceId } from '../names/resource-ids.ts';
import type { Deployment } from '../request/resolve-deployment.ts';
import { flag } from './az-words.ts';

/**
 * The locks of a deployment as `az` commands.
 *
 * @param lockedId - the first lock of the plan: on the group, or on a resource where the group is somebody else's.
 */
export const lockCommands = (deployment: Deployment, lockedId: string | undefined): readonly string[] => {
  const { resourceGroupName, lock = '' } = deployment;
  const create = `az lock create ${flag('name', lockNameOf(deployment.id))} ${flag('lock-type', lock)}`;
  const isOnGroup =
    lockedId === undefined ||
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Authorization\//i.test(lockedId);
  if (isOnGroup) return [`${create} ${flag('resource-group', resourceGroupName)}`];
  return ownTypes(deployment).map(
    ([type, name]) => `${create} ${flag('resource', resourceId(deployment, type, name))}`,
  );
};

const ownTypes = (deployment: Deployment): readonly (readonly [type: string, name: string])[] => [
  ['Microsoft.ContainerService/managedClusters', deployment.clusterName],
  ['Microsoft.Storage/storageAccounts', deployment.storageAccountName],
  ...(deployment.existing?.registryId === undefined
    ? [['Microsoft.ContainerRegistry/registries', deployment.registryName] as const]
    : []),
  ...(deployment.existing?.keyVaultId === undefined
    ? [['Microsoft.KeyVault/vaults', deployment.keyVaultName] as const]
    : []),
  ['Microsoft.ManagedIdentity/userAssignedIdentities', deployment.identityName],
];
