import type { RoleDefinition } from '../../access/role-definitions.ts';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { JsonObject } from '../../base/json.ts';
import { subscriptionOf } from '../../state/resource-id.ts';

const TYPE = 'Microsoft.Authorization/roleDefinitions';

/** A role as Azure shows it in the subscription that is asked. */
export const showRole = (request: ArmRequest, definition: RoleDefinition): JsonObject => ({
  id: `${subscriptionOf(request.parameter('scope'))}/providers/${TYPE}/${definition.id}`,
  name: definition.id,
  type: TYPE,
  properties: {
    roleName: definition.name,
    type: definition.assignableScopes ? 'CustomRole' : 'BuiltInRole',
    description: definition.description ?? '',
    assignableScopes: [...(definition.assignableScopes ?? ['/'])],
    permissions: [
      {
        actions: [...definition.actions],
        notActions: [...definition.notActions],
        dataActions: [...definition.dataActions],
        notDataActions: [],
      },
    ],
  },
});
