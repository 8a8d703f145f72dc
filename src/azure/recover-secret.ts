import { sendAuthorized } from './authorized-request.ts';
import { AzureOperationError, parseErrorBody } from './azure-failure.ts';
import { currentCloud } from './cloud.ts';
import { currentExchange } from './exchange.ts';

const API_VERSION = '7.5';

/**
 * Brings a soft-deleted secret back, through the vault's data plane: Resource Manager can do it no other way, and refuses to write a secret whose name a
 * deleted one holds. The secret is there some seconds later.
 *
 * @throws Error when the vault's host is not Azure's: no token goes there.
 * @throws AzureOperationError when the vault refuses.
 */
export const recoverSecret = async (vaultUri: string, name: string): Promise<void> => {
  const { vaultSuffix } = currentCloud();
  const url = new URL(`deletedsecrets/${name}/recover?api-version=${API_VERSION}`, vaultUri);
  if (url.protocol !== 'https:' || !url.hostname.endsWith(vaultSuffix)) {
    throw new Error(`The vault's host ${url.host} is not one of Azure's: it is not asked.`);
  }
  const { status, bodyAsText } = await sendAuthorized('POST', url.href, `https://${vaultSuffix.slice(1)}/.default`);
  if (status < 400) return;
  const body = parseErrorBody(bodyAsText ?? undefined);
  throw new AzureOperationError({
    code: body?.code ?? `HttpStatus${status}`,
    message: body?.message ?? `The vault answered HTTP ${status} to the recovery of ${name}.`,
    status,
    correlationId: currentExchange().correlationId,
  });
};
