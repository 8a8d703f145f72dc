/**
 * What the profile `hardened` sets where the tutorial sets something else. The resources are made and compared with these values, plans and docs/hardening.md
 * show them.
 */
export const hardenedVault = { enableRbacAuthorization: true, enablePurgeProtection: true } as const;

export const hardenedRegistry = { adminUserEnabled: false } as const;

export const hardenedStorage = { minimumTlsVersion: 'TLS1_2', allowSharedKeyAccess: false } as const;

export const hardenedCluster = { disableLocalAccounts: true } as const;

/** Entra integration, without which local accounts cannot be off, and Azure RBAC inside the cluster. */
export const hardenedEntra = { managed: true, enableAzureRbac: true } as const;

/**
 * The range that lets in the cluster's own outbound address and nobody else.
 * Source: https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.AKS.AuthorizedIPs
 */
export const ONLY_THE_CLUSTER = '0.0.0.0/32';

/** One thing that the profile `hardened` makes otherwise than the tutorial. */
export interface ProfileDifference {
  /** The step that it concerns; `images` stands for all that import one. */
  readonly step: string;
  readonly property: string;
  readonly tutorial: string;
  readonly hardened: string;
  readonly because: string;
  /** What has to be done otherwise in the tutorial's next part. */
  readonly nextPart: string;
}

const text = String;

/** Every difference, in the order of the steps. */
export const hardening = [
  {
    step: 'key-vault',
    property: 'enableRbacAuthorization',
    tutorial: 'false',
    hardened: text(hardenedVault.enableRbacAuthorization),
    because:
      'Roles are given, reviewed and logged like all others; with access policies, whoever may change the vault can let himself in.',
    nextPart:
      'Leave out `az keyvault set-policy`: policies have no effect. The identity has the role Key Vault Secrets User; who writes secrets by hand needs Key Vault Secrets Officer.',
  },
  {
    step: 'key-vault',
    property: 'accessPolicies.caller',
    tutorial: 'all permissions',
    hardened: 'none',
    because: 'The service keeps nothing in the vault and needs no way into it.',
    nextPart: 'Nothing.',
  },
  {
    step: 'key-vault',
    property: 'enablePurgeProtection',
    tutorial: 'not set',
    hardened: text(hardenedVault.enablePurgeProtection),
    because: 'Nobody, the service included, can destroy the vault or a secret before 90 days have passed.',
    nextPart:
      'Nothing. It cannot be switched off again: `DELETE` with `purge=true` is refused, and the same POST recovers the vault.',
  },
  {
    step: 'ssh-key',
    property: 'linuxProfile',
    tutorial: 'a generated pair, its private half in the vault',
    hardened: 'no such step: the nodes have no key but that of `cluster.sshPublicKey`',
    because: 'What may read the vault, Airflow itself, could get onto the nodes by it.',
    nextPart: 'Nothing. To inspect a node: `kubectl debug node/… --image …`.',
  },
  {
    step: 'registry',
    property: 'adminUserEnabled',
    tutorial: 'true',
    hardened: text(hardenedRegistry.adminUserEnabled),
    because: 'The admin user is one password that all share.',
    nextPart: 'Nothing: the nodes pull by the role AcrPull. `az acr login` signs people in by Entra ID.',
  },
  {
    step: 'images',
    property: 'digest',
    tutorial: 'the tag, whatever it names when it is imported',
    hardened: 'the digest that the tag names when it is planned, or that the request names',
    because: 'What was reviewed and approved is what is imported, also when somebody moves the tag.',
    nextPart:
      'In `airflow_values.yaml` name the images by the digests of the outputs (`IMAGE_…`), so that nobody who may push can exchange them.',
  },
  {
    step: 'storage',
    property: 'minimumTlsVersion',
    tutorial: 'what the service sets',
    hardened: hardenedStorage.minimumTlsVersion,
    because: 'TLS 1.0 and 1.1 are broken.',
    nextPart: 'Nothing.',
  },
  {
    step: 'storage',
    property: 'allowSharedKeyAccess',
    tutorial: 'not set (allowed)',
    hardened: text(hardenedStorage.allowSharedKeyAccess),
    because: "An account's key opens everything in it, names nobody in the logs and does not expire.",
    nextPart: 'Nothing takes the key any more: see the next two rows.',
  },
  {
    step: 'secrets',
    property: 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY',
    tutorial: "the account's name and key in the vault",
    hardened: 'no such step: the key is never read',
    because: 'There is no key to keep.',
    nextPart:
      'Leave out the `ExternalSecret` of the storage account; the External Secrets Operator and its `SecretStore` are needed only for secrets of your own.',
  },
  {
    step: 'logs-access',
    property: 'role',
    tutorial: 'no such step',
    hardened: 'Storage Blob Data Contributor for the managed identity, on the account',
    because: 'The pods reach the logs as themselves: by workload identity.',
    nextPart:
      'In the `PersistentVolume` take out `nodeStageSecretRef` and name `clientID` and `mountWithWorkloadIdentityToken: "true"` instead; every pod that mounts it runs as the service account of the federated credential.',
  },
  {
    step: 'cluster',
    property: 'aadProfile',
    tutorial: 'none',
    hardened: 'managed, with Azure RBAC',
    because: 'People sign in to the cluster as themselves, and lose access with their account.',
    nextPart:
      'Whoever runs it needs Azure Kubernetes Service RBAC Cluster Admin on the cluster, or to be in a group of `cluster.adminGroupObjectIds`. After `az aks get-credentials`: `kubelogin convert-kubeconfig -l azurecli`.',
  },
  {
    step: 'cluster',
    property: 'disableLocalAccounts',
    tutorial: 'false',
    hardened: text(hardenedCluster.disableLocalAccounts),
    because: "A local account is an administrator's certificate that names nobody.",
    nextPart:
      '`az aks get-credentials --admin` is refused; the kubeconfig holds no secret and asks kubelogin for a token.',
  },
  {
    step: 'cluster',
    property: 'apiServerAccessProfile.authorizedIPRanges',
    tutorial: 'not set (open to all)',
    hardened: `\`cluster.authorizedIpRanges\`, or ${ONLY_THE_CLUSTER}: the cluster alone`,
    because: 'The API server is on the internet; a stolen token alone shall not do.',
    nextPart:
      'Run `kubectl` and `helm` from an address in `cluster.authorizedIpRanges`, or by `az aks command invoke`, which takes another way.',
  },
  {
    step: 'connect',
    property: 'asks',
    tutorial: "the cluster's API server: its version and its nodes",
    hardened: 'Resource Manager: the state of the cluster and of its nodes',
    because: 'The service has no account in the cluster, and its address need not be let in.',
    nextPart: 'See that the nodes are ready: `kubectl get nodes`.',
  },
] as const satisfies readonly ProfileDifference[];
