import { listLocks } from '../../azure/readings/management-locks.ts';
import { describeLock, isWithin, scopeOfLock } from '../../deployment/names/management-lock.ts';
import { resourceGroupId, resourceId } from '../../deployment/names/resource-ids.ts';
import { finding } from '../../deployment/plan/finding.ts';
import type { Rule } from './rule.ts';

/**
 * Whether somebody locked the resource group, or what the deployment would use in it, as ReadOnly: then not even keys can be read. In a group that does
 * not exist nothing is locked but by the subscription, which its creation says before anything is changed.
 */
export const locksRule: Rule = {
  question: 'the resource group can be changed under its management locks',
  async check({ deployment, group }) {
    if (!(await group())) return [];
    const scope = resourceGroupId(deployment.subscriptionId, deployment.resourceGroupName);
    const own = ownIds(deployment);
    const concerns = (locked: string): boolean => isWithin(scope, locked) || own.some((id) => isWithin(locked, id));
    const locks = (await listLocks(scope)).filter(({ level }) => /^ReadOnly$/i.test(level));
    return locks
      .filter((lock) => concerns(scopeOfLock(lock)))
      .map((lock) => finding('locked', `The lock ${describeLock(lock)} forbids every change.`));
  },
};

const ownIds = (deployment: Parameters<Rule['check']>[0]['deployment']): readonly string[] => [
  resourceId(deployment, 'Microsoft.ManagedIdentity/userAssignedIdentities', deployment.identityName),
  resourceId(deployment, 'Microsoft.KeyVault/vaults', deployment.keyVaultName),
  resourceId(deployment, 'Microsoft.ContainerRegistry/registries', deployment.registryName),
  resourceId(deployment, 'Microsoft.Storage/storageAccounts', deployment.storageAccountName),
  resourceId(deployment, 'Microsoft.ContainerService/managedClusters', deployment.clusterName),
];
