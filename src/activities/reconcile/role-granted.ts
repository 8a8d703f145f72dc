import type { ReconcileResult } from '../../deployment/driver/reconcile-result.ts';
import type { Inspection } from '../../deployment/plan/inspection.ts';
import { ensureRoleAssignment, inspectRoleAssignment, type RoleAssignment } from './role-assignment.ts';

/** Inspects and applies one role assignment. */
export const roleGranted = <I>(
  assignmentOf: (input: I) => RoleAssignment,
): {
  inspect(input: I): Promise<Inspection<{ id: string }>>;
  apply(input: I): Promise<ReconcileResult<{ id: string }>>;
} => ({
  inspect: (input) => inspectRoleAssignment(assignmentOf(input)),
  async apply(input) {
    const { id, change } = await ensureRoleAssignment(assignmentOf(input));
    return { kind: 'done', value: { id }, change, resourceId: id };
  },
});
