import { SIMULATED_CALLER_OBJECT_ID } from '../../../local/azure-simulator/azure-simulator.ts';
import { AUTHORIZATION_COVERAGE } from '../../../local/azure-simulator/providers/authorization/coverage.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { ACR_PULL, G, good, S, url, VERSIONS } from './requests.ts';

const { properties } = good.assignment;
const invalid = { status: 400, code: 'InvalidRequestContent' };
const put = { method: 'PUT', url: url.assignment() };
const changed = (changes: Record<string, unknown>) => ({ properties: { ...properties, ...changes } });
const assigned = {
  given: (azure: Parameters<NonNullable<Refusal['given']>>[0]) => azure.send('PUT', url.assignment(), good.assignment),
};
const other = '00000000-0000-4000-8000-000000000002';
const READER = ACR_PULL.replace(/[^/]*$/, 'acdd72a7-3385-48ef-bd42-f606fba81ae7');
const roles = `${G}/providers/Microsoft.Authorization`;
const filter = `$filter=${encodeURIComponent("colour eq 'red'")}&${VERSIONS.roles}`;

const role = (name = other) => `${S}/providers/Microsoft.Authorization/roleDefinitions/${name}?${VERSIONS.roles}`;
const custom = (changes: Record<string, unknown>) => ({
  properties: {
    roleName: 'mine',
    assignableScopes: [S],
    permissions: [{ actions: ['Microsoft.KeyVault/vaults/read'], notActions: [] }],
    ...changes,
  },
});

const REFUSALS: Refusal[] = [
  { wrong: 'no body', ...put, ...invalid },
  { wrong: 'no properties', ...put, body: {}, ...invalid, says: "Required property 'properties' not found in JSON" },
  {
    wrong: 'no principal',
    ...put,
    body: changed({ principalId: undefined }),
    ...invalid,
    says: "Required property 'principalId' not found in JSON. Path 'properties'.",
  },
  { wrong: 'no role', ...put, body: changed({ roleDefinitionId: undefined }), ...invalid },
  { wrong: 'a principal of the wrong type', ...put, body: changed({ principalId: 5 }), ...invalid },
  { wrong: 'an unknown principalType', ...put, body: changed({ principalType: 'Robot' }), ...invalid },
  {
    wrong: 'a name that is no GUID',
    ...put,
    url: url.assignment('acr-pull'),
    body: good.assignment,
    status: 400,
    code: 'InvalidRoleAssignmentId',
    says: "'acr-pull' is not valid. The role assignment ID must be a GUID.",
  },
  {
    wrong: 'a role by its bare GUID',
    ...put,
    body: changed({ roleDefinitionId: ACR_PULL.replace(/.*\//, '') }),
    status: 400,
    code: 'BadRequestFormat',
  },
  {
    wrong: 'a role that there is not',
    ...put,
    body: changed({ roleDefinitionId: ACR_PULL.replace(/[^/]*$/, other) }),
    status: 404,
    code: 'RoleDefinitionDoesNotExist',
  },
  {
    wrong: 'a principal that is no GUID',
    ...put,
    body: changed({ principalId: 'me' }),
    status: 400,
    code: 'InvalidPrincipalId',
  },
  {
    wrong: 'a principal that cannot be seen',
    ...put,
    body: changed({ principalType: undefined }),
    status: 400,
    code: 'PrincipalNotFound',
  },
  {
    wrong: 'another principalType',
    ...put,
    body: changed({ principalId: SIMULATED_CALLER_OBJECT_ID, principalType: 'User' }),
    status: 400,
    code: 'UnmatchedPrincipalType',
  },
  {
    wrong: 'a condition that is not closed',
    ...put,
    body: changed({ condition: "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})" }),
    status: 400,
    code: 'InvalidCondition',
    says: 'The given role assignment condition is invalid.',
  },
  {
    wrong: 'a condition of another version',
    ...put,
    body: changed({ condition: "(ActionMatches{'x'})", conditionVersion: '1.0' }),
    status: 400,
    code: 'InvalidCondition',
  },
  {
    wrong: 'the same under another name',
    ...put,
    url: url.assignment(other),
    body: good.assignment,
    ...assigned,
    status: 409,
    code: 'RoleAssignmentExists',
  },
  {
    wrong: 'another principal under the same name',
    ...put,
    body: changed({ principalId: other }),
    ...assigned,
    status: 400,
    code: 'RoleAssignmentUpdateNotPermitted',
  },
  {
    wrong: 'another role under the same name',
    ...put,
    body: changed({ roleDefinitionId: READER }),
    ...assigned,
    status: 400,
    code: 'RoleAssignmentUpdateNotPermitted',
  },
  {
    wrong: 'a scope that is not there',
    ...put,
    url: url.assignment(undefined, `${S}/resourceGroups/none`),
    body: good.assignment,
    status: 404,
    code: 'ResourceGroupNotFound',
  },
  {
    wrong: 'an assignment that is not there',
    method: 'GET',
    url: url.assignment(other),
    status: 404,
    code: 'RoleAssignmentNotFound',
  },
  {
    wrong: 'a filter that is not understood',
    method: 'GET',
    url: `${roles}/roleAssignments?${filter}`,
    status: 400,
    code: 'UnsupportedQuery',
  },
  {
    wrong: 'a role that there is not',
    method: 'GET',
    url: `${roles}/roleDefinitions/${other}?${VERSIONS.roles}`,
    status: 404,
    code: 'RoleDefinitionDoesNotExist',
  },
  {
    wrong: 'a filter that is not understood',
    method: 'GET',
    url: `${roles}/roleDefinitions?${filter}`,
    status: 400,
    code: 'UnsupportedQuery',
  },
  {
    wrong: 'a name that is no GUID',
    method: 'PUT',
    url: role('mine'),
    body: custom({}),
    status: 400,
    code: 'InvalidRoleDefinitionId',
  },
  {
    wrong: 'an action that there is not',
    method: 'PUT',
    url: role(),
    body: custom({ permissions: [{ actions: ['Microsoft.KeyVault/vault/read'] }] }),
    status: 400,
    code: 'InvalidActionOrNotAction',
    says: "'Microsoft.KeyVault/vault/read' does not match any of the actions supported by the providers.",
  },
  {
    wrong: 'the name of a built-in role',
    method: 'PUT',
    url: role(),
    body: custom({ roleName: 'Reader' }),
    status: 409,
    code: 'RoleDefinitionWithSameNameExists',
  },
  { wrong: 'no permissions', method: 'PUT', url: role(), body: custom({ permissions: undefined }), ...invalid },
  {
    wrong: 'a scope that is not there',
    method: 'GET',
    url: `${S}/resourceGroups/none/providers/Microsoft.Authorization/permissions?${VERSIONS.roles}`,
    status: 404,
    code: 'ResourceGroupNotFound',
  },
];

testRefusals(AUTHORIZATION_COVERAGE, (azure) => azure.send('PUT', url.group(), good.group), REFUSALS);
