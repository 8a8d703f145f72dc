import { isRestError } from '@azure/core-rest-pipeline';
import { armClients } from '../../azure/arm-clients.ts';
import { collectPages } from '../../azure/list-pages.ts';
import { roleAssignmentName } from '../../deployment/names/role-assignment-name.ts';
import { type Inspection, inspectExistence } from '../../deployment/plan/inspection.ts';

export interface RoleAssignment {
  readonly subscriptionId: string;
  /** The id of the resource on which the role is held. */
  readonly scope: string;
  readonly principalId: string;
  /** The GUID of the role's definition. */
  readonly roleId: string;
}

/** Whether the identity has the role, by whatever assignment. */
export const inspectRoleAssignment = async (wanted: RoleAssignment): Promise<Inspection<{ readonly id: string }>> => {
  const { scope, principalId, roleId } = wanted;
  const existing = await findRoleAssignment(wanted);
  const name = roleAssignmentName(scope, principalId, roleId);
  const id = existing ?? `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  return inspectExistence(id, existing !== undefined, { id });
};

/** Gives a role to an identity, unless it has it, by whatever assignment. */
export const ensureRoleAssignment = async (
  wanted: RoleAssignment,
): Promise<{ readonly id: string; readonly change: 'created' | 'unchanged' }> => {
  const { subscriptionId, scope, principalId, roleId } = wanted;
  const inspection = await inspectRoleAssignment(wanted);
  if (inspection.action === 'unchanged') return { id: inspection.resourceId, change: 'unchanged' };

  const { roleAssignments } = armClients(subscriptionId).authorization;
  const name = roleAssignmentName(scope, principalId, roleId);
  try {
    const created = await roleAssignments.create(withoutSlash(scope), name, {
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
      principalId,
      // Without it a new principal is looked up in a directory that may not have it yet.
      principalType: 'ServicePrincipal',
    });
    return {
      id: created.id ?? inspection.resourceId,
      change: 'created',
    };
  } catch (error) {
    if (!isRestError(error) || error.code !== 'RoleAssignmentExists') throw error;
    return { id: (await findRoleAssignment(wanted)) ?? scope, change: 'unchanged' };
  }
};

/** The id of an assignment of the role to the identity, on the resource or above it. */
export const findRoleAssignment = async ({
  subscriptionId,
  scope,
  principalId,
  roleId,
}: RoleAssignment): Promise<string | undefined> => {
  const { roleAssignments } = armClients(subscriptionId).authorization;
  const filter = `principalId eq '${principalId}'`;
  const held = await collectPages(roleAssignments.listForScope(withoutSlash(scope), { filter }));
  return held.find(({ roleDefinitionId }) => roleDefinitionId?.toLowerCase().endsWith(roleId))?.id;
};

/** The client puts a slash before the scope. */
const withoutSlash = (scope: string): string => scope.replace(/^\//, '');
