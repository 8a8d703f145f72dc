import type { Vault } from '@azure/arm-keyvault';
import { tagDifferences } from '../activities/reconcile/differences.ts';
import { systemPool } from '../activities/reconcile/immutables.ts';
import { appIdentity } from '../azure/credential.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import type { RunFacts } from '../steps/run-facts.ts';
import { isAcrPullAssigned } from './assigned-roles.ts';
import { stepsWithRolesToGive } from './hardened-roles.ts';
import { hasLockToSet } from './lock-to-set.ts';
import { isUnregistered } from './resource-providers.ts';
import type { Surroundings } from './surroundings.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/**
 * From what the preflight reads anyway. What may not be read counts as absent. What stands inside of a resource that exists, such as a vault's
 * secrets, is not asked for: a step that finds it missing says so itself.
 */
export const runFacts = async (surroundings: Surroundings): Promise<RunFacts> => {
  const { deployment } = surroundings;
  const hardened = isHardened(deployment);
  const ownRegistry = deployment.existing?.registryId === undefined;
  const ownVault = deployment.existing?.keyVaultId === undefined;
  const keepsSecrets = ownVault && !hardened;
  const [group, identity, vault, registry, storage, cluster, hasAcrPull, rolesToGive, needsLock, providers, caller] =
    await Promise.all([
      unlessForbidden(surroundings.group()),
      unlessForbidden(surroundings.identity()),
      unlessForbidden(surroundings.vault()),
      unlessForbidden(surroundings.registry()),
      unlessForbidden(surroundings.storage()),
      unlessForbidden(surroundings.cluster()),
      unlessForbidden(isAcrPullAssigned(surroundings)),
      unlessForbidden(stepsWithRolesToGive(surroundings)),
      unlessForbidden(hasLockToSet(surroundings)),
      surroundings.providers().catch(() => []),
      appIdentity(),
    ]);
  const pool = cluster && systemPool(cluster);
  const isScaled = pool?.enableAutoScaling !== true && pool?.count !== deployment.cluster.nodeCount;
  const changes = (existing: Existing | undefined): boolean =>
    !existing ||
    /^(failed|canceled)$/i.test(existing.provisioningState ?? existing.properties?.provisioningState ?? '') ||
    tagDifferences(existing.tags, deployment.tags).length > 0;
  const hasPolicies = [caller.objectId, identity?.principalId].every((id) => hasPolicy(vault, id));
  const isRbac = vault?.properties.enableRbacAuthorization === true;
  const steps: Readonly<Record<string, boolean>> = {
    'resource-group': changes(group),
    identity: changes(identity),
    'federated-credential': !identity,
    'key-vault': ownVault && changes(vault),
    'vault-access': ownVault && !hardened && !isRbac && !hasPolicies,
    secrets: keepsSecrets && (!vault || !storage),
    'storage-key': !hardened && (!storage || (ownVault && !vault)),
    registry: ownRegistry && changes(registry),
    image: ownRegistry && !registry && deployment.images.length > 0,
    storage: changes(storage),
    container: !storage,
    cluster: changes(cluster) || isScaled || cluster?.sku?.tier !== deployment.cluster.tier,
    connect: !hardened,
    lock: needsLock === true,
    'acr-pull': ownRegistry && !hasAcrPull,
    'vault-role': rolesToGive?.includes('vault-access') === true,
    'logs-access': rolesToGive?.includes('logs-access') === true,
  };
  return {
    writes: (step) => steps[step] ?? true,
    ownRegistry,
    ownVault,
    keepsSecrets,
    unregistered: new Set(providers.filter(isUnregistered).map(({ namespace }) => namespace)),
  };
};

interface Existing {
  readonly tags?: Readonly<Record<string, string>>;
  readonly provisioningState?: string | undefined;
  readonly properties?: { readonly provisioningState?: string | undefined } | undefined;
}

const hasPolicy = (vault: Vault | undefined, objectId: string | undefined): boolean =>
  vault?.properties.accessPolicies?.some((policy) => policy.objectId.toLowerCase() === objectId?.toLowerCase()) ===
  true;
