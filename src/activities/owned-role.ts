import type { OwnedResource } from '../deployment/contracts/owned-resource.ts';
import { roleAssignmentName } from '../deployment/names/role-assignment-name.ts';

/** A role that the deployment gave, for the undo: role assignments carry no tags, but their names follow from what they give. */
export const ownedRole = (name: string, scope: string, principalId: string, roleId: string): OwnedResource =>
  recordedRole(
    name,
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${roleAssignmentName(scope, principalId, roleId)}`,
  );

/** The same by its id. */
export const recordedRole = (name: string, resourceId: string): OwnedResource => ({
  name,
  resourceId,
  apiVersion: '2022-04-01',
  usualSeconds: 5,
});
