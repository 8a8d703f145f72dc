import { afterEach, beforeEach, expect, test } from 'vitest';
import { assigningCondition } from '../../bench/role/deployer-role.ts';
import { SIMULATED_CALLER_OBJECT_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { isJsonObject, valueAt } from '../../local/azure-simulator/base/json.ts';
import { type Fixture, startFixture } from './fixture.ts';
import { ACR_PULL, good, S, url, VERSIONS } from './validation/requests.ts';

const PRINCIPAL = '00000000-0000-4000-8000-000000000007';
const NAME = '00000000-0000-4000-8000-00000000000a';
const READER = ACR_PULL.replace(/[^/]*$/, 'acdd72a7-3385-48ef-bd42-f606fba81ae7');
const ADMINISTRATOR = 'Role Based Access Control Administrator';

let azure: Fixture;
beforeEach(async () => {
  azure = await startFixture();
  await azure.send('PUT', url.group(), good.group);
});
afterEach(() => azure.close());

const caller = (roles: unknown) => azure.control('POST', 'caller', { roles });

const assign = (roleDefinitionId: string, more: object = { principalType: 'ServicePrincipal' }) =>
  azure.send('PUT', url.assignment(NAME), { properties: { roleDefinitionId, principalId: PRINCIPAL, ...more } });

test('under a condition only the named roles are assigned and taken away, and only to service principals', async () => {
  await caller([{ role: ADMINISTRATOR, condition: assigningCondition([ACR_PULL.replace(/.*\//, '')]) }]);
  const refused = { status: 403, body: { error: { code: 'AuthorizationFailed' } } };
  expect(await assign(READER)).toMatchObject(refused);
  expect((await assign(READER)).text).toContain("roleAssignments/write' over scope");
  expect((await assign(READER)).text).toContain('or an ABAC condition not fulfilled or the scope is invalid');
  expect(await assign(ACR_PULL, { principalType: 'User' })).toMatchObject(refused);
  expect(await assign(ACR_PULL, {})).toMatchObject(refused);
  expect(await assign(ACR_PULL)).toMatchObject({ status: 201 });
  expect(await azure.send('DELETE', url.assignment(NAME))).toMatchObject({ status: 200 });

  await caller(['Owner']);
  await assign(READER);
  await caller([{ role: ADMINISTRATOR, condition: assigningCondition([ACR_PULL.replace(/.*\//, '')]) }]);
  expect(await azure.send('DELETE', url.assignment(NAME))).toMatchObject(refused);
});

test('a role without a condition counts beside one with it', async () => {
  await caller([{ role: ADMINISTRATOR, condition: assigningCondition([NAME]) }, { role: 'User Access Administrator' }]);
  expect(await assign(READER)).toMatchObject({ status: 201 });
});

test('a custom role allows its actions and no others, and shows its definition and the permissions', async () => {
  const actions = ['Microsoft.Resources/subscriptions/resourceGroups/read', 'Microsoft.Authorization/*/read'];
  await caller([{ role: { roleName: 'looker', actions } }]);
  expect(await azure.send('GET', url.group())).toMatchObject({ status: 200 });
  expect(await azure.send('PUT', url.group(), good.group)).toMatchObject({ status: 403 });
  const mine = `$filter=${encodeURIComponent(`assignedTo('${SIMULATED_CALLER_OBJECT_ID}')`)}`;
  const { body } = await azure.send(
    'GET',
    `${S}/providers/Microsoft.Authorization/roleAssignments?${mine}&${VERSIONS.roles}`,
  );
  const id = valueAt(isJsonObject(body) ? body : undefined, ['value', 0, 'properties', 'roleDefinitionId']);
  expect(await azure.send('GET', `${id}?${VERSIONS.roles}`)).toMatchObject({
    status: 200,
    body: { properties: { roleName: 'looker', type: 'CustomRole', permissions: [{ actions }] } },
  });
});

test('a custom role that an owner made can be assigned, and changed', async () => {
  const definition = `${S}/providers/Microsoft.Authorization/roleDefinitions/${NAME}`;
  const put = (actions: readonly string[]) =>
    azure.send('PUT', `${definition}?${VERSIONS.roles}`, {
      properties: { roleName: 'mine', assignableScopes: [S], permissions: [{ actions }] },
    });
  expect(await put(['Microsoft.KeyVault/*'])).toMatchObject({
    status: 201,
    body: {
      properties: { roleName: 'mine', type: 'CustomRole', permissions: [{ actions: ['Microsoft.KeyVault/*'] }] },
    },
  });
  expect(await assign(definition)).toMatchObject({ status: 201 });
  expect(await put(['Microsoft.KeyVault/vaults/read'])).toMatchObject({ status: 201 });
  await caller(['Reader']);
  expect(await put([])).toMatchObject({ status: 403 });
});

test('each provider is registered by an action of its own', async () => {
  await azure.control('POST', 'settings', { unregisteredProviders: ['Microsoft.Storage', 'Microsoft.KeyVault'] });
  await caller([{ role: { roleName: 'registrar', actions: ['Microsoft.Storage/register/action'] } }]);
  const register = (namespace: string) =>
    azure.send('POST', `${S}/providers/${namespace}/register?${VERSIONS.resources}`);
  expect(await register('Microsoft.Storage')).toMatchObject({ status: 200 });
  const refusal = await register('Microsoft.KeyVault');
  expect(refusal.status).toBe(403);
  expect(refusal.text).toContain("'Microsoft.KeyVault/register/action'");
});
