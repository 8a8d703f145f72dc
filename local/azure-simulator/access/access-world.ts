import type { World } from '../state/world.ts';
import type { RoleAssignments } from './assignments.ts';
import type { ManagementLocks } from './management-locks.ts';
import type { Roles } from './roles.ts';

/** The world with who may do what. */
export interface AccessWorld extends World {
  readonly roles: Roles;
  readonly assignments: RoleAssignments;
  readonly locks: ManagementLocks;
}
