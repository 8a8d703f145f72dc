import { groupOfExisting, networkOfSubnet } from '../deployment/names/existing-resources.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';

/** The part of a step's input that says that the deployment is hardened; empty for the tutorial. */
export const hardenedOf = (deployment: Deployment) => (isHardened(deployment) ? { hardened: true } : {});

/** The same for a step on the vault; one of somebody else is not hardened. */
export const vaultHardenedOf = (deployment: Deployment) =>
  deployment.existing?.keyVaultId === undefined ? hardenedOf(deployment) : {};

/** Where a deployment's resources are. */
export const groupOf = ({ subscriptionId, resourceGroupName }: Deployment) => ({ subscriptionId, resourceGroupName });

/** The same for a step that creates a resource: with its location and tags. */
export const placeOf = (deployment: Deployment) => ({
  ...groupOf(deployment),
  location: deployment.location,
  tags: deployment.tags,
  deploymentId: deployment.id,
  ...(deployment.requestedBy !== undefined && { requestedBy: deployment.requestedBy }),
});

/** The network of the subnet that the request names. */
export const networksOf = ({ existing }: Deployment): readonly string[] =>
  existing?.subnetId === undefined ? [] : [networkOfSubnet(existing.subnetId)];

/** Where the registry is. */
export const registryGroupOf = (deployment: Deployment) => groupOfExisting(deployment.existing?.registryId, deployment);

/** Where the vault is. */
export const vaultGroupOf = (deployment: Deployment) => groupOfExisting(deployment.existing?.keyVaultId, deployment);

/** For a step that takes the deployment's group and a vault that may be elsewhere. */
export const vaultElsewhere = (deployment: Deployment) =>
  deployment.existing?.keyVaultId === undefined ? {} : { vaultGroup: vaultGroupOf(deployment) };

/** Whether the deployment makes the nodes' SSH key itself; the cluster then waits for the vault that takes its private half. A hardened one makes none. */
export const generatesSshKey = (deployment: Deployment): boolean =>
  deployment.cluster.sshPublicKey === undefined && !isHardened(deployment);
