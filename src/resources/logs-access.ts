import type { z } from 'zod';
import type { Progress } from '../deployment/progress.ts';
import { BLOB_DATA_CONTRIBUTOR_ROLE_ID } from '../deployment/role-assignment-name.ts';
import type { logsAccess } from '../deployment/step-contracts.ts';
import type { StepLook } from '../deployment/step-look.ts';
import { ensureRoleAssignment, lookAtRoleAssignment } from './role-assignment.ts';

type Input = z.infer<typeof logsAccess.input>;
type Value = z.infer<typeof logsAccess.value>;

const assignmentOf = ({ subscriptionId, accountId, principalId }: Input) => ({
  subscriptionId,
  scope: accountId,
  principalId,
  roleId: BLOB_DATA_CONTRIBUTOR_ROLE_ID,
});

export const lookAtLogsAccess = (input: Input): Promise<StepLook<Value>> => lookAtRoleAssignment(assignmentOf(input));

/**
 * Lets the managed identity read and write the logs, where no key does: what the blob driver's mount by workload identity token takes.
 * Source: kubernetes-sigs/blob-csi-driver docs/workload-identity-static-pv-mount.md
 */
export const ensureLogsAccess = async (input: Input): Promise<Progress<Value>> => {
  const { id, change } = await ensureRoleAssignment(assignmentOf(input));
  return { kind: 'done', value: { id }, change, resourceId: id };
};
