import type { DeletedVault } from '@azure/arm-keyvault';
import { isRestError } from '@azure/core-rest-pipeline';
import { armClients } from '../../azure/arm-clients.ts';
import { findOrUndefined } from '../../azure/find-or-undefined.ts';
import { resourceId } from '../../deployment/names/resource-ids.ts';
import { finding } from '../../deployment/plan/finding.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import type { Rule } from './rule.ts';

/** The name of a deleted vault stays reserved for 90 days: normal after an undo, when the vault comes back by the deployment. */
export const vaultName: Rule = {
  question: "the vault's name is free",
  async check({ deployment, vault }) {
    if (deployment.existing?.keyVaultId !== undefined || (await vault())) return [];
    const { keyVaultName: name } = deployment;
    const { vaults } = armClients(deployment.subscriptionId).vaults;
    const { nameAvailable } = await vaults.checkNameAvailability({ name, type: 'Microsoft.KeyVault/vaults' });
    if (nameAvailable !== false) return [];
    const deleted = await findDeletedVault(deployment);
    if (deleted === 'forbidden') {
      const message = `Somebody else has a vault called ${name}, or a deleted one holds the name: which cannot be seen without Microsoft.KeyVault/locations/deletedVaults/read on the subscription.`;
      return [finding('vault-name-taken', message, 'key-vault')];
    }
    const deletedId = deleted?.properties?.vaultId;
    if (deletedId === undefined) {
      const message = `Somebody else has a vault called ${name}, or a deleted one holds the name elsewhere.`;
      return [finding('vault-name-taken', message, 'key-vault')];
    }
    if (deletedId.toLowerCase() === resourceId(deployment, 'Microsoft.KeyVault/vaults', name).toLowerCase()) {
      return [
        finding(
          'vault-soft-deleted',
          `The vault ${name} was deleted and will be recovered, with the secrets that it held.`,
          'key-vault',
        ),
      ];
    }
    return [finding('vault-name-held', `The name ${name} is held by a deleted vault, ${deletedId}.`, 'key-vault')];
  },
};

/** The deleted vault of the subscription that has the name, if there is one that may be seen. */
const findDeletedVault = async ({
  subscriptionId,
  keyVaultName,
  location,
}: Deployment): Promise<DeletedVault | 'forbidden' | undefined> => {
  const { vaults } = armClients(subscriptionId).vaults;
  try {
    return await findOrUndefined(vaults.getDeleted(keyVaultName, location));
  } catch (error) {
    if (isRestError(error) && error.statusCode === 403) return 'forbidden';
    throw error;
  }
};
