import { armClients } from '../../azure/arm-clients.ts';
import { findOrUndefined } from '../../azure/find-or-undefined.ts';
import { isOwnedBy } from '../../deployment/names/owner-tag.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import type { Kept } from '../../deployment/run/kept.ts';
import { distinct, isSame } from './survey-group.ts';

/** A vault that can be purged once it is deleted. */
export interface DeletedVault {
  readonly keyVaultName: string;
  readonly location: string;
}

/**
 * The vaults of a deployment that were deleted before, by their tags. One of the same name that was in another group or subscription is none of them, whatever its tags
 * say: the id of a deployment may have been another's.
 *
 * @param ids - of the vaults that its runs have names for.
 */
export const findDeletedVaults = async (
  { id: deploymentId, subscriptionId, location, existing }: Deployment,
  ids: readonly string[],
): Promise<{ readonly own: readonly DeletedVault[]; readonly others: readonly Kept[] }> => {
  const { vaults } = armClients(subscriptionId).vaults;
  const own: DeletedVault[] = [];
  const others: Kept[] = [];
  for (const id of distinct(ids)) {
    if (existing?.keyVaultId !== undefined && isSame(existing.keyVaultId, id)) continue;
    const keyVaultName = id.split('/').at(-1) ?? '';
    const deleted = await findOrUndefined(vaults.getDeleted(keyVaultName, location));
    const { vaultId, tags } = deleted?.properties ?? {};
    if (!deleted || !isSame(vaultId ?? '', id)) continue;
    if (isOwnedBy(deploymentId, tags)) own.push({ keyVaultName, location });
    else others.push({ id: deleted.id ?? id, reason: 'deletedVault' });
  }
  return { own, others };
};
