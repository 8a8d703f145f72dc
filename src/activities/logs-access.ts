import type { z } from 'zod';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import type { logsAccess } from '../deployment/driver/step-contracts.ts';
import { BLOB_DATA_CONTRIBUTOR_ROLE_ID } from '../deployment/names/role-assignment-name.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import { ensureRoleAssignment, inspectRoleAssignment } from './reconcile/role-assignment.ts';

type Input = z.infer<typeof logsAccess.input>;
type Value = z.infer<typeof logsAccess.value>;

const assignmentOf = ({ subscriptionId, accountId, principalId }: Input) => ({
  subscriptionId,
  scope: accountId,
  principalId,
  roleId: BLOB_DATA_CONTRIBUTOR_ROLE_ID,
});

export const inspectLogsAccess = (input: Input): Promise<Inspection<Value>> =>
  inspectRoleAssignment(assignmentOf(input));

/**
 * Lets the managed identity read and write the logs, where no key does: what the blob driver's mount by workload identity token takes.
 * Source: kubernetes-sigs/blob-csi-driver docs/workload-identity-static-pv-mount.md
 */
export const ensureLogsAccess = async (input: Input): Promise<ReconcileResult<Value>> => {
  const { id, change } = await ensureRoleAssignment(assignmentOf(input));
  return { kind: 'done', value: { id }, change, resourceId: id };
};
