import { ACR_PULL_ROLE_ID } from '../deployment/role-assignment-name.ts';
import { acrPull } from '../deployment/step-contracts.ts';
import { ensureRoleAssignment } from './ensure-role-assignment.ts';
import { stepActivity } from './step-activity.ts';

/** Lets the kubelet identity pull from the registry: what the tutorial's role assignment and `--attach-acr` both do. */
export const acrPullActivity = stepActivity(acrPull, async ({ subscriptionId, registryId, principalId }) => {
  const wanted = { subscriptionId, scope: registryId, principalId, roleId: ACR_PULL_ROLE_ID };
  const { id, change } = await ensureRoleAssignment(wanted);
  return { kind: 'done', value: { id }, change, resourceId: id };
});
