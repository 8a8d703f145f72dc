import { credentialsFor } from './registry-credentials.ts';
import type { Deployment } from './resolve-deployment.ts';

/** Where a deployment's resources are: the part of every step's input that names the resource group. */
export const groupOf = ({ subscriptionId, resourceGroupName }: Deployment) => ({ subscriptionId, resourceGroupName });

/** The same for a step that creates a resource: with its location and tags. */
export const placeOf = (deployment: Deployment) => ({
  ...groupOf(deployment),
  location: deployment.location,
  tags: deployment.tags,
  deploymentId: deployment.id,
});

/** What the preflight needs to know. */
export const preflightInput = (deployment: Deployment, skip: boolean) => {
  const { tier, nodeVmSize, nodeCount, zones } = deployment.cluster;
  const { tags, images, registryCredentials } = deployment;
  return {
    ...ownedInput(deployment),
    tags,
    tier,
    nodeVmSize,
    nodeCount,
    zones,
    images,
    ...(registryCredentials && { registryCredentials }),
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
  return { ...groupOf(deployment), location, deploymentId, ...names };
};

/** The input of the key vault's step. */
export const keyVaultInput = (deployment: Deployment, tenantId: string) => ({
  ...placeOf(deployment),
  keyVaultName: deployment.keyVaultName,
  tenantId,
});

/** The inputs of the steps that import the images. */
export const imageInputs = (deployment: Deployment) => {
  const { registryName, images, registryCredentials } = deployment;
  return images.map(({ source, image }) => {
    const credentials = credentialsFor(source, registryCredentials);
    return { ...groupOf(deployment), registryName, source, image, ...(credentials && { credentials }) };
  });
};

/** The input of the cluster's step, but for the SSH key. */
export const clusterInput = (deployment: Deployment) => {
  const { sshPublicKey: _, ...settings } = deployment.cluster;
  return { ...placeOf(deployment), clusterName: deployment.clusterName, ...settings };
};

/** The name that the tutorial's next part gives the federated credential. */
export const FEDERATED_CREDENTIAL_NAME = 'external-secret-operator';

/** The Kubernetes service account as a token names it. */
export const serviceAccountSubject = ({ serviceAccountNamespace, serviceAccountName }: Deployment): string =>
  `system:serviceaccount:${serviceAccountNamespace}:${serviceAccountName}`;
