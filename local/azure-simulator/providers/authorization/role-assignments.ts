import { z } from 'zod';
import type { RoleAssignment } from '../../access/assignments.ts';
import { type Attributes, ConditionError, parseCondition } from '../../access/condition.ts';
import { existingScope } from '../../arm/existing-scope.ts';
import type { Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { DURATIONS } from '../../base/durations.ts';
import { SIMULATED_OWNERS, SIMULATED_TENANT_ID } from '../../base/identities.ts';
import type { JsonObject } from '../../base/json.ts';
import { type Answer, empty, json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import { isWithin, subscriptionOf } from '../../state/resource-id.ts';
import type { AuthorizationRequest, AuthorizationWorld } from './authorization-world.ts';

const TYPE = 'Microsoft.Authorization/roleAssignments';
const PATH = `{scope}/providers/${TYPE}`;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const ROLE_DEFINITION_ID =
  /\/providers\/Microsoft\.Authorization\/roleDefinitions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

const schema = z.looseObject({
  properties: z.looseObject({
    roleDefinitionId: z.string(),
    principalId: z.string(),
    principalType: z.enum(['User', 'Group', 'ServicePrincipal', 'ForeignGroup', 'Device']).nullish(),
    condition: z.string().nullish(),
    conditionVersion: z.string().nullish(),
    description: z.string().nullish(),
  }),
});

const show = (assignment: RoleAssignment): JsonObject => ({
  id: `${assignment.scope}/providers/${TYPE}/${assignment.name}`,
  name: assignment.name,
  type: TYPE,
  properties: {
    roleDefinitionId: assignment.roleDefinitionId,
    principalId: assignment.principalId,
    principalType: assignment.principalType,
    scope: assignment.scope,
    condition: assignment.condition,
    conditionVersion: assignment.condition === null ? null : '2.0',
    createdOn: assignment.createdOn,
    updatedOn: assignment.createdOn,
    createdBy: assignment.createdBy,
    updatedBy: assignment.createdBy,
    delegatedManagedIdentityResourceId: null,
    description: assignment.description,
  },
});

/**
 * Text: MicrosoftDocs/azure-docs issue 119449, of a version that is not 2.0, and Azure/azure-cli issue 15683; code: unverified.
 *
 * @throws HttpError 400 also for a condition that Azure would understand and this simulator does not.
 */
const checkCondition = ({ condition, conditionVersion }: z.infer<typeof schema>['properties']): void => {
  if (!condition) return;
  const invalid = new HttpError(400, 'InvalidCondition', 'The given role assignment condition is invalid.');
  if ((conditionVersion ?? '2.0') !== '2.0') throw invalid;
  try {
    parseCondition(condition);
  } catch (error) {
    if (error instanceof ConditionError) throw invalid;
    throw error;
  }
};

const put = (request: AuthorizationRequest): Answer => {
  const { world } = request;
  const { properties } = request.content(schema);
  const scope = existingScope(request);
  const name = request.parameter('assignment').toLowerCase();
  if (!GUID.test(name)) {
    // Azure/azure-sdk-for-python issue 4621.
    throw new HttpError(
      400,
      'InvalidRoleAssignmentId',
      `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
    );
  }
  const roleId = ROLE_DEFINITION_ID.exec(properties.roleDefinitionId)?.[1]?.toLowerCase();
  if (roleId === undefined) {
    // pulumi/pulumi-azure-native issue 779: also for the bare GUID of a role.
    throw new HttpError(400, 'BadRequestFormat', 'The request was incorrectly formatted.');
  }
  if (!world.roles.byId(roleId)) {
    throw new HttpError(
      404,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${roleId.replaceAll('-', '')}' does not exist.`,
    );
  }
  const principalId = properties.principalId.toLowerCase();
  if (!GUID.test(principalId)) {
    // Azure/azure-powershell issue 16627.
    throw new HttpError(
      400,
      'InvalidPrincipalId',
      `The Principal ID '${principalId}' is not valid. Principal ID must be a GUID.`,
    );
  }
  checkCondition(properties);
  const before = world.assignments.get(scope, name);
  if (before) {
    if (before.principalId !== principalId || before.roleId !== roleId) {
      // Azure/Azure-Landing-Zones issue 2040.
      throw new HttpError(
        400,
        'RoleAssignmentUpdateNotPermitted',
        'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
      );
    }
    // 200 for an identical repeat: from memory, unverified.
    return json(200, show(before));
  }
  const same = world.assignments
    .of(principalId)
    .find((other) => other.roleId === roleId && other.scope.toLowerCase() === scope.toLowerCase());
  if (same) {
    const id = same.name.replaceAll('-', '');
    throw new HttpError(
      409,
      'RoleAssignmentExists',
      `The role assignment already exists. The ID of the existing role assignment is ${id}.`,
    );
  }
  const visible = SIMULATED_OWNERS.includes(principalId) || world.principals.isVisible(principalId);
  if (!properties.principalType && !visible) {
    throw new HttpError(
      400,
      'PrincipalNotFound',
      `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ${SIMULATED_TENANT_ID}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group. See https://aka.ms/docs-principaltype`,
    );
  }
  // Every principal that is known here is a service principal. Code and text: from memory, unverified.
  if (visible && properties.principalType && properties.principalType !== 'ServicePrincipal') {
    throw new HttpError(
      400,
      'UnmatchedPrincipalType',
      `The PrincipalId '${principalId.replaceAll('-', '')}' has type 'ServicePrincipal', which is different from specified PrincipalType '${properties.principalType}'.`,
    );
  }
  const assignment: RoleAssignment = {
    name,
    scope,
    principalId,
    principalType: properties.principalType ?? 'ServicePrincipal',
    roleId,
    roleDefinitionId: `${subscriptionOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
    createdOn: request.timestamp,
    createdBy: request.claims.oid,
    condition: properties.condition ?? null,
    description: properties.description ?? null,
  };
  world.assignments.put(assignment);
  return json(201, show(assignment));
};

const get = (request: AuthorizationRequest): Answer => {
  const name = request.parameter('assignment');
  const found = request.world.assignments.get(existingScope(request), name);
  if (found) return json(200, show(found));
  throw new HttpError(404, 'RoleAssignmentNotFound', `The role assignment '${name}' is not found.`);
};

const remove = (request: AuthorizationRequest): Answer => {
  const found = request.world.assignments.get(existingScope(request), request.parameter('assignment'));
  if (!found) return empty(204);
  request.world.assignments.remove(found);
  return json(200, show(found));
};

/** Without a filter: those at, above and below the scope. `atScope()` leaves out those below. */
const list = (request: AuthorizationRequest): Answer => {
  const scope = existingScope(request);
  const filter = request.query.get('$filter') ?? '';
  const principal = /(?:principalId\s+eq\s+|assignedTo\()'([^']*)'/i.exec(filter)?.[1];
  const atScope = /atScope\(\)/i.test(filter);
  if (filter !== '' && principal === undefined && !atScope) {
    throw new HttpError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported.`);
  }
  const candidates =
    principal === undefined ? request.world.assignments.all() : request.world.assignments.of(principal);
  const found = candidates.filter((one) => isWithin(scope, one.scope) || (!atScope && isWithin(one.scope, scope)));
  return listOf(found.map(show));
};

/** Of what is asked for, only what the body itself says: without principalType a condition on it is not fulfilled. */
const requestedAttributes = (request: AuthorizationRequest): Attributes => {
  const { properties } = request.content(schema);
  return {
    RoleDefinitionId: ROLE_DEFINITION_ID.exec(properties.roleDefinitionId)?.[1],
    PrincipalId: properties.principalId,
    PrincipalType: properties.principalType ?? undefined,
  };
};

const existingAttributes = (request: AuthorizationRequest): Attributes => {
  const found = request.world.assignments.get(request.parameter('scope'), request.parameter('assignment'));
  return { RoleDefinitionId: found?.roleId, PrincipalId: found?.principalId, PrincipalType: found?.principalType };
};

/** Role assignments on any scope. */
export const ROLE_ASSIGNMENT_ROUTES: Route<AuthorizationWorld>[] = [
  ...routesOf({ type: TYPE, path: `${PATH}/{assignment}` }, [
    {
      method: 'PUT',
      attributes: (request) => ({ request: requestedAttributes(request) }),
      seconds: DURATIONS.roleAssignment,
      handle: put,
    },
    {
      method: 'DELETE',
      attributes: (request) => ({ resource: existingAttributes(request) }),
      seconds: DURATIONS.roleAssignment,
      handle: remove,
    },
    { method: 'GET', handle: get },
  ]),
  ...routesOf({ type: TYPE, path: PATH }, [{ method: 'GET', handle: list }]),
];
