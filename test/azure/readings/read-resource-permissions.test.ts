import { describe, expect, it } from 'vitest';
import { readResourcePermissions } from '../../../src/azure/readings/read-resource-permissions.ts';
import { useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const GROUP = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg';

describe('what the service may do', () => {
  const permission = { actions: ['a'], notActions: ['n'] };

  it('on a resource is asked there', async () => {
    azure.on(`GET ${GROUP}/x/y/providers/Microsoft.Authorization/permissions`, {
      body: { value: [permission, {}, { actions: null, notActions: null }] },
    });
    expect(await readResourcePermissions(`${GROUP}/x/y`)).toEqual([
      permission,
      { actions: [], notActions: [] },
      { actions: [], notActions: [] },
    ]);
    expect(azure.requests[0]?.query).toEqual({ 'api-version': '2022-04-01' });
  });
});
