import { inspectNetworkAccess } from '../activities/network-access.ts';
import { inspectRoleAssignment } from '../activities/reconcile/role-assignment.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { groupOfExisting, partsOfId } from '../deployment/names/existing-resources.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import { ACR_PULL_ROLE_ID } from '../deployment/names/role-assignment-name.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether somebody has given AcrPull to the cluster already: then the deployment does without the right to. */
export const isAcrPullAssigned = async ({ input, cluster }: Surroundings): Promise<boolean> => {
  const principalId = (await cluster())?.identityProfile?.kubeletidentity?.objectId;
  if (principalId === undefined) return false;
  const registryGroup = groupOfExisting(input.existing?.registryId, input);
  const scope = resourceId(registryGroup, 'Microsoft.ContainerRegistry/registries', input.registryName);
  const wanted = { subscriptionId: registryGroup.subscriptionId, scope, principalId, roleId: ACR_PULL_ROLE_ID };
  return (await findOrUndefined(inspectRoleAssignment(wanted)))?.action === 'unchanged';
};

/** Whether the cluster's control plane has its role on somebody else's subnet already. */
export const isNetworkAccessAssigned = async ({ cluster }: Surroundings, subnetId: string): Promise<boolean> => {
  const principalId = (await cluster())?.identity?.principalId;
  if (principalId === undefined) return false;
  const { subscriptionId } = partsOfId(subnetId);
  return (await inspectNetworkAccess({ subscriptionId, subnetId, principalId })).action === 'unchanged';
};
