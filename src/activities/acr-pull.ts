import type { z } from 'zod';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import type { acrPull } from '../deployment/driver/step-contracts.ts';
import { ACR_PULL_ROLE_ID } from '../deployment/names/role-assignment-name.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import { ensureRoleAssignment, inspectRoleAssignment } from './reconcile/role-assignment.ts';

type Input = z.infer<typeof acrPull.input>;
type Value = z.infer<typeof acrPull.value>;

const assignmentOf = ({ subscriptionId, registryId, principalId }: Input) => ({
  subscriptionId,
  scope: registryId,
  principalId,
  roleId: ACR_PULL_ROLE_ID,
});

export const inspectAcrPull = (input: Input): Promise<Inspection<Value>> => inspectRoleAssignment(assignmentOf(input));

/** Lets the kubelet identity pull from the registry: what the tutorial's role assignment and `--attach-acr` both do. */
export const ensureAcrPull = async (input: Input): Promise<ReconcileResult<Value>> => {
  const { id, change } = await ensureRoleAssignment(assignmentOf(input));
  return { kind: 'done', value: { id }, change, resourceId: id };
};
