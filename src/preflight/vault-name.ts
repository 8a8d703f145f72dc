import { isRestError } from '@azure/core-rest-pipeline';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { finding } from '../deployment/finding.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import type { Rule } from './rule.ts';
import type { PreflightInput } from './surroundings.ts';

/** The name of a deleted vault stays reserved for 90 days: normal after an undo, when the vault comes back by the deployment. */
export const vaultName: Rule = {
  question: "the vault's name is free",
  async check({ input, vault }) {
    if (input.existing?.keyVaultId !== undefined || (await vault())) return [];
    const { keyVaultName: name } = input;
    const { vaults } = armClients(input.subscriptionId).vaults;
    const { nameAvailable } = await vaults.checkNameAvailability({ name, type: 'Microsoft.KeyVault/vaults' });
    if (nameAvailable !== false) return [];
    const deletedId = await findDeletedVault(input);
    if (deletedId === undefined) {
      return [
        finding(
          'vault-name-taken',
          `Somebody else has a vault called ${name}, or a deleted one holds the name elsewhere.`,
          'key-vault',
        ),
      ];
    }
    if (deletedId.toLowerCase() === resourceId(input, 'Microsoft.KeyVault/vaults', name).toLowerCase()) {
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

/** The id that a deleted vault of the subscription had; undefined where there is none, or none that may be seen. */
const findDeletedVault = async ({
  subscriptionId,
  keyVaultName,
  location,
}: PreflightInput): Promise<string | undefined> => {
  const { vaults } = armClients(subscriptionId).vaults;
  try {
    return (await findOrUndefined(vaults.getDeleted(keyVaultName, location)))?.properties?.vaultId;
  } catch (error) {
    if (isRestError(error) && error.statusCode === 403) return undefined;
    throw error;
  }
};
