import { z } from 'zod';
import { existingScope } from '../../arm/existing-scope.ts';
import { type Answer, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { AuthorizationRequest } from './authorization-world.ts';
import { showRole } from './show-role.ts';

const actions = z.array(z.string()).nullish();

const schema = z.looseObject({
  properties: z.looseObject({
    roleName: z.string(),
    description: z.string().nullish(),
    assignableScopes: z.array(z.string()),
    permissions: z.array(z.looseObject({ actions, notActions: actions, dataActions: actions })).length(1),
  }),
});

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Makes a custom role, or changes one (learn.microsoft.com, rest/api/authorization/role-definitions/create-or-update). */
export const putCustomRole = (request: AuthorizationRequest): Answer => {
  existingScope(request);
  const { roles } = request.world;
  const { roleName, description, assignableScopes, permissions } = request.content(schema).properties;
  const id = request.parameter('definition').toLowerCase();
  // Code and text: from memory, unverified.
  if (!GUID.test(id)) {
    throw new HttpError(
      400,
      'InvalidRoleDefinitionId',
      `The role definition ID '${id}' is not valid. It must be a GUID.`,
    );
  }
  const [unknown] = roles.unsupported(
    permissions.flatMap((one) => [...(one.actions ?? []), ...(one.notActions ?? [])]),
  );
  if (unknown !== undefined) {
    throw new HttpError(
      400,
      'InvalidActionOrNotAction',
      `'${unknown}' does not match any of the actions supported by the providers.`,
    );
  }
  const namesake = roles.byName(roleName);
  if (namesake && namesake.id !== id) {
    throw new HttpError(
      409,
      'RoleDefinitionWithSameNameExists',
      'A role definition cannot be updated with a name that already exists.',
    );
  }
  const role = {
    id,
    name: roleName,
    description: description ?? '',
    actions: permissions.flatMap((one) => one.actions ?? []),
    notActions: permissions.flatMap((one) => one.notActions ?? []),
    dataActions: permissions.flatMap((one) => one.dataActions ?? []),
    assignableScopes,
  };
  roles.put(role);
  return json(201, showRole(request, role));
};
