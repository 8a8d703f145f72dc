import type { RunFacts } from './run-facts.ts';

/** An action of Azure RBAC that the service's requests take. */
export interface RoleAction {
  readonly action: string;
  /** The step, or what else takes it. */
  readonly usedBy: string;
  readonly why: string;
  /** Whether the coming run cannot do without; absent where no run fails for want of it. */
  readonly needed?: (facts: RunFacts) => boolean;
}

const always = (): boolean => true;

const writes =
  (step: string) =>
  (facts: RunFacts): boolean =>
    facts.writes.has(step);

const registers = (namespace: string): RoleAction => ({
  action: `${namespace}/register/action`,
  usedBy: 'provider registration',
  why: 'registers the provider where the subscription is not; not needed where that was done',
  needed: ({ unregistered }) => unregistered.has(namespace),
});

/**
 * Every action that the service takes, with what for: for the preflight, and for docs/permissions.md. `infra/roles/deployer.json` is recorded from
 * the requests themselves; a test compares the two. Names: azure-docs, articles/role-based-access-control/permissions/*.md.
 */
export const ROLE_ACTIONS: readonly RoleAction[] = [
  {
    action: 'Microsoft.Authorization/locks/delete',
    usedBy: 'undo',
    why: 'with `lock` only: removes the lock that the deployment set. It removes any other as well',
  },
  {
    action: 'Microsoft.Authorization/locks/read',
    usedBy: 'undo',
    why: 'whether a lock keeps something, before anything is deleted; before a deployment into a resource group that exists, whether one forbids every change',
  },
  {
    action: 'Microsoft.Authorization/locks/write',
    usedBy: 'lock',
    why: 'with `lock` only: sets it',
    needed: writes('lock'),
  },
  {
    action: 'Microsoft.Authorization/permissions/read',
    usedBy: 'preflight',
    why: 'which of these actions the service may perform in a resource group, or on what exists',
  },
  {
    action: 'Microsoft.Authorization/roleAssignments/delete',
    usedBy: 'undo',
    why: 'takes back the roles given on resources of somebody else, which outlive the undo, or in a resource group that stays',
  },
  {
    action: 'Microsoft.Authorization/roleAssignments/read',
    usedBy: 'acr-pull',
    why: 'whether a role is assigned already, to the cluster or to the service itself',
    needed: always,
  },
  {
    action: 'Microsoft.Authorization/roleAssignments/write',
    usedBy: 'acr-pull',
    why: 'lets the cluster pull from the registry; on an existing subnet lets it make load balancers',
    needed: writes('acr-pull'),
  },
  {
    action: 'Microsoft.Authorization/roleAssignments/write',
    usedBy: 'vault-access',
    why: 'in a vault under RBAC lets the identity read secrets',
    needed: writes('vault-role'),
  },
  {
    action: 'Microsoft.Authorization/roleAssignments/write',
    usedBy: 'logs-access',
    why: 'in a hardened deployment lets the identity write logs',
    needed: writes('logs-access'),
  },
  {
    action: 'Microsoft.Authorization/roleDefinitions/read',
    usedBy: 'preflight',
    why: 'what the roles of the service allow, before there is a resource group',
  },
  { action: 'Microsoft.Compute/locations/usages/read', usedBy: 'preflight', why: 'whether the vCPU quota suffices' },
  { action: 'Microsoft.Compute/skus/read', usedBy: 'preflight', why: 'whether the VM size is offered, in which zones' },
  {
    action: 'Microsoft.ContainerRegistry/checkNameAvailability/read',
    usedBy: 'preflight',
    why: "whether the registry's name is free",
  },
  {
    action: 'Microsoft.ContainerRegistry/locations/operationResults/read',
    usedBy: 'image',
    why: "follows an import, and a registry's deletion",
    needed: writes('image'),
  },
  registers('Microsoft.ContainerRegistry'),
  { action: 'Microsoft.ContainerRegistry/registries/delete', usedBy: 'undo', why: 'in a resource group that stays' },
  {
    action: 'Microsoft.ContainerRegistry/registries/importImage/action',
    usedBy: 'image',
    why: 'imports the images',
    needed: writes('image'),
  },
  {
    action: 'Microsoft.ContainerRegistry/registries/operationStatuses/read',
    usedBy: 'registry',
    why: 'why a creation failed',
  },
  {
    action: 'Microsoft.ContainerRegistry/registries/pull/read',
    usedBy: 'plan',
    why: 'which images the registry holds, asked of the registry itself, also by the drift check',
  },
  {
    action: 'Microsoft.ContainerRegistry/registries/read',
    usedBy: 'registry',
    why: 'looks at it',
    needed: ({ ownRegistry }) => ownRegistry,
  },
  {
    action: 'Microsoft.ContainerRegistry/registries/write',
    usedBy: 'registry',
    why: 'creates, changes or repairs it',
    needed: writes('registry'),
  },
  {
    action: 'Microsoft.ContainerService/locations/operations/read',
    usedBy: 'cluster',
    why: 'why a creation or deletion failed',
  },
  {
    action: 'Microsoft.ContainerService/managedClusters/delete',
    usedBy: 'undo',
    why: 'in a resource group that stays',
  },
  {
    action: 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
    usedBy: 'connect',
    why: "sees the cluster's nodes, and answers `POST …/kubeconfig`. It opens the whole cluster, as local accounts are on",
    needed: writes('connect'),
  },
  {
    action: 'Microsoft.ContainerService/managedClusters/read',
    usedBy: 'cluster',
    why: 'looks at it',
    needed: always,
  },
  {
    action: 'Microsoft.ContainerService/managedClusters/write',
    usedBy: 'cluster',
    why: 'creates, changes or repairs it',
    needed: writes('cluster'),
  },
  registers('Microsoft.ContainerService'),
  {
    action: 'Microsoft.KeyVault/checkNameAvailability/read',
    usedBy: 'preflight',
    why: "whether the vault's name is free",
  },
  {
    action: 'Microsoft.KeyVault/locations/deletedVaults/purge/action',
    usedBy: 'undo',
    why: 'with `purge=true` only',
  },
  {
    action: 'Microsoft.KeyVault/locations/deletedVaults/read',
    usedBy: 'key-vault',
    why: 'whether a deleted vault is the one to recover, or to purge',
  },
  {
    action: 'Microsoft.KeyVault/locations/operationResults/read',
    usedBy: 'undo',
    why: 'follows the purge',
  },
  registers('Microsoft.KeyVault'),
  {
    action: 'Microsoft.KeyVault/vaults/accessPolicies/write',
    usedBy: 'vault-access',
    why: "lets the identity read the vault's secrets. It opens the vault's data to whoever has it",
    needed: writes('vault-access'),
  },
  { action: 'Microsoft.KeyVault/vaults/delete', usedBy: 'undo', why: 'in a resource group that stays' },
  {
    action: 'Microsoft.KeyVault/vaults/read',
    usedBy: 'key-vault',
    why: 'looks at it',
    needed: ({ ownVault }) => ownVault,
  },
  {
    action: 'Microsoft.KeyVault/vaults/secrets/read',
    usedBy: 'secrets',
    why: "looks at the secrets' tags; never a value",
    needed: ({ keepsSecrets }) => keepsSecrets,
  },
  {
    action: 'Microsoft.KeyVault/vaults/secrets/write',
    usedBy: 'secrets',
    why: "writes the storage account's name and key, and the nodes' SSH key",
    needed: writes('secrets'),
  },
  {
    action: 'Microsoft.KeyVault/vaults/write',
    usedBy: 'key-vault',
    why: 'creates, recovers, changes or repairs it',
    needed: writes('key-vault'),
  },
  registers('Microsoft.ManagedIdentity'),
  {
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/delete',
    usedBy: 'undo',
    why: 'in a resource group that stays',
  },
  {
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
    usedBy: 'federated-credential',
    why: 'looks at it',
    needed: always,
  },
  {
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
    usedBy: 'federated-credential',
    why: 'lets the Kubernetes service account sign in as the identity',
    needed: writes('federated-credential'),
  },
  {
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
    usedBy: 'identity',
    why: 'looks at it',
    needed: always,
  },
  {
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/write',
    usedBy: 'identity',
    why: 'creates or changes it',
    needed: writes('identity'),
  },
  {
    action: 'Microsoft.Network/virtualNetworks/read',
    usedBy: 'preflight',
    why: 'with `existing.subnetId` only: where the subnet is, and its addresses',
  },
  {
    action: 'Microsoft.Network/virtualNetworks/subnets/join/action',
    usedBy: 'cluster',
    why: 'with `existing.subnetId` only: puts the nodes into it',
  },
  {
    action: 'Microsoft.PolicyInsights/checkPolicyRestrictions/read',
    usedBy: 'preflight',
    why: "whether the organisation's policies allow the resources",
  },
  {
    action: 'Microsoft.Resources/subscriptions/operationresults/read',
    usedBy: 'undo',
    why: "why a resource group's deletion failed",
  },
  {
    action: 'Microsoft.Resources/subscriptions/providers/read',
    usedBy: 'preflight',
    why: 'whether the resource providers are registered',
  },
  {
    action: 'Microsoft.Resources/subscriptions/read',
    usedBy: 'preflight',
    why: "the subscription's tenant; without it that of the service's token is taken",
  },
  {
    action: 'Microsoft.Resources/subscriptions/resourceGroups/delete',
    usedBy: 'undo',
    why: 'of a resource group that the deployment made, with all that is in it',
  },
  {
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    usedBy: 'resource-group',
    why: 'looks at it',
    needed: always,
  },
  {
    action: 'Microsoft.Resources/subscriptions/resourceGroups/write',
    usedBy: 'resource-group',
    why: 'creates or tags it. Before the group exists this can be assigned on the subscription only',
    needed: writes('resource-group'),
  },
  {
    action: 'Microsoft.Resources/subscriptions/resources/read',
    usedBy: 'undo',
    why: 'whether anything of somebody else is in the resource group that the deployment made',
  },
  {
    action: 'Microsoft.Storage/checknameavailability/read',
    usedBy: 'preflight',
    why: "whether the storage account's name is free",
  },
  registers('Microsoft.Storage'),
  {
    action: 'Microsoft.Storage/storageAccounts/blobServices/containers/read',
    usedBy: 'container',
    why: 'looks at it',
    needed: always,
  },
  {
    action: 'Microsoft.Storage/storageAccounts/blobServices/containers/write',
    usedBy: 'container',
    why: 'creates it',
    needed: writes('container'),
  },
  { action: 'Microsoft.Storage/storageAccounts/delete', usedBy: 'undo', why: 'in a resource group that stays' },
  {
    action: 'Microsoft.Storage/storageAccounts/listkeys/action',
    usedBy: 'secrets',
    why: "the key that goes into the vault. It opens the account's data",
    needed: writes('storage-key'),
  },
  {
    action: 'Microsoft.Storage/storageAccounts/read',
    usedBy: 'storage',
    why: 'looks at it',
    needed: always,
  },
  {
    action: 'Microsoft.Storage/storageAccounts/write',
    usedBy: 'storage',
    why: 'creates, changes or repairs it',
    needed: writes('storage'),
  },
];
