import { expect, it } from 'vitest';
import { armClients } from '../../src/azure/arm-clients.ts';
import { recordExchange } from '../../src/azure/exchange.ts';
import { submit } from '../../src/azure/submit.ts';
import { type Answer, azureError, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const ROUTE = 'PUT /subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv';
const VAULT = {
  location: 'canadacentral',
  properties: { tenantId: 't', sku: { family: 'A', name: 'standard' as const } },
};

const put = (answer: Answer) => {
  azure.on(ROUTE, answer);
  return recordExchange({}, () => submit(() => armClients('s').vaults.vaults.createOrUpdate('rg', 'kv', VAULT)));
};

it('a write that is done at once gives the resource', async () => {
  const { result, operation } = await put({ body: { ...VAULT, name: 'kv' } });
  expect(result?.name).toBe('kv');
  expect(operation).toBeUndefined();
});

it('one that goes on gives the address of its operation, and is asked for no further', async () => {
  const url = 'https://management.azure.com/subscriptions/s/operations/o';
  const body = { ...VAULT, name: 'kv' };
  expect(await put({ status: 201, body, headers: { 'azure-asyncoperation': url } })).toEqual({
    result: undefined,
    operation: { url, kind: 'status' },
  });
  expect(azure.routes).toEqual([ROUTE]);
});

it('one that is refused is an error', async () => {
  await expect(put(azureError(409, 'VaultAlreadyExists'))).rejects.toMatchObject({ statusCode: 409 });
});
