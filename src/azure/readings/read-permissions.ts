import type { AuthorizationManagementClient } from '@azure/arm-authorization';
import type { RolePermission } from '../../deployment/plan/role-permissions.ts';
import { armClients } from '../arm-clients.ts';
import { appIdentity } from '../credential.ts';
import { collectPages } from '../list-pages.ts';

/**
 * What the service's identity may do in a resource group.
 *
 * @param resourceGroupName - undefined before it exists: then what the roles that the identity holds at the subscription (or above) allow.
 */
export const readPermissions = (
  subscriptionId: string,
  resourceGroupName: string | undefined,
): Promise<readonly RolePermission[]> => {
  const { authorization } = armClients(subscriptionId);
  if (resourceGroupName === undefined) return subscriptionPermissions(authorization);
  return collectPages(authorization.permissions.listForResourceGroup(resourceGroupName));
};

const subscriptionPermissions = async (client: AuthorizationManagementClient): Promise<RolePermission[]> => {
  const { objectId } = await appIdentity();
  const assignments = await collectPages(
    client.roleAssignments.listForSubscription({ filter: `assignedTo('${objectId}')` }),
  );
  // The filter also gives what the identity holds further down, in groups of others.
  const roleIds = new Set(
    assignments.flatMap(({ scope = '', roleDefinitionId }) =>
      /\/resourceGroups\//i.test(scope) || roleDefinitionId === undefined ? [] : [roleDefinitionId],
    ),
  );
  const roles = await Promise.all([...roleIds].map((id) => client.roleDefinitions.getById(id.replace(/^\//, ''))));
  return roles.flatMap(({ permissions }) => permissions ?? []);
};
