import { expect, it } from 'vitest';
import { allowsAction } from '../../../src/deployment/plan/role-permissions.ts';

const ASSIGN = 'Microsoft.Authorization/roleAssignments/write';

it.each([
  ['Owner', [{ actions: ['*'], notActions: [] }], true],
  [
    'Contributor',
    [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write', 'Microsoft.Authorization/*/Delete'] }],
    false,
  ],
  [
    'Role Based Access Control Administrator',
    [{ actions: ['Microsoft.Authorization/roleAssignments/write', '*/read'] }],
    true,
  ],
  [
    'Contributor with User Access Administrator',
    [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }, { actions: ['Microsoft.Authorization/*'] }],
    true,
  ],
  ['Reader', [{ actions: ['*/read'] }], false],
  ['nobody', [], false],
])('%s', (_, permissions, allowed) => {
  expect(allowsAction(permissions, ASSIGN)).toBe(allowed);
});

it.each([
  ['Microsoft.Authorization/roleAssignments/write', true],
  ['microsoft.authorization/ROLEASSIGNMENTS/write', true],
  ['Microsoft.Authorization/*', true],
  ['Microsoft.*/write', true],
  ['*/roleAssignments/*', true],
  ['*Assignments/w*e', true],
  ['MicrosoftXAuthorization/roleAssignments/write', false],
  ['Microsoft?Authorization/roleAssignments/write', false],
  ['.+', false],
  ['[a-z]*', false],
  ['Microsoft.Authorization/roleAssignments', false],
  ['Authorization/roleAssignments/write', false],
  ['Microsoft.Authorization/roleAssignments/write/x', false],
])('the pattern %s allows writing role assignments: %s', (pattern, allowed) => {
  expect(allowsAction([{ actions: [pattern] }], ASSIGN)).toBe(allowed);
  expect(allowsAction([{ actions: ['*'], notActions: [pattern] }], ASSIGN)).toBe(!allowed);
});

it('permissions that say nothing allow nothing', () => {
  expect(allowsAction([{}, { notActions: ['*'] }], ASSIGN)).toBe(false);
});
