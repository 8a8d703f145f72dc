import { type JsonObject, merged } from '../../../local/azure-simulator/base/json.ts';
import { KEY_VAULT_COVERAGE } from '../../../local/azure-simulator/providers/key-vault/coverage.ts';
import { type Fixture, fetchToken, GROUP, LOCATION } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { G, good, POLICY, S, url, VERSIONS } from './requests.ts';

const invalid = { status: 400, code: 'InvalidRequestContent' };
const missing = (name: string) => ({
  status: 400,
  code: 'ParameterNotSpecified',
  says: `The parameter ${name} is not specified.`,
});
const badJson = { status: 400, code: 'BadRequest', says: 'Bad JSON content found in the request.' };
const wrongValue = (name: string) => ({
  status: 400,
  code: 'BadRequest',
  says: `An invalid value was provided for '${name}'.`,
});
const put = { method: 'PUT', url: url.vault('new-kv') };
const patch = { method: 'PATCH', url: url.vault() };

const withProperties = (changes: JsonObject): JsonObject => merged(good.vault, { properties: changes });
const without = (name: keyof typeof good.vault.properties) => ({
  ...good.vault,
  properties: { ...good.vault.properties, [name]: undefined },
});
const withPolicy = (changes: Record<string, unknown>) => ({
  properties: { ...good.vault.properties, accessPolicies: [{ ...POLICY, ...changes }] },
});
const policies = (kind: string) => ({ method: 'PUT', url: url.vault(undefined, `/accessPolicies/${kind}`) });
const secret = { method: 'PUT', url: url.vault(undefined, '/secrets/new') };
const location = `${S}/providers/Microsoft.KeyVault/locations/${LOCATION}`;
const checkName = { method: 'POST', url: `${S}/providers/Microsoft.KeyVault/checkNameAvailability?${VERSIONS.vault}` };
const none = {
  method: 'GET',
  url: `${location}/deletedVaults/none?${VERSIONS.vault}`,
  status: 404,
  code: 'DeletedVaultNotFound',
};

const deleted =
  (body: JsonObject = good.vault) =>
  async (azure: Fixture) => {
    await azure.send('PUT', url.vault('gone-kv'), body);
    await azure.clock.sleep(60_000);
    await azure.send('DELETE', url.vault('gone-kv'));
  };
/** A caller who may change the vault, but not say who gets into it. */
const model = {
  given: (azure: Fixture) => azure.control('POST', 'caller', { roles: ['Contributor'] }),
  status: 403,
  code: 'InsufficientPermissions',
  says: 'Caller is not allowed to change permission model.',
};
const purge = { method: 'POST', url: `${location}/deletedVaults/gone-kv/purge?${VERSIONS.vault}` };

/** Deletes a secret through the vault's own endpoint. */
const secretDeleted = async (azure: Fixture) => {
  await azure.send('PUT', secret.url, good.secret);
  const authorization = `Bearer ${await fetchToken(azure.url, 'https://vault.azure.net')}`;
  await azure.send('DELETE', 'https://airflow-kv.vault.azure.net/secrets/new?api-version=7.4', undefined, {
    authorization,
  });
};

