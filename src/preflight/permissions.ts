import { appIdentity } from '../azure/credential.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { readPermissions } from '../azure/read-permissions.ts';
import { readResourcePermissions } from '../azure/read-resource-permissions.ts';
import { groupOfExisting, partsOfId } from '../deployment/existing-resources.ts';
import { type Finding, finding } from '../deployment/finding.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { ACR_PULL_ROLE_ID } from '../deployment/role-assignment-name.ts';
import { allowsAction } from '../deployment/role-permissions.ts';
import { lookAtLock } from '../resources/lock.ts';
import { lookAtNetworkAccess } from '../resources/network-access.ts';
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
    const { objectId } = await appIdentity();
    const onExisting = await missingOnExisting(surroundings, objectId);
    if (missing.length === 0) return onExisting;
    const where = found ? `the resource group ${resourceGroupName}` : `the subscription ${subscriptionId}`;
    const actions = missing.map(({ action, step }) => `${action} (${step})`).join(', ');
    return [
      finding(
        'missing-permission',
        `The identity of the service (object id ${objectId}) may not perform in ${where}: ${actions}.`,
        missing[0]?.step,
      ),
      ...onExisting,
    ];
  },
};

/** What the service does on resources that somebody else keeps: it takes rights there, not in the deployment's group. */
const missingOnExisting = async (surroundings: Surroundings, objectId: string): Promise<Finding[]> => {
  const { input, registry, vault } = surroundings;
  const { registryId, keyVaultId, subnetId } = input.existing ?? {};
  const missingOn = async (id: string, step: string, actions: readonly string[]): Promise<Finding[]> => {
    const permissions = await readResourcePermissions(id);
    const missing = actions.filter((action) => !allowsAction(permissions, action));
    if (missing.length === 0) return [];
    const message = `The identity of the service (object id ${objectId}) may not perform on ${id}: ${missing.join(', ')}.`;
    return [finding('missing-permission', message, step)];
  };
  const assignRoles = 'Microsoft.Authorization/roleAssignments/write';
  const onRegistry = async (id: string): Promise<Finding[]> =>
    missingOn(id, 'registry', [
      ...(input.images.length > 0 ? ['Microsoft.ContainerRegistry/registries/importImage/action'] : []),
      ...((await isAcrPullAssigned(surroundings)) ? [] : [assignRoles]),
    ]);
  const onVault = (id: string, isRbac: boolean): Promise<Finding[]> =>
    missingOn(id, 'key-vault', [
      'Microsoft.KeyVault/vaults/secrets/read',
      'Microsoft.KeyVault/vaults/secrets/write',
      isRbac ? assignRoles : 'Microsoft.KeyVault/vaults/accessPolicies/write',
    ]);
  const onSubnet = async (id: string): Promise<Finding[]> =>
    missingOn(id, 'cluster', [
      'Microsoft.Network/virtualNetworks/subnets/join/action',
      ...((await isNetworkAccessAssigned(surroundings, id)) ? [] : [assignRoles]),
    ]);
  // One that does not exist is another rule's finding.
  const [foundRegistry, foundVault] = await Promise.all([registryId && registry(), keyVaultId && vault()]);
  const findings = await Promise.all([
    registryId && foundRegistry ? onRegistry(registryId) : [],
    subnetId && (await surroundings.subnet()) ? onSubnet(subnetId) : [],
    keyVaultId && foundVault ? onVault(keyVaultId, foundVault.properties.enableRbacAuthorization === true) : [],
  ]);
  return findings.flat();
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
    ...(input.existing?.keyVaultId === undefined
      ? [
          ...need('key-vault', hasVault, 'Microsoft.KeyVault/vaults', 'write'),
          ...need('secrets', hasVault, 'Microsoft.KeyVault/vaults/secrets', 'write'),
        ]
      : []),
    ...(input.existing?.registryId === undefined
      ? need('registry', hasRegistry, 'Microsoft.ContainerRegistry/registries', 'write')
      : []),
    ...(input.images.length > 0 && !hasRegistry && input.existing?.registryId === undefined
      ? [{ action: 'Microsoft.ContainerRegistry/registries/importImage/action', step: 'image' }]
      : []),
    ...need('storage', hasStorage, 'Microsoft.Storage/storageAccounts', 'write', 'listKeys/action'),
    ...need('container', hasStorage, 'Microsoft.Storage/storageAccounts/blobServices/containers', 'write'),
    ...need('cluster', hasCluster, 'Microsoft.ContainerService/managedClusters', 'write'),
    {
      action: 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
      step: 'connect',
    },
    ...((await needsLock(input)) ? [{ action: 'Microsoft.Authorization/locks/write', step: 'lock' }] : []),
    ...need(
      'acr-pull',
      hasAcrPull || input.existing?.registryId !== undefined,
      'Microsoft.Authorization/roleAssignments',
      'write',
    ),
  ];
};

const needsLock = async ({ lock, ...input }: Surroundings['input']): Promise<boolean> =>
  lock !== undefined && (await lookAtLock({ ...input, level: lock })).action !== 'unchanged';

/** Whether somebody has given AcrPull to the cluster already: then the deployment does without the right to. */
const isAcrPullAssigned = async ({ input, cluster }: Surroundings): Promise<boolean> => {
  const principalId = (await cluster())?.identityProfile?.kubeletidentity?.objectId;
  if (principalId === undefined) return false;
  const registryGroup = groupOfExisting(input.existing?.registryId, input);
  const scope = resourceId(registryGroup, 'Microsoft.ContainerRegistry/registries', input.registryName);
  const wanted = { subscriptionId: registryGroup.subscriptionId, scope, principalId, roleId: ACR_PULL_ROLE_ID };
  return (await findOrUndefined(lookAtRoleAssignment(wanted)))?.action === 'unchanged';
};

const isNetworkAccessAssigned = async ({ cluster }: Surroundings, subnetId: string): Promise<boolean> => {
  const principalId = (await cluster())?.identity?.principalId;
  if (principalId === undefined) return false;
  const { subscriptionId } = partsOfId(subnetId);
  return (await lookAtNetworkAccess({ subscriptionId, subnetId, principalId })).action === 'unchanged';
};
