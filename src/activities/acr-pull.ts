import type { AuthorizationManagementClient } from '@azure/arm-authorization';
import { isRestError } from '@azure/core-rest-pipeline';
import { armClients } from '../azure/arm-clients.ts';
import { ACR_PULL_ROLE_ID, roleAssignmentName } from '../deployment/role-assignment-name.ts';
import { acrPull } from '../deployment/step-contracts.ts';
import { stepActivity } from './step-activity.ts';

/** Lets the kubelet identity pull from the registry: what the tutorial's role assignment and `--attach-acr` both do. */
export const acrPullActivity = stepActivity(acrPull, async ({ subscriptionId, registryId, principalId }) => {
  const { roleAssignments } = armClients(subscriptionId).authorization;
  // The client puts a slash before the scope.
  const scope = registryId.replace(/^\//, '');
  const existing = await findAssignment(roleAssignments, scope, principalId);
  if (existing !== undefined) return done(existing, 'unchanged');

  const name = roleAssignmentName(registryId, principalId, ACR_PULL_ROLE_ID);
  try {
    const created = await roleAssignments.create(scope, name, {
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${ACR_PULL_ROLE_ID}`,
      principalId,
      // Without it a new principal is looked up in a directory that may not have it yet.
      principalType: 'ServicePrincipal',
    });
    return done(created.id ?? `${registryId}/providers/Microsoft.Authorization/roleAssignments/${name}`, 'created');
  } catch (error) {
    if (!isRestError(error) || error.code !== 'RoleAssignmentExists') throw error;
    return done((await findAssignment(roleAssignments, scope, principalId)) ?? registryId, 'unchanged');
  }
});

const done = (id: string, change: 'created' | 'unchanged') =>
  ({ kind: 'done', value: { id }, change, resourceId: id }) as const;

const findAssignment = async (
  roleAssignments: AuthorizationManagementClient['roleAssignments'],
  scope: string,
  principalId: string,
): Promise<string | undefined> => {
  for await (const { id, roleDefinitionId } of roleAssignments.listForScope(scope, {
    filter: `principalId eq '${principalId}'`,
  })) {
    if (roleDefinitionId?.toLowerCase().endsWith(ACR_PULL_ROLE_ID)) return id;
  }
  return undefined;
};
