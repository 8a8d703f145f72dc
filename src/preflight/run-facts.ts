import type { Vault } from '@azure/arm-keyvault';
import { tagDifferences } from '../activities/reconcile/differences.ts';
import { systemPool } from '../activities/reconcile/immutables.ts';
import { appIdentity } from '../azure/credential.ts';
import { isAcrPullAssigned } from './assigned-roles.ts';
import { stepsWithRolesToGive } from './hardened-roles.ts';
import { hasLockToSet } from './lock-to-set.ts';
import { isUnregistered } from './resource-providers.ts';
import type { Surroundings } from './surroundings.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/** What a run has to do, as far as is known before it. */
export interface RunFacts {
  /** The steps that have something to make or to change. */
  readonly writes: ReadonlySet<string>;
  /** Whether the registry is the deployment's own, and not somebody else's. */
  readonly ownRegistry: boolean;
  readonly ownVault: boolean;
  /** Whether it keeps secrets in a vault of its own: a hardened deployment has none. */
  readonly keepsSecrets: boolean;
  /** The resource providers that the run registers. */
  readonly unregistered: ReadonlySet<string>;
}

/**
 * Out of what the preflight looks at anyway. What may not be looked at counts as absent. What stands inside of a resource that exists, such as a vault's
 * secrets, is not asked for: a step that finds it missing says so itself.
 */
export const runFacts = async (surroundings: Surroundings): Promise<RunFacts> => {
  const { input } = surroundings;
  const ownRegistry = input.existing?.registryId === undefined;
  const ownVault = input.existing?.keyVaultId === undefined;
  const keepsSecrets = ownVault && !input.hardened;
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
  const isScaled = pool?.enableAutoScaling !== true && pool?.count !== input.nodeCount;
  const changes = (existing: Existing | undefined): boolean =>
    !existing ||
    /^(failed|canceled)$/i.test(existing.provisioningState ?? existing.properties?.provisioningState ?? '') ||
    tagDifferences(existing.tags, input.tags).length > 0;
  const hasPolicies = [caller.objectId, identity?.principalId].every((id) => hasPolicy(vault, id));
  const isRbac = vault?.properties.enableRbacAuthorization === true;
  const steps: Readonly<Record<string, boolean>> = {
    'resource-group': changes(group),
    identity: changes(identity),
    'federated-credential': !identity,
    'key-vault': ownVault && changes(vault),
    'vault-access': ownVault && !input.hardened && !isRbac && !hasPolicies,
    secrets: keepsSecrets && (!vault || !storage),
    'storage-key': !input.hardened && (!storage || (ownVault && !vault)),
    registry: ownRegistry && changes(registry),
    image: ownRegistry && !registry && input.images.length > 0,
    storage: changes(storage),
    container: !storage,
    cluster: changes(cluster) || isScaled || cluster?.sku?.tier !== input.tier,
    connect: !input.hardened,
    lock: needsLock === true,
    'acr-pull': ownRegistry && !hasAcrPull,
    'vault-role': rolesToGive?.includes('vault-access') === true,
    'logs-access': rolesToGive?.includes('logs-access') === true,
  };
  return {
    writes: new Set(Object.keys(steps).filter((step) => steps[step])),
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
