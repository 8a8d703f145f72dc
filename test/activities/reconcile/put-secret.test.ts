import { describe, expect, it } from 'vitest';
import { putSecret, vaultOf } from '../../../src/activities/reconcile/put-secret.ts';
import { recordExchange } from '../../../src/azure/exchange.ts';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { type Answer, azureError, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const VAULT = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv';
const PUT = `PUT ${VAULT}/secrets/name`;
const RECOVER = 'POST https://kv.vault.azure.net/deletedsecrets/name/recover';
const DELETED = 'A secret with this name is currently in a Deleted But Recoverable state.';

const vault = (properties: object) => ({
  body: { properties: { tenantId: 't', sku: { family: 'A', name: 'standard' }, ...properties } },
});

const put = () =>
  recordExchange({}, () =>
    putSecret({ subscriptionId: 's', resourceGroupName: 'rg', keyVaultName: 'kv' }, 'name', {
      properties: { value: 'hush' },
    }),
  );

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  if (!(error instanceof AzureOperationError)) throw error;
  return { ...error.failure, checkpoint: error.checkpoint };
};

it('a secret is written through Resource Manager', async () => {
  azure.on(PUT, { body: { id: `${VAULT}/secrets/name`, properties: {} } });
  expect(await put()).toMatchObject({ id: `${VAULT}/secrets/name` });
  expect(azure.request(PUT).body).toEqual({ properties: { value: 'hush' } });
  expect(azure.routes).toEqual([PUT]);
});

describe('a secret that was deleted', () => {
  const recoverWith = (answer: Answer): void => {
    azure.on(PUT, azureError(409, 'Conflict', DELETED));
    azure.on(`GET ${VAULT}`, vault({ vaultUri: 'https://kv.vault.azure.net/' }));
    azure.on(RECOVER, answer);
  };

  it('is recovered, and written by the next attempt', async () => {
    recoverWith({ body: {} });
    expect(await failureOf(put())).toEqual({
      code: 'SecretRecovering',
      message: 'The secret name had been deleted and is being recovered.',
      checkpoint: 'name',
    });
    expect(azure.routes).toEqual([PUT, `GET ${VAULT}`, RECOVER]);
  });

  it('is left to a person where the service may not recover it', async () => {
    recoverWith(azureError(403, 'Forbidden', 'no'));
    expect(await failureOf(put())).toMatchObject({
      code: 'Conflict',
      message: DELETED,
      status: 409,
      checkpoint: undefined,
    });
  });

  it('is not recovered when the vault refuses for another reason', async () => {
    recoverWith(azureError(429, 'Throttled', 'later'));
    expect(await failureOf(put())).toMatchObject({ code: 'Throttled', status: 429 });
  });

  it('is not asked back from a vault whose address Azure does not give', async () => {
    recoverWith(200);
    azure.on(`GET ${VAULT}`, vault({}));
    await expect(put()).rejects.toThrow('Invalid URL');
    expect(azure.routes).toEqual([PUT, `GET ${VAULT}`]);
  });
});

it.each([
  ['a conflict of another kind', azureError(409, 'Conflict', 'The vault is being changed.'), 409],
  ['another refusal', azureError(400, 'BadRequest', DELETED), 400],
])('%s ends the attempt', async (_, answer, statusCode) => {
  azure.on(PUT, answer);
  await expect(put()).rejects.toMatchObject({ statusCode });
  expect(azure.routes).toEqual([PUT]);
});

it("a step's vault is in the deployment's group, unless it is said where", () => {
  const own = { subscriptionId: 's', resourceGroupName: 'rg', keyVaultName: 'kv' };
  expect(vaultOf(own)).toEqual(own);
  expect(vaultOf({ ...own, vaultGroup: { subscriptionId: 't', resourceGroupName: 'theirs' } })).toEqual({
    subscriptionId: 't',
    resourceGroupName: 'theirs',
    keyVaultName: 'kv',
  });
});
