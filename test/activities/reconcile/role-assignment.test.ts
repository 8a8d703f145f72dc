import { describe, expect, it } from 'vitest';
import {
  ensureRoleAssignment,
  findRoleAssignment,
  inspectRoleAssignment,
} from '../../../src/activities/reconcile/role-assignment.ts';
import { roleGranted } from '../../../src/activities/reconcile/role-granted.ts';
import { roleAssignmentName } from '../../../src/deployment/names/role-assignment-name.ts';
import { azureError, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const ROLE = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
const SCOPE = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/r';
const ASSIGNMENTS = `${SCOPE}/providers/Microsoft.Authorization/roleAssignments`;
const OURS = `${ASSIGNMENTS}/${roleAssignmentName(SCOPE, 'pod', ROLE)}`;
const LIST = `GET ${ASSIGNMENTS}`;
const CREATE = `PUT ${OURS}`;
const WANTED = { subscriptionId: 's', scope: SCOPE, principalId: 'pod', roleId: ROLE };

const assignment = (id: string, role: string) => ({
  id,
  properties: { roleDefinitionId: `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${role}` },
});
const NOTHING = { body: { value: [{ id: 'without a role', properties: {} }, assignment('other', 'another-role')] } };
const INHERITED = {
  body: { value: [assignment('other', 'another-role'), assignment('inherited', ROLE.toUpperCase())] },
};

describe('an identity that has the role', () => {
  it('is found by the assignments of the identity, on the resource and above it', async () => {
    azure.on(LIST, INHERITED);
    expect(await findRoleAssignment(WANTED)).toBe('inherited');
    expect(azure.request(LIST).query).toMatchObject({ $filter: "principalId eq 'pod'" });
  });

  it('needs no other', async () => {
    azure.on(LIST, INHERITED);
    expect(await inspectRoleAssignment(WANTED)).toEqual({
      action: 'unchanged',
      changes: [],
      resourceId: 'inherited',
      value: { id: 'inherited' },
    });
    expect(await ensureRoleAssignment(WANTED)).toEqual({ id: 'inherited', change: 'unchanged' });
    expect(azure.routes).toEqual([LIST, LIST]);
  });
});

describe('an identity without the role', () => {
  it('is not found', async () => {
    azure.on(LIST, NOTHING);
    expect(await findRoleAssignment(WANTED)).toBeUndefined();
  });

  it('is planned to get it', async () => {
    azure.on(LIST, NOTHING);
    expect(await inspectRoleAssignment(WANTED)).toEqual({
      action: 'create',
      changes: [],
      resourceId: OURS,
      value: { id: OURS },
    });
  });

  it('gets it', async () => {
    azure.on(LIST, NOTHING);
    azure.on(CREATE, { status: 201, body: { id: 'as Azure writes it' } });
    expect(await ensureRoleAssignment(WANTED)).toEqual({ id: 'as Azure writes it', change: 'created' });
    expect(azure.request(CREATE).body).toEqual({
      properties: {
        roleDefinitionId: `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${ROLE}`,
        principalId: 'pod',
        principalType: 'ServicePrincipal',
      },
    });
  });

  it('gets it under the id that was planned when Azure names none', async () => {
    azure.on(LIST, NOTHING);
    azure.on(CREATE, { status: 201, body: {} });
    expect(await ensureRoleAssignment(WANTED)).toEqual({ id: OURS, change: 'created' });
  });

  it('may get it from somebody else at the same time', async () => {
    azure.on(CREATE, azureError(409, 'RoleAssignmentExists'));
    azure.on(LIST, NOTHING, INHERITED);
    expect(await ensureRoleAssignment(WANTED)).toEqual({ id: 'inherited', change: 'unchanged' });
    azure.on(LIST, NOTHING);
    expect(await ensureRoleAssignment(WANTED)).toEqual({ id: SCOPE, change: 'unchanged' });
  });

  it('does not get it when Azure refuses', async () => {
    azure.on(LIST, NOTHING);
    azure.on(CREATE, azureError(403, 'AuthorizationFailed'));
    await expect(ensureRoleAssignment(WANTED)).rejects.toMatchObject({ code: 'AuthorizationFailed', statusCode: 403 });
  });
});

describe('a step that gives a role', () => {
  const step = roleGranted((principalId: string) => ({ ...WANTED, principalId }));

  it('inspects whether the identity has it', async () => {
    azure.on(LIST, INHERITED);
    expect(await step.inspect('pod')).toMatchObject({ action: 'unchanged', resourceId: 'inherited' });
  });

  it('is done once the identity has it', async () => {
    azure.on(LIST, NOTHING);
    azure.on(CREATE, { status: 201, body: { id: OURS } });
    expect(await step.apply('pod')).toEqual({ kind: 'done', value: { id: OURS }, change: 'created', resourceId: OURS });
  });
});
