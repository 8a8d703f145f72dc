import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { ACR_PULL_ROLE_ID } from '../deployment/names/role-assignment-name.ts';
import { acrPull } from '../steps/acr-pull.ts';
import { registryGroupOf } from '../steps/input-parts.ts';
import { registry } from '../steps/registry.ts';
import { findCluster } from './find-cluster.ts';
import { implement } from './implement.ts';
import { ownedRole } from './owned-role.ts';
import { roleGranted } from './reconcile/role-granted.ts';

/** Lets the kubelet identity pull from the registry: what the tutorial's role assignment and `--attach-acr` both do. */
export const acrPullImplementation = implement(acrPull, {
  ...roleGranted(({ subscriptionId, registryId, principalId }) => ({
    subscriptionId,
    scope: registryId,
    principalId,
    roleId: ACR_PULL_ROLE_ID,
  })),
  /** Known while the cluster is there, which knows its nodes' identity. */
  async findOwned(deployment) {
    const { subscriptionId, resourceGroupName } = registryGroupOf(deployment);
    const { registries } = armClients(subscriptionId).registries;
    const [found, cluster] = await Promise.all([
      findOrUndefined(registries.get(resourceGroupName, deployment.registryName)),
      findCluster(deployment),
    ]);
    const kubelet = cluster?.identityProfile?.kubeletidentity?.objectId;
    if (!found || kubelet === undefined) return [];
    return [ownedRole('acr-pull', registry.resourceId(deployment), kubelet, ACR_PULL_ROLE_ID)];
  },
});
