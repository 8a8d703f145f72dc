import { type ImmutablePairs, immutableDifferences, immutableMessage } from '../../activities/reconcile/differences.ts';
import { clusterImmutables, immutableLocation, storageImmutables } from '../../activities/reconcile/immutables.ts';
import { resourceGroupId, resourceId } from '../../deployment/names/resource-ids.ts';
import { type Finding, finding } from '../../deployment/plan/finding.ts';
import type { Rule } from './rule.ts';

const differences = (step: string, id: string, pairs: ImmutablePairs | undefined): Finding[] =>
  immutableDifferences(pairs ?? {}).map((difference) =>
    finding('immutable-difference', immutableMessage(id, difference), step),
  );

/** Compares what exists with what the request wants and cannot change it to. */
export const immutableDifferencesRule: Rule = {
  question: 'what exists can be changed to what the request wants',
  async check({ deployment, ...existing }) {
    const [group, identity, vault, registry, storage, cluster] = await Promise.all([
      existing.group(),
      existing.identity(),
      existing.vault(),
      existing.registry(),
      existing.storage(),
      existing.cluster(),
    ]);
    const { subscriptionId, resourceGroupName, identityName, keyVaultName, registryName, storageAccountName } =
      deployment;
    const { existing: kept } = deployment;
    const located = (step: string, type: string, name: string, found: { readonly location?: string } | undefined) =>
      differences(step, resourceId(deployment, type, name), found && immutableLocation(found, deployment));
    return [
      ...differences(
        'resource-group',
        resourceGroupId(subscriptionId, resourceGroupName),
        group && immutableLocation(group, deployment),
      ),
      ...located('identity', 'Microsoft.ManagedIdentity/userAssignedIdentities', identityName, identity),
      ...located('key-vault', 'Microsoft.KeyVault/vaults', keyVaultName, kept?.keyVaultId ? undefined : vault),
      ...located(
        'registry',
        'Microsoft.ContainerRegistry/registries',
        registryName,
        kept?.registryId ? undefined : registry,
      ),
      ...differences(
        'storage',
        resourceId(deployment, 'Microsoft.Storage/storageAccounts', storageAccountName),
        storage && storageImmutables(storage, deployment),
      ),
      ...differences(
        'cluster',
        resourceId(deployment, 'Microsoft.ContainerService/managedClusters', deployment.clusterName),
        cluster && clusterImmutables(cluster, { ...deployment, ...deployment.cluster, subnetId: kept?.subnetId }),
      ),
    ];
  },
};
