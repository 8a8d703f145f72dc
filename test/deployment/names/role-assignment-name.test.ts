import { expect, it } from 'vitest';
import * as roles from '../../../src/deployment/names/role-assignment-name.ts';

const SCOPE = '/subscriptions/11111111-2222-4333-8444-555555555555';

// Every release must find the assignments of earlier ones: this value never changes.
it('a release names an assignment as earlier releases did, whatever the case of the ids', () => {
  expect(roles.roleAssignmentName(SCOPE, 'p', 'r')).toBe('e37c8936-5559-5e8d-bf6c-e39484d914f5');
  expect(roles.roleAssignmentName(SCOPE.toUpperCase(), 'P', 'R')).toBe('e37c8936-5559-5e8d-bf6c-e39484d914f5');
});

it.each([
  [`${SCOPE}x`, 'p', 'r'],
  [SCOPE, 'q', 'r'],
  [SCOPE, 'p', 's'],
])('another scope, principal or role is another assignment: %s %s %s', (...assignment) => {
  expect(roles.roleAssignmentName(...assignment)).not.toBe(roles.roleAssignmentName(SCOPE, 'p', 'r'));
});

// Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
it('roles have the ids that Azure gave them', () => {
  expect([
    roles.ACR_PULL_ROLE_ID,
    roles.SECRETS_USER_ROLE_ID,
    roles.BLOB_DATA_CONTRIBUTOR_ROLE_ID,
    roles.NETWORK_CONTRIBUTOR_ROLE_ID,
  ]).toEqual([
    '7f951dda-4ed3-4680-a7ca-43fe172d538d',
    '4633458b-17de-408a-b874-0445c86b69e6',
    'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    '4d97b98b-1d4f-4787-a291-c67834d212e7',
  ]);
});
