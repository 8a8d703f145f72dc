import { appIdentity } from '../../azure/credential.ts';
import { readPermissions } from '../../azure/readings/read-permissions.ts';
import { readResourcePermissions } from '../../azure/readings/read-resource-permissions.ts';
import { type Finding, finding } from '../../deployment/plan/finding.ts';
import { allowsAction } from '../../deployment/plan/role-permissions.ts';
import { isHardened } from '../../deployment/profile/profile-differences.ts';
import { isAcrPullAssigned, isNetworkAccessAssigned } from '../assigned-roles.ts';
import { roleActions } from '../role-actions.ts';
import { runFacts } from '../run-facts.ts';
import type { Surroundings } from '../surroundings.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import type { Rule } from './rule.ts';

/**
 * Whether the identity of the service may do what is ahead; each action that it may not is named. The tutorial itself finds out step by step, about roles
 * after the ten minutes of the cluster. Conditions of role assignments are not evaluated.
 */
export const permissionsRule: Rule = {
  question: 'the identity of the service has the permissions that the deployment needs',
  async check(surroundings) {
    const { deployment, group } = surroundings;
    const { subscriptionId, resourceGroupName } = deployment;
    const found = await unlessForbidden(group());
    const [permissions, facts] = await Promise.all([
      readPermissions(subscriptionId, found && resourceGroupName),
      runFacts(surroundings),
    ]);
    const missing = roleActions()
      .filter(({ needed }) => needed?.(facts))
      .filter(({ action }) => !allowsAction(permissions, action));
    const { objectId } = await appIdentity();
    const onExisting = await missingOnExisting(surroundings, objectId);
    if (missing.length === 0) return onExisting;
    const where = found ? `the resource group ${resourceGroupName}` : `the subscription ${subscriptionId}`;
    const actions = missing.map(({ action, usedBy }) => `${action} (${usedBy})`).join(', ');
    return [
      finding(
        'missing-permission',
        `The identity of the service (object id ${objectId}) may not perform in ${where}: ${actions}.`,
        missing[0]?.usedBy,
      ),
      ...onExisting,
    ];
  },
};

/** What the service does on resources that somebody else keeps: it takes rights there, not in the deployment's group. */
const missingOnExisting = async (surroundings: Surroundings, objectId: string): Promise<Finding[]> => {
  const { deployment, registry, vault } = surroundings;
  const { registryId, keyVaultId, subnetId } = deployment.existing ?? {};
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
      ...(deployment.images.length > 0 ? ['Microsoft.ContainerRegistry/registries/importImage/action'] : []),
      ...((await isAcrPullAssigned(surroundings)) ? [] : [assignRoles]),
    ]);
  const onVault = (id: string, isRbac: boolean): Promise<Finding[]> =>
    missingOn(id, 'key-vault', [
      ...(isHardened(deployment)
        ? []
        : ['Microsoft.KeyVault/vaults/secrets/read', 'Microsoft.KeyVault/vaults/secrets/write']),
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
