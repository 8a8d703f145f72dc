import { describe, expect, it } from 'vitest';
import { readPermissions } from '../../../src/azure/readings/read-permissions.ts';
import { SCRIPTED_OBJECT_ID, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;

describe('what the service may do', () => {
  const permission = { actions: ['a'], notActions: ['n'] };

  it('in a group is asked there', async () => {
    azure.on(`GET ${GROUP}/providers/Microsoft.Authorization/permissions`, { body: { value: [permission] } });
    expect(await readPermissions(SUBSCRIPTION, 'rg')).toMatchObject([permission]);
  });

  it('before there is a group is what its roles at the subscription or above allow', async () => {
    const role = (name: string) => `/providers/Microsoft.Authorization/roleDefinitions/${name}`;
    const assignment = (scope: string | undefined, roleDefinitionId?: string) => ({
      properties: { scope, roleDefinitionId },
    });
    const value = [
      assignment(`/subscriptions/${SUBSCRIPTION}`, role('r1')),
      assignment('/', role('r1')),
      assignment('/providers/Microsoft.Management/managementGroups/m', role('r2')),
      assignment(`${GROUP.toLowerCase()}`, role('of-a-group')),
      assignment(undefined, undefined),
    ];
    azure.on(`GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments`, {
      body: { value },
    });
    azure.on(`GET ${role('r1')}`, { body: { properties: { permissions: [permission] } } });
    azure.on(`GET ${role('r2')}`, { body: { properties: {} } });
    expect(await readPermissions(SUBSCRIPTION, undefined)).toMatchObject([permission]);
    expect(azure.requests[0]?.query.$filter).toBe(`assignedTo('${SCRIPTED_OBJECT_ID}')`);
    expect(azure.routes).toHaveLength(3);
  });
});
