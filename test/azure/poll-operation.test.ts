import { expect, it } from 'vitest';
import { type Operation, recordExchange } from '../../src/azure/exchange.ts';
import { pollOperation } from '../../src/azure/poll-operation.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const PATH = '/subscriptions/s/providers/Microsoft.KeyVault/operations/o';

const poll = (kind: Operation['kind'], url = `https://management.azure.com${PATH}`) =>
  recordExchange({}, () => pollOperation({ kind, url }));

it('is running while the operation says so, and passes on when to ask again', async () => {
  azure.on(`GET ${PATH}`, { body: { status: 'InProgress' }, headers: { 'retry-after': '17' } });
  expect(await poll('status')).toEqual({ state: 'running', retryAfterSeconds: 17 });
});
