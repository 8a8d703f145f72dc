import type { z } from 'zod';
import type { Progress } from '../deployment/progress.ts';
import { NETWORK_CONTRIBUTOR_ROLE_ID } from '../deployment/role-assignment-name.ts';
import type { networkAccess } from '../deployment/step-contracts.ts';
import type { StepLook } from '../deployment/step-look.ts';
import { ensureRoleAssignment, lookAtRoleAssignment } from './role-assignment.ts';

type Input = z.infer<typeof networkAccess.input>;
type Value = z.infer<typeof networkAccess.value>;

const assignmentOf = ({ subscriptionId, subnetId, principalId }: Input) => ({
  subscriptionId,
  scope: subnetId,
  principalId,
  roleId: NETWORK_CONTRIBUTOR_ROLE_ID,
});

export const lookAtNetworkAccess = (input: Input): Promise<StepLook<Value>> =>
  lookAtRoleAssignment(assignmentOf(input));

/**
 * Lets the cluster's control plane put load balancers into the subnet. As `az aks create --vnet-subnet-id` does it for a system-assigned identity: once the
 * cluster is there, for only then the identity is. Source: MicrosoftDocs/azure-docs issue 85235, which quotes az.
 */
export const ensureNetworkAccess = async (input: Input): Promise<Progress<Value>> => {
  const { id, change } = await ensureRoleAssignment(assignmentOf(input));
  return { kind: 'done', value: { id }, change, resourceId: id };
};
