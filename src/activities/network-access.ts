import { NETWORK_CONTRIBUTOR_ROLE_ID } from '../deployment/names/role-assignment-name.ts';
import { networkAccess } from '../steps/network-access.ts';
import { findCluster } from './find-cluster.ts';
import { implement } from './implement.ts';
import { ownedRole } from './owned-role.ts';
import { roleGranted } from './reconcile/role-granted.ts';

/**
 * Lets the cluster's control plane put load balancers into the subnet. As `az aks create --vnet-subnet-id` does it for a system-assigned identity: once the
 * cluster is there, for only then the identity is. Source: MicrosoftDocs/azure-docs issue 85235, which quotes az.
 */
export const networkAccessImplementation = implement(networkAccess, {
  ...roleGranted(({ subscriptionId, subnetId, principalId }) => ({
    subscriptionId,
    scope: subnetId,
    principalId,
    roleId: NETWORK_CONTRIBUTOR_ROLE_ID,
  })),
  async findOwned(deployment) {
    const subnetId = deployment.existing?.subnetId;
    const principalId = subnetId && (await findCluster(deployment))?.identity?.principalId;
    if (!subnetId || principalId === undefined) return [];
    return [ownedRole('network-access', subnetId, principalId, NETWORK_CONTRIBUTOR_ROLE_ID)];
  },
});
