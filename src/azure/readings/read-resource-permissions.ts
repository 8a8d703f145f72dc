import { z } from 'zod';
import type { RolePermission } from '../../deployment/plan/role-permissions.ts';
import { askResourceManager } from '../resource-manager-request.ts';

const actions = z.array(z.string()).nullish();

const answerSchema = z.object({ value: z.array(z.object({ actions, notActions: actions })) });

/**
 * What the service's identity may do on one resource.
 * Source: https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource
 */
export const readResourcePermissions = async (resourceId: string): Promise<readonly RolePermission[]> => {
  const path = `${resourceId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
  const { value } = await askResourceManager('GET', path, answerSchema);
  return value.map((role) => ({ actions: role.actions ?? [], notActions: role.notActions ?? [] }));
};
