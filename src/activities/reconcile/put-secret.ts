import type { Secret, SecretCreateOrUpdateParameters } from '@azure/arm-keyvault';
import { isRestError } from '@azure/core-rest-pipeline';
import { armClients } from '../../azure/arm-clients.ts';
import { currentExchange } from '../../azure/exchange.ts';
import { type AzureFailure, AzureOperationError, toAzureFailure } from '../../azure/failures/azure-failure.ts';
import { recoverSecret } from '../../azure/recover-secret.ts';

export interface VaultOfSecrets {
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly keyVaultName: string;
}

/** The vault of a step: in the deployment's group, unless it is said where. */
export const vaultOf = ({
  vaultGroup,
  ...own
}: VaultOfSecrets & {
  readonly vaultGroup?: Omit<VaultOfSecrets, 'keyVaultName'> | undefined;
}): VaultOfSecrets => {
  const { subscriptionId, resourceGroupName } = vaultGroup ?? own;
  return { subscriptionId, resourceGroupName, keyVaultName: own.keyVaultName };
};

/**
 * Writes a secret through Resource Manager. One of its name that was deleted is recovered first, and the step then tried again: it may be as it
 * should be already.
 *
 * @throws AzureOperationError `SecretRecovering`, with the secret's name for `checkpoint`.
 */
export const putSecret = async (
  { subscriptionId, resourceGroupName, keyVaultName }: VaultOfSecrets,
  name: string,
  parameters: SecretCreateOrUpdateParameters,
): Promise<Secret> => {
  const { secrets, vaults } = armClients(subscriptionId).vaults;
  let refusal: AzureFailure;
  try {
    return await secrets.createOrUpdate(resourceGroupName, keyVaultName, name, parameters);
  } catch (error) {
    if (!isRestError(error) || error.statusCode !== 409 || !/deleted but recoverable/i.test(error.message)) throw error;
    // Taken down now: the next request's answer takes its place in the exchange.
    refusal = toAzureFailure(error, currentExchange());
  }
  const { properties } = await vaults.get(resourceGroupName, keyVaultName);
  try {
    await recoverSecret(properties.vaultUri ?? '', name);
  } catch (error) {
    // Into a vault with RBAC the service has no way of its own: what a person can do is recover the secret.
    if (error instanceof AzureOperationError && error.failure.status === 403) throw new AzureOperationError(refusal);
    throw error;
  }
  const message = `The secret ${name} had been deleted and is being recovered.`;
  throw new AzureOperationError({ code: 'SecretRecovering', message }, name);
};
