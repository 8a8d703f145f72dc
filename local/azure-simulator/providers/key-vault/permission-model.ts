import { at } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';
import type { VaultRequest } from './key-vault-world.ts';

const ASSIGN_ROLES = 'Microsoft.Authorization/roleAssignments/write';

/**
 * To change a vault from access policies to RBAC or back takes the right to assign roles, without any condition
 * (learn.microsoft.com/azure/key-vault/general/rbac-guide). Code and text: Azure/bicep-types-az issue 2085; status: unverified.
 *
 * @throws HttpError 403
 */
export const checkPermissionModel = (
  request: VaultRequest,
  wanted: boolean | null | undefined,
  before: Resource | undefined,
): void => {
  if (!before || typeof wanted !== 'boolean') return;
  if (wanted === (at(before.properties, 'enableRbacAuthorization') === true)) return;
  const { oid } = request.claims;
  if (request.world.assignments.mayUnconditionally(oid, ASSIGN_ROLES, before.id)) return;
  throw new HttpError(
    403,
    'InsufficientPermissions',
    `Caller is not allowed to change permission model. For more information on how to change the permissions model follow this link: https://go.microsoft.com/fwlink/?linkid=2155160. Details: oid=${oid}; action=${ASSIGN_ROLES}; resource=${before.id}; decision=NotAllowed;`,
  );
};
