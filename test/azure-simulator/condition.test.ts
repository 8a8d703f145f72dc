import { describe, expect, it } from 'vitest';
import { ConditionError, type ConditionFacts, parseCondition } from '../../local/azure-simulator/access/condition.ts';

const ACR_PULL = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const WRITE = 'Microsoft.Authorization/roleAssignments/write';
const DELETE = 'Microsoft.Authorization/roleAssignments/delete';
const ROLE = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId';
const TYPE = 'Microsoft.Authorization/roleAssignments:PrincipalType';

/** As Azure's own template "Allow user to only assign selected roles" writes it, with the principals' type beside it. */
const ONLY_ACR_PULL = `(
 (
  !(ActionMatches{'${WRITE}'})
 )
 OR
 (
  @Request[${ROLE}] ForAnyOfAnyValues:GuidEquals {${ACR_PULL}}
  AND
  @Request[${TYPE}] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}
 )
)
AND
(
 (
  !(ActionMatches{'${DELETE}'})
 )
 OR
 (
  @Resource[${ROLE}] ForAnyOfAnyValues:GuidEquals {${ACR_PULL}}
 )
)`;

const asked = (facts: Partial<ConditionFacts>): boolean =>
  parseCondition(ONLY_ACR_PULL)({ action: WRITE, request: {}, resource: {}, ...facts });

const principal = { PrincipalType: 'ServicePrincipal' };

describe('a condition that allows one role', () => {
  it.each<[string, Partial<ConditionFacts>, boolean]>([
    ['that role', { request: { ...principal, RoleDefinitionId: ACR_PULL } }, true],
    ['that role in capitals', { request: { ...principal, RoleDefinitionId: ACR_PULL.toUpperCase() } }, true],
    ['another role', { request: { ...principal, RoleDefinitionId: OWNER } }, false],
    ['that role for a user', { request: { RoleDefinitionId: ACR_PULL, PrincipalType: 'User' } }, false],
    ['that role for nobody knows what', { request: { RoleDefinitionId: ACR_PULL } }, false],
    ['to take that role away', { action: DELETE, resource: { RoleDefinitionId: ACR_PULL } }, true],
    ['to take another away', { action: DELETE, resource: { RoleDefinitionId: OWNER } }, false],
    ['to take away what is not there', { action: DELETE }, false],
    ['any other action', { action: 'Microsoft.Authorization/roleAssignments/read' }, true],
  ])('%s', (_, facts, allowed) => expect(asked(facts)).toBe(allowed));
});

it('a list of roles, and all but a list', () => {
  const request = { RoleDefinitionId: OWNER };
  const listed = (operator: string): boolean =>
    parseCondition(`@Request[${ROLE}] ${operator} {${ACR_PULL}, ${OWNER}}`)({ action: WRITE, request, resource: {} });
  expect(listed('ForAnyOfAnyValues:GuidEquals')).toBe(true);
  expect(listed('ForAnyOfAllValues:GuidNotEquals')).toBe(false);
});

it.each([
  ['nothing', ''],
  ['another attribute', `@Request[Microsoft.Authorization/roleAssignments:Colour] ForAnyOfAnyValues:GuidEquals {x}`],
  ['another source', `@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:x] StringEquals 'y'`],
  ['another operator', `@Request[${ROLE}] StringLike 'x*'`],
  ['AND beside OR', `ActionMatches{'a'} AND ActionMatches{'b'} OR ActionMatches{'c'}`],
  ['an open parenthesis', `(ActionMatches{'a'}`],
  ['a closed one too many', `ActionMatches{'a'})`],
  ['two conditions', `ActionMatches{'a'} ActionMatches{'b'}`],
])('%s is refused', (_, text) => expect(() => parseCondition(text)).toThrow(ConditionError));
