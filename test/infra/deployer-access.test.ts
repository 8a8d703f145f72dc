import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assigningCondition } from '../../bench/role/deployer-role.ts';
import { parseCondition } from '../../local/azure-simulator/access/condition.ts';
import { ROLE_DEFINITIONS } from '../../local/azure-simulator/access/role-definitions.ts';
import { ACR_PULL_ROLE_ID, SECRETS_USER_ROLE_ID } from '../../src/deployment/names/role-assignment-name.ts';

const module = readFileSync(new URL('../../infra/modules/deployer-access.bicep', import.meta.url), 'utf8');

const guidOf = (name: string): string => ROLE_DEFINITIONS.find((role) => role.name === name)?.id ?? '?';

it('gives the service the recorded role, and the right to assign AcrPull alone by default', () => {
  expect(module).toContain("loadJsonContent('../roles/deployer.json')");
  expect(module).toContain("loadTextContent('../roles/assign-roles-condition.txt')");
  expect(/assignableRoleIds array = \[\s*'([^']*)'\s*\]/.exec(module)?.[1]).toBe(ACR_PULL_ROLE_ID);
  const administrator = guidOf('Role Based Access Control Administrator');
  expect(module.match(/'[0-9a-f-]{36}'/g)).toEqual([`'${ACR_PULL_ROLE_ID}'`, `'${administrator}'`]);
});

it.each([
  ['that is named', ACR_PULL_ROLE_ID, 'ServicePrincipal', true],
  ['that is named second', SECRETS_USER_ROLE_ID, 'ServicePrincipal', true],
  ['that is not', guidOf('Owner'), 'ServicePrincipal', false],
  ['for a person', ACR_PULL_ROLE_ID, 'User', false],
])('the condition and a role %s', (_, RoleDefinitionId, PrincipalType, allowed) => {
  const holds = parseCondition(assigningCondition([ACR_PULL_ROLE_ID, SECRETS_USER_ROLE_ID]));
  const attributes = { RoleDefinitionId, PrincipalType };
  const none = {};
  const assignments = 'Microsoft.Authorization/roleAssignments';
  expect(holds({ action: `${assignments}/write`, request: attributes, resource: none })).toBe(allowed);
  expect(holds({ action: `${assignments}/delete`, request: none, resource: attributes })).toBe(allowed);
  expect(holds({ action: `${assignments}/read`, request: none, resource: none })).toBe(true);
});
