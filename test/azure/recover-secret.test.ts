import { describe, expect, it } from 'vitest';
import { recordExchange } from '../../src/azure/exchange.ts';
import { AzureOperationError } from '../../src/azure/failures/azure-failure.ts';
import { recoverSecret } from '../../src/azure/recover-secret.ts';
import { azureError, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof AzureOperationError ? error.failure : error;
};

describe('a soft-deleted secret', () => {
  const ROUTE = 'POST https://kv.vault.azure.net/deletedsecrets/ssh-key/recover';
  const recover = () => recordExchange({}, () => recoverSecret('https://kv.vault.azure.net/', 'ssh-key'));

  it.each([200, 399])('is brought back with the answer %i', async (status) => {
    azure.on(ROUTE, status);
    await recover();
    expect(azure.routes).toEqual([ROUTE]);
  });

  it('is not when the vault refuses', async () => {
    azure.on(
      ROUTE,
      { status: 400, headers: { 'x-ms-request-id': 'id' }, body: { error: { code: 'C', message: 'm' } } },
      403,
    );
    expect(await failureOf(recover())).toEqual({ code: 'C', message: 'm', status: 400, correlationId: 'id' });
    expect(await failureOf(recover())).toMatchObject({
      code: 'HttpStatus403',
      message: 'The vault answered HTTP 403 to the recovery of ssh-key.',
    });
  });

  it('is not when the vault refuses without a code or a message', async () => {
    azure.on('POST https://kv.vault.azure.net/deletedsecrets/a/recover', azureError(409, '', ''));
    expect(await failureOf(recoverSecret('https://kv.vault.azure.net', 'a'))).toMatchObject({ code: 'HttpStatus409' });
  });
});
