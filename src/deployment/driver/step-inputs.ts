import { groupOfExisting } from '../names/existing-resources.ts';
import { credentialsFor } from '../names/registry-credentials.ts';
import { resourceId } from '../names/resource-ids.ts';
import { isHardened } from '../profile/profile-differences.ts';
import type { Deployment } from '../request/resolve-deployment.ts';

/** The part of a step's input that says that the deployment is hardened; empty for the tutorial, whose inputs stay as they are. */
export const hardenedOf = (deployment: Deployment) => (isHardened(deployment) ? { hardened: true } : {});

/** The same for a step on the vault; one of somebody else is not hardened. */
export const vaultHardenedOf = (deployment: Deployment) =>
  deployment.existing?.keyVaultId === undefined ? hardenedOf(deployment) : {};

/** Where a deployment's resources are: the part of every step's input that names the resource group. */
export const groupOf = ({ subscriptionId, resourceGroupName }: Deployment) => ({ subscriptionId, resourceGroupName });

/** The same for a step that creates a resource: with its location and tags. */
export const placeOf = (deployment: Deployment) => ({
  ...groupOf(deployment),
  location: deployment.location,
  tags: deployment.tags,
  deploymentId: deployment.id,
  ...(deployment.requestedBy !== undefined && { requestedBy: deployment.requestedBy }),
});

/** What the preflight needs to know. */
export const preflightInput = (deployment: Deployment, skip: boolean) => {
  const { tier, nodeVmSize, nodeCount, zones } = deployment.cluster;
  const { tags, images, registryCredentials } = deployment;
  const { authorizedIpRanges } = deployment.cluster;
  return {
    ...ownedInput(deployment),
    ...hardenedOf(deployment),
    ...(authorizedIpRanges && { authorizedIpRanges }),
    tags,
    tier,
    nodeVmSize,
    nodeCount,
    zones,
    images,
    ...(registryCredentials && { registryCredentials }),
    ...(deployment.lock && { lock: deployment.lock }),
    skip,
  };
};

/** What undoing a deployment looks for. */
export const ownedInput = (deployment: Deployment) => {
  const {
    id: deploymentId,
    location,
    identityName,
    keyVaultName,
    registryName,
    storageAccountName,
    clusterName,
  } = deployment;
  const names = { identityName, keyVaultName, registryName, storageAccountName, clusterName };
  const { existing } = deployment;
  return { ...groupOf(deployment), location, deploymentId, ...names, ...(existing && { existing }) };
};

/** The input of the step that locks; undefined when none is asked for. */
export const lockInput = (deployment: Deployment) =>
  deployment.lock && { ...ownedInput(deployment), level: deployment.lock };

/** Where the registry is. */
export const registryGroupOf = (deployment: Deployment) => groupOfExisting(deployment.existing?.registryId, deployment);

/** Where the vault is. */
export const vaultGroupOf = (deployment: Deployment) => groupOfExisting(deployment.existing?.keyVaultId, deployment);

/** For a step that takes the deployment's group and a vault that may be elsewhere. */
export const vaultElsewhere = (deployment: Deployment) =>
  deployment.existing?.keyVaultId === undefined ? {} : { vaultGroup: vaultGroupOf(deployment) };

/** The input of the registry's step. */
export const registryInput = (deployment: Deployment) => ({
  ...placeOf(deployment),
  ...registryGroupOf(deployment),
  registryName: deployment.registryName,
  ...hardenedOf(deployment),
  ...(deployment.existing?.registryId !== undefined && { keptByOthers: true }),
});

/** The input of the key vault's step. */
export const keyVaultInput = (deployment: Deployment, tenantId: string) => ({
  ...placeOf(deployment),
  ...vaultGroupOf(deployment),
  keyVaultName: deployment.keyVaultName,
  tenantId,
  ...hardenedOf(deployment),
  ...(deployment.existing?.keyVaultId !== undefined && { keptByOthers: true }),
});

/** The id of the storage account. */
export const storageAccountId = (deployment: Deployment): string =>
  resourceId(deployment, 'Microsoft.Storage/storageAccounts', deployment.storageAccountName);

/** The input of the storage account's step. */
export const storageInput = (deployment: Deployment) => ({
  ...placeOf(deployment),
  storageAccountName: deployment.storageAccountName,
  ...hardenedOf(deployment),
});

/** The inputs of the steps that import the images. */
export const imageInputs = (deployment: Deployment) => {
  const { registryName, images, registryCredentials } = deployment;
  return images.map(({ source, image }) => {
    const credentials = credentialsFor(source, registryCredentials);
    return { ...registryGroupOf(deployment), registryName, source, image, ...(credentials && { credentials }) };
  });
};

/** The input of the cluster's step, but for the SSH key. */
export const clusterInput = (deployment: Deployment) => {
  const { sshPublicKey: _, ...settings } = deployment.cluster;
  const subnetId = deployment.existing?.subnetId;
  return {
    ...placeOf(deployment),
    clusterName: deployment.clusterName,
    ...settings,
    ...hardenedOf(deployment),
    ...(subnetId !== undefined && { subnetId }),
  };
};

/** The name that the tutorial's next part gives the federated credential. */
export const FEDERATED_CREDENTIAL_NAME = 'external-secret-operator';

/** The Kubernetes service account as a token names it. */
export const serviceAccountSubject = ({ serviceAccountNamespace, serviceAccountName }: Deployment): string =>
  `system:serviceaccount:${serviceAccountNamespace}:${serviceAccountName}`;
