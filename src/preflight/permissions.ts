import { appIdentity } from '../azure/credential.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { readPermissions } from '../azure/read-permissions.ts';
import { finding } from '../deployment/finding.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { ACR_PULL_ROLE_ID } from '../deployment/role-assignment-name.ts';
import { allowsAction } from '../deployment/role-permissions.ts';
import { lookAtRoleAssignment } from '../resources/role-assignment.ts';
import type { Rule } from './rule.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Whether the identity of the service may do what is ahead; each action that it may not is named. The tutorial itself finds out step by step, about roles
 * after the ten minutes of the cluster. Conditions of role assignments are not evaluated.
 */
export const permissionsRule: Rule = {
  question: 'the identity of the service has the permissions that the deployment needs',
  async check(surroundings) {
    const { input, group } = surroundings;
    const { subscriptionId, resourceGroupName } = input;
    const found = await group();
    const [permissions, needed] = await Promise.all([
      readPermissions(subscriptionId, found && resourceGroupName),
      neededActions(surroundings),
    ]);
    const missing = needed.filter(({ action }) => !allowsAction(permissions, action));
    if (missing.length === 0) return [];
    const { objectId } = await appIdentity();
    const where = found ? `the resource group ${resourceGroupName}` : `the subscription ${subscriptionId}`;
    const actions = missing.map(({ action, step }) => `${action} (${step})`).join(', ');
    return [
      finding(
        'missing-permission',
        `The identity of the service (object id ${objectId}) may not perform in ${where}: ${actions}.`,
        missing[0]?.step,
      ),
    ];
  },
};

interface NeededAction {
  readonly action: string;
  readonly step: string;
}

/** Reads of every step; writes of those steps only that have something to make. */
const neededActions = async (surroundings: Surroundings): Promise<readonly NeededAction[]> => {
  const { input, group, identity, vault, registry, storage, cluster } = surroundings;
  const [hasGroup, hasIdentity, hasVault, hasRegistry, hasStorage, hasCluster, hasAcrPull] = await Promise.all([
    group(),
    identity(),
    vault(),
    registry(),
    storage(),
    cluster(),
    isAcrPullAssigned(surroundings),
  ]);
  const need = (step: string, exists: unknown, type: string, ...writes: string[]): NeededAction[] =>
    ['read', ...(exists ? [] : writes)].map((verb) => ({ action: `${type}/${verb}`, step }));
  return [
    ...need('resource-group', hasGroup, 'Microsoft.Resources/subscriptions/resourceGroups', 'write'),
    ...need('identity', hasIdentity, 'Microsoft.ManagedIdentity/userAssignedIdentities', 'write'),
    ...need(
      'federated-credential',
      hasIdentity,
      'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
      'write',
    ),
    ...need('key-vault', hasVault, 'Microsoft.KeyVault/vaults', 'write'),
    ...need('secrets', hasVault, 'Microsoft.KeyVault/vaults/secrets', 'write'),
    ...need('registry', hasRegistry, 'Microsoft.ContainerRegistry/registries', 'write'),
    ...(input.images.length > 0 && !hasRegistry
      ? [{ action: 'Microsoft.ContainerRegistry/registries/importImage/action', step: 'image' }]
      : []),
    ...need('storage', hasStorage, 'Microsoft.Storage/storageAccounts', 'write', 'listKeys/action'),
    ...need('container', hasStorage, 'Microsoft.Storage/storageAccounts/blobServices/containers', 'write'),
    ...need('cluster', hasCluster, 'Microsoft.ContainerService/managedClusters', 'write'),
    {
      action: 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
      step: 'connect',
    },
    ...need('acr-pull', hasAcrPull, 'Microsoft.Authorization/roleAssignments', 'write'),
  ];
};

/** Whether somebody has given AcrPull to the cluster already: then the deployment does without the right to. */
const isAcrPullAssigned = async ({ input, cluster }: Surroundings): Promise<boolean> => {
  const principalId = (await cluster())?.identityProfile?.kubeletidentity?.objectId;
  if (principalId === undefined) return false;
  const scope = resourceId(input, 'Microsoft.ContainerRegistry/registries', input.registryName);
  const wanted = { subscriptionId: input.subscriptionId, scope, principalId, roleId: ACR_PULL_ROLE_ID };
  return (await findOrUndefined(lookAtRoleAssignment(wanted)))?.action === 'unchanged';
};
