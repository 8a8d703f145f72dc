import { describe, expect, it } from 'vitest';
import { readTenant } from '../../../src/azure/readings/read-tenant.ts';
import { type Answer, azureError, SCRIPTED_TENANT_ID, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

describe("a subscription's tenant", () => {
  const ROUTE = `GET /subscriptions/${SUBSCRIPTION}`;

  it('is what the subscription says', async () => {
    azure.on(ROUTE, { body: { tenantId: 't' } });
    expect(await readTenant(SUBSCRIPTION)).toBe('t');
  });

  it.each<Answer>([{ body: {} }, azureError(403, 'AuthorizationFailed')])(
    'is that of the token when the answer is %o',
    async (answer) => {
      azure.on(ROUTE, answer);
      expect(await readTenant(SUBSCRIPTION)).toBe(SCRIPTED_TENANT_ID);
    },
  );

  it('is not guessed when Azure fails', async () => {
    azure.on(ROUTE, azureError(500, 'InternalServerError'));
    await expect(readTenant(SUBSCRIPTION)).rejects.toMatchObject({ statusCode: 500 });
  });
});
