import type { Deployment } from '../deployment/request/resolve-deployment.ts';

/** What the steps learnt that the tutorial's next part needs. */
export interface LearntValues {
  readonly tenantId: string;
  readonly identity: { readonly id: string; readonly principalId: string; readonly clientId: string };
  readonly keyVault: { readonly id: string; readonly uri: string };
  readonly registry: {
    readonly id: string;
    readonly loginServer: string;
    readonly digests?: Readonly<Record<string, string>> | undefined;
  };
  readonly cluster: {
    readonly oidcIssuerUrl: string;
    readonly kubeletObjectId: string;
    readonly nodeCount: number;
    readonly controlPlaneObjectId?: string | undefined;
  };
}

/** The deployment's outputs: every variable that the tutorial exports, under its name, and four that its next part asks for. */
export type Outputs = Readonly<Record<string, string>>;

/** The storage key is left out on purpose: it is in the vault only. */
export const outputsOf = (deployment: Deployment, learnt: LearntValues): Outputs => ({
  MY_LOCATION: deployment.location,
  MY_RESOURCE_GROUP_NAME: deployment.resourceGroupName,
  MY_IDENTITY_NAME: deployment.identityName,
  MY_IDENTITY_NAME_ID: learnt.identity.id,
  MY_IDENTITY_NAME_PRINCIPAL_ID: learnt.identity.principalId,
  MY_IDENTITY_NAME_CLIENT_ID: learnt.identity.clientId,
  MY_KEYVAULT_NAME: deployment.keyVaultName,
  KEYVAULTID: learnt.keyVault.id,
  KEYVAULTURL: learnt.keyVault.uri,
  MY_ACR_REGISTRY: deployment.registryName,
  MY_ACR_REGISTRY_ID: learnt.registry.id,
  MY_ACR_LOGIN_SERVER: learnt.registry.loginServer,
  AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_NAME: deployment.storageAccountName,
  AKS_AIRFLOW_LOGS_STORAGE_CONTAINER_NAME: deployment.storageContainerName,
  AKS_AIRFLOW_LOGS_STORAGE_SECRET_NAME: deployment.storageSecretName,
  MY_CLUSTER_NAME: deployment.clusterName,
  OIDC_URL: learnt.cluster.oidcIssuerUrl,
  KUBELET_IDENTITY: learnt.cluster.kubeletObjectId,
  SERVICE_ACCOUNT_NAME: deployment.serviceAccountName,
  SERVICE_ACCOUNT_NAMESPACE: deployment.serviceAccountNamespace,
  AKS_AIRFLOW_NAMESPACE: deployment.airflowNamespace,
  AKS_AIRFLOW_CLUSTER_NAME: deployment.airflowClusterName,
  TENANT_ID: learnt.tenantId,
  SUBSCRIPTION_ID: deployment.subscriptionId,
  ...imageReferences(learnt.registry),
});

/** Each image that was imported by its digest, to be named by it: `IMAGE_AIRFLOW_2_9_3` is `….azurecr.io/airflow@sha256:…`. */
const imageReferences = ({ loginServer, digests = {} }: LearntValues['registry']): Outputs => {
  const references = new Map<string, string>();
  for (const [image, digest] of Object.entries(digests)) {
    const variable = `IMAGE_${image.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
    // Two images may differ in nothing but such characters.
    const taken = [...references.keys()].filter((name) => name.startsWith(variable)).length;
    const name = references.has(variable) ? `${variable}_${taken + 1}` : variable;
    references.set(name, `${loginServer}/${image.slice(0, image.lastIndexOf(':'))}@${digest}`);
  }
  return Object.fromEntries(references);
};

/** The outputs as lines that a POSIX shell can evaluate: `export NAME='value'`, a quote in a value written as `'\''`. */
export const toShellExports = (outputs: Outputs): string =>
  Object.entries(outputs)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('');
