import { askVault } from './ask-vault.ts';
import { currentExchange } from './exchange.ts';
import { AzureOperationError, parseErrorBody } from './failures/azure-failure.ts';

/**
 * Brings a soft-deleted secret back, through the vault's data plane: Resource Manager can do it no other way, and refuses to write a secret whose name a
 * deleted one holds. The secret is there some seconds later.
 *
 * @throws Error when the vault's host is not Azure's: no token goes there.
 * @throws AzureOperationError when the vault refuses.
 */
export const recoverSecret = async (vaultUri: string, name: string): Promise<void> => {
  const { status, bodyAsText } = await askVault('POST', new URL(`deletedsecrets/${name}/recover`, vaultUri));
  if (status < 400) return;
  const body = parseErrorBody(bodyAsText ?? undefined);
  throw new AzureOperationError({
    code: body?.code ?? `HttpStatus${status}`,
    message: body?.message ?? `The vault answered HTTP ${status} to the recovery of ${name}.`,
    status,
    correlationId: currentExchange().correlationId,
  });
};
