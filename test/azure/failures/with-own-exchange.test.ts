import { expect, it } from 'vitest';
import { armClients } from '../../../src/azure/arm-clients.ts';
import { currentExchange, recordExchange } from '../../../src/azure/exchange.ts';
import { toAzureFailure } from '../../../src/azure/failures/azure-failure.ts';
import { withOwnExchange } from '../../../src/azure/failures/with-own-exchange.ts';
import { once } from '../../../src/preflight/once.ts';
import { SUBSCRIPTION } from '../../support/a-deployment.ts';
import { azureError, NOT_FOUND, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const get = (group: string) => armClients(SUBSCRIPTION).resources.resourceGroups.get(group);

it('everyone who awaits a shared read is told of the answer to that read', async () => {
  azure.on(`GET /subscriptions/${SUBSCRIPTION}/resourceGroups/shared`, azureError(403, 'AuthorizationFailed', 'No.'));
  azure.on(`GET /subscriptions/${SUBSCRIPTION}/resourceGroups/own`, NOT_FOUND);
  const shared = once(() => get('shared'));
  const failures = ['first', 'second'].map(() =>
    recordExchange({}, async () => {
      await get('own').catch(() => {});
      return shared().catch((error: unknown) => toAzureFailure(error, currentExchange()));
    }),
  );
  for (const failure of await Promise.all(failures)) {
    expect(failure).toMatchObject({ code: 'AuthorizationFailed', message: 'No.', status: 403 });
  }
  expect(azure.routes.filter((route) => route.endsWith('/shared'))).toHaveLength(1);
});

it('what is read comes through', async () => {
  expect(await withOwnExchange(async () => 7)).toBe(7);
});
