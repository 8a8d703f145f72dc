import type { z } from 'zod';
import type { Progress } from '../deployment/progress.ts';
import { ACR_PULL_ROLE_ID } from '../deployment/role-assignment-name.ts';
import type { acrPull } from '../deployment/step-contracts.ts';
import type { StepLook } from '../deployment/step-look.ts';
import { ensureRoleAssignment, lookAtRoleAssignment } from './role-assignment.ts';

type Input = z.infer<typeof acrPull.input>;
type Value = z.infer<typeof acrPull.value>;

const assignmentOf = ({ subscriptionId, registryId, principalId }: Input) => ({
  subscriptionId,
  scope: registryId,
  principalId,
  roleId: ACR_PULL_ROLE_ID,
});

export const lookAtAcrPull = (input: Input): Promise<StepLook<Value>> => lookAtRoleAssignment(assignmentOf(input));

/** Lets the kubelet identity pull from the registry: what the tutorial's role assignment and `--attach-acr` both do. */
export const ensureAcrPull = async (input: Input): Promise<Progress<Value>> => {
  const { id, change } = await ensureRoleAssignment(assignmentOf(input));
  return { kind: 'done', value: { id }, change, resourceId: id };
};
