import { describe, expect, it } from 'vitest';
import { vaultAccessImplementation } from '../../src/activities/vault-access.ts';
import { roleAssignmentName } from '../../src/deployment/names/role-assignment-name.ts';
import { vaultAccess } from '../../src/steps/vault-access.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, stepInput } from '../support/call-activity.ts';
import { SCRIPTED_TENANT_ID, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kvair`;
const GET = `GET ${VAULT}`;
const ADD_POLICY = `PUT ${VAULT}/accessPolicies/add`;
const IDENTITY = 'aaaa2222-0000-4000-8000-000000000003';
/** Key Vault Secrets User. */
const ROLE = '4633458b-17de-408a-b874-0445c86b69e6';
const ROLES = `${VAULT}/providers/Microsoft.Authorization/roleAssignments`;
const ASSIGNMENT = `${ROLES}/${roleAssignmentName(VAULT, IDENTITY, ROLE)}`;

const input = (body: object = {}) =>
  stepInput(vaultAccess, deploymentAir(body), {
    identity: { id: 'i', principalId: IDENTITY, clientId: 'c' },
    'key-vault': { id: VAULT, uri: 'u' },
  });

const inspect = (body: object = {}) => vaultAccessImplementation.inspect(input(body));
const apply = (body: object = {}) => callActivity(vaultAccessImplementation.activity, input(body));

/** A vault with access policies. */
const present = (accessPolicies: readonly object[] | undefined, properties: object = {}): void => {
  azure.on(GET, {
    body: {
      id: VAULT,
      location: 'canadacentral',
      properties: {
        tenantId: SCRIPTED_TENANT_ID,
        sku: { family: 'A', name: 'standard' },
        accessPolicies,
        ...properties,
      },
    },
  });
  azure.on(ADD_POLICY, { body: { properties: { accessPolicies: [] } } });
};

const policy = (objectId: string, permissions: object) => ({ tenantId: SCRIPTED_TENANT_ID, objectId, permissions });

describe('in a vault with access policies the identity', () => {
  it.each([
    ['no policies', undefined],
    ['none of its own', [policy('other', { secrets: ['all'] })]],
  ])('gets one where there are %s', async (_, policies) => {
    present(policies);
    expect(await inspect()).toEqual({ action: 'create', changes: [], resourceId: VAULT, value: { id: VAULT } });
    expect(await apply()).toEqual({ kind: 'done', value: { id: VAULT }, change: 'created', resourceId: VAULT });
    expect(azure.request(ADD_POLICY).body).toEqual({
      properties: { accessPolicies: [policy(IDENTITY, { secrets: ['get'] })] },
    });
  });

  it.each([
    [{ secrets: ['list', 'set'] }, 'list set', 'list set get'],
    [{ secrets: ['forget', 'getall'] }, 'forget getall', 'forget getall get'],
    [{ secrets: [] }, 'none', 'none get'],
    [{ keys: ['get'] }, 'none', 'none get'],
  ])('with the permissions %j may read secrets too', async (permissions, from, to) => {
    present([policy('other', { secrets: ['get'] }), policy(IDENTITY, permissions)]);
    expect(await inspect()).toEqual({
      action: 'update',
      changes: [{ property: 'accessPolicies.secrets', from, to }],
      resourceId: VAULT,
      value: { id: VAULT },
    });
    expect(await apply()).toEqual({
      kind: 'done',
      value: { id: VAULT },
      change: 'updated',
      changed: ['accessPolicies.secrets'],
      resourceId: VAULT,
    });
    expect(azure.routes).toEqual([GET, GET, ADD_POLICY]);
  });

  it.each([
    [IDENTITY, ['get']],
    [IDENTITY.toUpperCase(), ['list', 'Get']],
    [IDENTITY, ['All']],
  ])('has nothing to gain as %s with %j', async (objectId, secrets) => {
    present([policy(objectId, { secrets })]);
    expect(await inspect()).toEqual({ action: 'unchanged', changes: [], resourceId: VAULT, value: { id: VAULT } });
    expect(await apply()).toEqual({ kind: 'done', value: { id: VAULT }, change: 'unchanged', resourceId: VAULT });
    expect(azure.routes).toEqual([GET, GET]);
  });
});

describe('where policies have no effect the identity', () => {
  const noRoles = (): void => {
    azure.on(`GET ${ROLES}`, { body: { value: [] } });
    azure.on(`PUT ${ASSIGNMENT}`, { status: 201, body: { id: ASSIGNMENT } });
  };

  it('gets a role in a vault that somebody moved to RBAC', async () => {
    present([policy(IDENTITY, { secrets: ['get'] })], { enableRbacAuthorization: true });
    noRoles();
    expect(await inspect()).toMatchObject({ action: 'create', resourceId: ASSIGNMENT });
    expect(await apply()).toEqual({
      kind: 'done',
      value: { id: VAULT },
      change: 'created',
      resourceId: ASSIGNMENT,
    });
    expect(azure.request(`PUT ${ASSIGNMENT}`).body).toMatchObject({ properties: { principalId: IDENTITY } });
  });

  it('gets a role in a hardened vault, which is not read: its own step may still change it', async () => {
    noRoles();
    expect(await apply({ profile: 'hardened' })).toMatchObject({ kind: 'done', change: 'created' });
    expect(azure.routes).not.toContain(GET);
  });

  it('keeps the role that it has', async () => {
    azure.on(`GET ${ROLES}`, {
      body: {
        value: [
          { id: ASSIGNMENT, properties: { roleDefinitionId: `/x/${ROLE}`, scope: VAULT, principalId: IDENTITY } },
        ],
      },
    });
    expect(await inspect({ profile: 'hardened' })).toMatchObject({ action: 'unchanged', resourceId: ASSIGNMENT });
    expect(await apply({ profile: 'hardened' })).toMatchObject({ kind: 'done', change: 'unchanged' });
  });
});
