import type { z } from 'zod';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import type { networkAccess } from '../deployment/driver/step-contracts.ts';
import { NETWORK_CONTRIBUTOR_ROLE_ID } from '../deployment/names/role-assignment-name.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import { ensureRoleAssignment, inspectRoleAssignment } from './reconcile/role-assignment.ts';

type Input = z.infer<typeof networkAccess.input>;
type Value = z.infer<typeof networkAccess.value>;

const assignmentOf = ({ subscriptionId, subnetId, principalId }: Input) => ({
  subscriptionId,
  scope: subnetId,
  principalId,
  roleId: NETWORK_CONTRIBUTOR_ROLE_ID,
});

export const inspectNetworkAccess = (input: Input): Promise<Inspection<Value>> =>
  inspectRoleAssignment(assignmentOf(input));

/**
 * Lets the cluster's control plane put load balancers into the subnet. As `az aks create --vnet-subnet-id` does it for a system-assigned identity: once the
 * cluster is there, for only then the identity is. Source: MicrosoftDocs/azure-docs issue 85235, which quotes az.
 */
export const ensureNetworkAccess = async (input: Input): Promise<ReconcileResult<Value>> => {
  const { id, change } = await ensureRoleAssignment(assignmentOf(input));
  return { kind: 'done', value: { id }, change, resourceId: id };
};
