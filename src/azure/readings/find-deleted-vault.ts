import type { DeletedVault } from '@azure/arm-keyvault';
import { isRestError } from '@azure/core-rest-pipeline';
import { armClients } from '../arm-clients.ts';
import { findOrUndefined } from '../find-or-undefined.ts';

/** Which vault it was, and where. */
interface Wanted {
  readonly subscriptionId: string;
  readonly keyVaultName: string;
  readonly location: string;
  /** The id that it had. */
  readonly id: string;
}

/** This very vault, as it was deleted. Undefined without the right to see it: the refusal of a create says it then. */
export const findDeletedVault = async ({
  subscriptionId,
  keyVaultName,
  location,
  id,
}: Wanted): Promise<DeletedVault | undefined> => {
  try {
    const deleted = await findOrUndefined(armClients(subscriptionId).vaults.vaults.getDeleted(keyVaultName, location));
    return deleted?.properties?.vaultId?.toLowerCase() === id.toLowerCase() ? deleted : undefined;
  } catch (error) {
    if (isRestError(error) && error.statusCode === 403) return undefined;
    throw error;
  }
};