const REFUSALS: Refusal[] = [
  {
    wrong: 'a move to RBAC by one who may not assign roles',
    ...put,
    url: url.vault(),
    body: withProperties({ enableRbacAuthorization: true }),
    ...model,
  },
  {
    wrong: 'a move to RBAC by one who may not assign roles',
    ...patch,
    body: { properties: { enableRbacAuthorization: true } },
    ...model,
  },
  { wrong: 'no body', ...put, ...invalid },
  { wrong: 'no location', ...put, body: { properties: good.vault.properties }, status: 400, code: 'LocationRequired' },
  {
    wrong: 'a location that there is not',
    ...put,
    body: { ...good.vault, location: 'atlantis' },
    status: 400,
    code: 'LocationNotAvailableForResourceType',
  },
  { wrong: 'no properties', ...put, body: { location: LOCATION }, ...missing('properties') },
  { wrong: 'no tenantId', ...put, body: without('tenantId'), ...missing('tenantId') },
  { wrong: 'no SKU', ...put, body: without('sku'), ...missing('sku') },
  {
    wrong: 'no SKU family',
    ...put,
    body: { ...good.vault, properties: { ...good.vault.properties, sku: { name: 'standard' } } },
    ...missing('family'),
  },
  { wrong: 'no access policies', ...put, body: without('accessPolicies'), ...missing('accessPolicies') },
  { wrong: 'properties of the wrong type', ...put, body: { ...good.vault, properties: 'a' }, ...badJson },
  {
    wrong: 'a tenantId that is no GUID',
    ...put,
    body: withProperties({ tenantId: 'contoso.onmicrosoft.com' }),
    ...badJson,
  },
  { wrong: 'a flag of the wrong type', ...put, body: withProperties({ enableRbacAuthorization: 'yes' }), ...badJson },
  {
    wrong: 'a retention of the wrong type',
    ...put,
    body: withProperties({ softDeleteRetentionInDays: '90' }),
    ...badJson,
  },
  { wrong: 'access policies of the wrong type', ...put, body: withProperties({ accessPolicies: {} }), ...badJson },
  { wrong: 'an unknown SKU', ...put, body: withProperties({ sku: { name: 'gold' } }), ...wrongValue('sku') },
  { wrong: 'an unknown SKU family', ...put, body: withProperties({ sku: { family: 'B' } }), ...wrongValue('sku') },
  {
    wrong: 'an unknown permission',
    ...put,
    body: { ...good.vault, ...withPolicy({ permissions: { secrets: ['get', ' list'] } }) },
    ...wrongValue('accessPolicies'),
  },
  {
    wrong: 'a holder that is none',
    ...put,
    body: { ...good.vault, ...withPolicy({ objectId: 'me' }) },
    status: 400,
    code: 'BadRequest',
    says: 'Invalid value found at accessPolicies[0].ObjectId: me',
  },
  {
    wrong: 'a policy without permissions',
    ...put,
    body: { ...good.vault, ...withPolicy({ permissions: undefined }) },
    ...missing('permissions'),
  },
  {
    wrong: 'an unknown network rule',
    ...put,
    body: withProperties({ networkAcls: { defaultAction: 'Perhaps' } }),
    ...wrongValue('networkAcls'),
  },
  {
    wrong: 'an unknown network access',
    ...put,
    body: withProperties({ publicNetworkAccess: 'Sometimes' }),
    ...wrongValue('publicNetworkAccess'),
  },
  {
    wrong: 'an unknown createMode',
    ...put,
    body: withProperties({ createMode: 'purge' }),
    ...wrongValue('createMode'),
  },
  {
    wrong: 'a retention of 6 days',
    ...put,
    body: withProperties({ softDeleteRetentionInDays: 6 }),
    status: 400,
    code: 'BadRequest',
    says: 'between 7 and 90',
  },
  {
    wrong: 'a retention of 91 days',
    ...put,
    body: withProperties({ softDeleteRetentionInDays: 91 }),
    status: 400,
    code: 'BadRequest',
  },
  {
    wrong: 'another retention',
    ...put,
    url: url.vault(),
    body: withProperties({ softDeleteRetentionInDays: 7 }),
    status: 400,
    code: 'BadRequest',
    says: "can't be modified",
  },
  {
    wrong: 'no purge protection',
    ...put,
    body: withProperties({ enablePurgeProtection: false }),
    status: 400,
    code: 'BadRequest',
    says: 'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
  },
  {
    wrong: 'another location',
    ...put,
    url: url.vault(),
    body: { ...good.vault, location: 'eastus' },
    status: 409,
    code: 'InvalidResourceLocation',
  },
  ...['ab', '1-kv', 'a--kv', 'kv-', 'x'.repeat(25)].map((name) => ({
    wrong: `the name ${name.slice(0, 8)}`,
    method: 'PUT',
    url: url.vault(name),
    body: good.vault,
    status: 400,
    code: 'VaultNameNotValid',
    says: "A vault's name must be between 3-24 alphanumeric characters.",
  })),
  {
    wrong: 'a name that is taken',
    ...put,
    body: good.vault,
    given: (azure) =>
      azure.control('POST', 'settings', {
        takenNames: { vaults: ['new-kv'], registries: [], storageAccounts: [] },
      }),
    status: 409,
    code: 'VaultAlreadyExists',
  },
  {
    wrong: 'the name of a deleted vault',
    ...put,
    url: url.vault('gone-kv'),
    body: good.vault,
    given: deleted(),
    status: 409,
    code: 'ConflictError',
    says: 'already exists in deleted state',
  },
  {
    wrong: 'a recovery of nothing',
    ...put,
    body: withProperties({ createMode: 'recover' }),
    status: 404,
    code: 'SoftDeletedVaultDoesNotExist',
  },

  { wrong: 'no body', ...patch, ...invalid },
  { wrong: 'a flag of the wrong type', ...patch, body: { properties: { enabledForDeployment: 1 } }, ...badJson },
  {
    wrong: 'an unknown SKU',
    ...patch,
    body: { properties: { sku: { family: 'A', name: 'gold' } } },
    ...wrongValue('sku'),
  },
  {
    wrong: 'another retention',
    ...patch,
    body: { properties: { softDeleteRetentionInDays: 7 } },
    status: 400,
    code: 'BadRequest',
  },
  {
    wrong: 'no purge protection',
    ...patch,
    body: { properties: { enablePurgeProtection: false } },
    status: 400,
    code: 'BadRequest',
  },
  {
    wrong: 'a vault that is not there',
    method: 'PATCH',
    url: url.vault('none-kv'),
    body: {},
    status: 404,
    code: 'ResourceNotFound',
  },
  {
    wrong: 'a vault that is not there',
    method: 'GET',
    url: url.vault('none-kv'),
    status: 404,
    code: 'ResourceNotFound',
  },

  { wrong: 'no body', ...policies('add'), ...invalid },
  { wrong: 'no properties', ...policies('add'), body: {}, ...missing('properties') },
  { wrong: 'no policies', ...policies('replace'), body: { properties: {} }, ...missing('accessPolicies') },
  {
    wrong: 'an unknown permission',
    ...policies('add'),
    body: withPolicy({ permissions: { keys: ['open'] } }),
    ...wrongValue('accessPolicies'),
  },
  {
    wrong: 'permissions of the wrong type',
    ...policies('add'),
    body: withPolicy({ permissions: { keys: 'get' } }),
    ...badJson,
  },
  { wrong: 'an unknown kind of change', ...policies('double'), body: withPolicy({}), status: 400, code: 'BadRequest' },
  {
    wrong: 'a vault that is not there',
    method: 'PUT',
    url: url.vault('none-kv', '/accessPolicies/add'),
    body: withPolicy({}),
    status: 404,
    code: 'ResourceNotFound',
  },

  { wrong: 'no body', ...checkName, ...invalid },
  { wrong: 'no name', ...checkName, body: { type: 'Microsoft.KeyVault/vaults' }, ...missing('name') },
  {
    wrong: 'another type',
    ...checkName,
    body: { name: 'a-kv', type: 'Microsoft.KeyVault/safes' },
    ...wrongValue('type'),
  },
  { wrong: 'a name of the wrong type', ...checkName, body: { name: 1, type: 'Microsoft.KeyVault/vaults' }, ...badJson },

  { wrong: 'no body', ...secret, ...invalid },
  { wrong: 'no properties', ...secret, body: {}, ...missing('properties') },
  { wrong: 'no value', ...secret, body: { properties: {} }, ...missing('value') },
  { wrong: 'a value of the wrong type', ...secret, body: { properties: { value: 1 } }, ...badJson },
  {
    wrong: 'an expiry of the wrong type',
    ...secret,
    body: { properties: { value: 'a', attributes: { exp: 'soon' } } },
    ...badJson,
  },
  {
    wrong: 'a value over 25 KB',
    ...secret,
    body: { properties: { value: 'x'.repeat(25_601) } },
    status: 400,
    code: 'BadParameter',
  },
  {
    wrong: 'a name with an underscore',
    method: 'PUT',
    url: url.vault(undefined, '/secrets/a_b'),
    body: good.secret,
    status: 400,
    code: 'BadParameter',
    says: 'The request URI contains an invalid name: a_b',
  },
  {
    wrong: 'a name of 128 characters',
    method: 'PUT',
    url: url.vault(undefined, `/secrets/${'x'.repeat(128)}`),
    body: good.secret,
    status: 400,
    code: 'BadParameter',
  },
  {
    wrong: 'a deleted secret',
    ...secret,
    body: good.secret,
    given: secretDeleted,
    status: 409,
    code: 'Conflict',
    says: 'currently in a deleted but recoverable state',
  },
  {
    wrong: 'a vault that is not there',
    method: 'PUT',
    url: url.vault('none-kv', '/secrets/new'),
    body: good.secret,
    status: 404,
    code: 'ParentResourceNotFound',
  },
  {
    wrong: 'a secret that is not there',
    method: 'PATCH',
    url: secret.url,
    body: good.secret,
    status: 404,
    code: 'ResourceNotFound',
  },
  {
    wrong: 'a value of the wrong type',
    method: 'PATCH',
    url: url.vault(undefined, '/secrets/known'),
    body: { properties: { value: [] } },
    ...badJson,
  },
  {
    wrong: 'a value over 25 KB',
    method: 'PATCH',
    url: url.vault(undefined, '/secrets/known'),
    body: { properties: { value: 'x'.repeat(25_601) } },
    status: 400,
    code: 'BadParameter',
  },
  { wrong: 'a secret that is not there', method: 'GET', url: secret.url, status: 404, code: 'ResourceNotFound' },

  { wrong: 'a deleted vault that is not there', ...none },
  { wrong: 'a deleted vault that is not there', ...none, method: 'POST', url: none.url.replace('?', '/purge?') },
  {
    wrong: 'purge protection',
    ...purge,
    given: deleted(withProperties({ enablePurgeProtection: true })),
    status: 405,
    code: 'MethodNotAllowed',
    says: "Operation 'DeletedVaultPurge' is not allowed.",
  },
  {
    wrong: 'an operation that is not known',
    method: 'GET',
    url: `${location}/operationResults/none?${VERSIONS.vault}`,
    status: 404,
    code: 'NotFound',
  },
  {
    wrong: 'a group that is not there',
    method: 'GET',
    url: `${G.replace(GROUP, 'none')}/providers/Microsoft.KeyVault/vaults?${VERSIONS.vault}`,
    status: 404,
    code: 'ResourceGroupNotFound',
  },
];

testRefusals(
  KEY_VAULT_COVERAGE,
  async (azure) => {
    await azure.send('PUT', url.group(), good.group);
    await azure.send('PUT', url.vault(), good.vault);
    await azure.clock.sleep(60_000);
    await azure.send('PUT', url.vault(undefined, '/secrets/known'), good.secret);
  },
  REFUSALS,
);
