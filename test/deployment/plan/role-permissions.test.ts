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
