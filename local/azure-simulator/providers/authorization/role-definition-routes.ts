import { existingScope } from '../../arm/existing-scope.ts';
import type { Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { DURATIONS } from '../../base/durations.ts';
import { type Answer, json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { AuthorizationRequest, AuthorizationWorld } from './authorization-world.ts';
import { putCustomRole } from './put-custom-role.ts';
import { showRole } from './show-role.ts';

const TYPE = 'Microsoft.Authorization/roleDefinitions';
const PATH = `{scope}/providers/${TYPE}`;

const get = (request: AuthorizationRequest): Answer => {
  const definition = request.world.roles.byId(request.parameter('definition'));
  if (definition) return json(200, showRole(request, definition));
  const name = request.parameter('definition');
  throw new HttpError(
    404,
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${name}' does not exist.`,
  );
};

const list = (request: AuthorizationRequest): Answer => {
  existingScope(request);
  const filter = request.query.get('$filter') ?? '';
  const name = /roleName\s+eq\s+'([^']*)'/i.exec(filter)?.[1]?.toLowerCase();
  const unfiltered = /^(|type\s+eq\s+'BuiltInRole'|atScopeAndBelow\(\))$/i.test(filter);
  if (name === undefined && !unfiltered) {
    throw new HttpError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported.`);
  }
  const isBuiltIn = /^type/i.test(filter);
  const found = request.world.roles
    .all()
    .filter((definition) => name === undefined || definition.name.toLowerCase() === name)
    .filter(({ assignableScopes }) => !isBuiltIn || assignableScopes === undefined);
  return listOf(found.map((definition) => showRole(request, definition)));
};

/** Roles, by id or by `roleName eq '…'`; custom ones are made and changed by a PUT. */
export const ROLE_DEFINITION_ROUTES: Route<AuthorizationWorld>[] = [
  ...routesOf({ type: TYPE, path: `${PATH}/{definition}` }, [
    { method: 'PUT', seconds: DURATIONS.roleAssignment, handle: putCustomRole },
    { method: 'GET', handle: get },
  ]),
  ...routesOf({ type: TYPE, path: PATH }, [{ method: 'GET', handle: list }]),
];
