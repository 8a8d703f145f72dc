import { existingScope } from '../../arm/existing-scope.ts';
import type { Route } from '../../arm/route.ts';
import { listOf } from '../../http/answer.ts';
import type { AuthorizationWorld } from './authorization-world.ts';

const TYPE = 'Microsoft.Authorization/permissions';

/** What the caller may do on a scope: one entry for each of its roles. */
export const PERMISSION_ROUTES: Route<AuthorizationWorld>[] = [
  {
    method: 'GET',
    path: `{scope}/providers/${TYPE}`,
    type: TYPE,
    action: `${TYPE}/read`,
    handle: (request) => {
      const roles = request.world.assignments.rolesOn(existingScope(request), request.claims.oid);
      return listOf(
        roles.map(({ actions, notActions, dataActions }) => ({
          actions: [...actions],
          notActions: [...notActions],
          dataActions: [...dataActions],
          notDataActions: [],
        })),
      );
    },
  },
];
