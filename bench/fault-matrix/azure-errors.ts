/** An error that Azure answers; `flat` as the AKS resource provider writes it, without an envelope. */
export interface AzureError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const error = (status: number, code: string, message: string): AzureError => ({ status, code, message });

export const FORBIDDEN = error(
  403,
  'AuthorizationFailed',
  "The client '00000000' with object id '00000000' does not have authorization to perform this action over the scope or the scope is invalid. If access was recently granted, please refresh your credentials.",
);

/** What any write may be refused with. */
const anyWrite: readonly AzureError[] = [
  error(403, 'RequestDisallowedByPolicy', "Resource 'x' was disallowed by policy. Policy identifiers: '[{}]'."),
  error(
    409,
    'ScopeLocked',
    "The scope 'x' cannot perform write operation because the following scope(s) are locked: 'x'. Please remove the lock and try again.",
  ),
  FORBIDDEN,
];

/** What a write of a type is refused with at once, for good. Sources: the providers' pages, some texts from memory. */
const refusals: Readonly<Record<string, readonly AzureError[]>> = {
  'resources/resourcegroups': [
    error(
      409,
      'InvalidResourceGroupLocation',
      "Invalid resource group location 'canadacentral'. The Resource group already exists in location 'westeurope'.",
    ),
    error(
      409,
      'ReadOnlyDisabledSubscription',
      'The subscription is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.',
    ),
  ],
  'keyvault/vaults': [
    error(409, 'VaultAlreadyExists', "The vault name 'x' is already in use. Vault names are globally unique."),
    error(
      409,
      'ConflictError',
      'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.',
    ),
    error(400, 'VaultNameNotValid', "The vault name 'x' is invalid."),
  ],
  'containerregistry/registries': [error(409, 'AlreadyInUse', 'The registry DNS name x.azurecr.io is already in use.')],
  'containerregistry/registries/importimage': [
    error(400, 'InvalidParameters', 'Operation failed. Error: manifest unknown: manifest for x is not found'),
  ],
  'storage/storageaccounts': [
    error(409, 'StorageAccountAlreadyTaken', 'The storage account named x is already taken.'),
    error(
      409,
      'MaxStorageAccountsCountPerSubscriptionExceeded',
      'Subscription already contains 250 storage accounts in the location and the maximum allowed is 250.',
    ),
    error(400, 'SkuNotAvailable', "The requested sku 'Standard_ZRS' is not available in location 'x'."),
  ],
  'containerservice/managedclusters': [
    error(400, 'AvailabilityZoneNotSupported', "The zone(s) '1' for resource 'nodepool1' is not supported."),
    error(
      400,
      'ErrCode_InsufficientVCPUQuota',
      'Insufficient vcpu quota requested 24, remaining 10 for family standardDSv2Family for region canadacentral.',
    ),
    error(400, 'BadRequest', "The VM size of Standard_DS4_v2 is not allowed in your subscription in location 'x'."),
    error(
      409,
      'OperationNotAllowed',
      'Operation could not be completed as it results in exceeding approved standardDSv2Family Cores quota.',
    ),
    error(400, 'K8sVersionNotSupported', 'Version 1.29.9 is not supported in this region.'),
    error(400, 'ManagedClusterCountExceedsQuotaLimit', 'The number of managed clusters exceeds the limit.'),
  ],
  'authorization/roleassignments': [
    error(
      400,
      'RoleAssignmentUpdateNotPermitted',
      'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
    ),
    error(400, 'RoleAssignmentLimitExceeded', 'No more role assignments can be created.'),
  ],
};

export const refusalsOf = (type: string): readonly AzureError[] => [...(refusals[type] ?? []), ...anyWrite];

/** What an operation that Azure had accepted ends with. */
export const operationFailures: Readonly<Record<string, readonly AzureError[]>> = {
  'keyvault/vaults': [error(500, 'InternalServerError', 'The vault could not be provisioned.')],
  'containerregistry/registries': [error(500, 'InternalServerError', 'The registry could not be provisioned.')],
  'containerregistry/registries/importimage': [
    error(400, 'InvalidParameters', 'Operation failed. Error copying blobs. Error: unexpected EOF'),
    error(400, 'InvalidParameters', 'Operation failed. Error: manifest unknown: manifest for x is not found'),
    error(403, 'Forbidden', 'The import is not allowed by the network rules or the export policy of the registry.'),
  ],
  'storage/storageaccounts': [
    error(409, 'StorageAccountAlreadyTaken', 'The storage account named x is already taken.'),
    error(500, 'InternalServerError', 'The server encountered an internal error.'),
  ],
  'containerservice/managedclusters': [
    error(409, 'AllocationFailed', 'Allocation failed. We do not have sufficient capacity for the requested VM size.'),
    error(409, 'ZonalAllocationFailed', 'Allocation failed. We do not have sufficient capacity in this zone.'),
    error(
      409,
      'OverconstrainedZonalAllocationRequest',
      'Allocation failed. VM(s) with these constraints cannot be allocated.',
    ),
    error(409, 'AksCapacityHeavyUsage', 'AKS is experiencing heavy usage in this region.'),
    error(400, 'PublicIPCountLimitReached', 'Cannot create more than 10 public IP addresses for this subscription.'),
    error(409, 'AKSOperationPreempted', 'The operation was preempted by another operation.'),
    error(400, 'CreateVMSSAgentPoolFailed', 'Creating the agent pool failed.'),
    error(400, 'VMExtensionProvisioningError', 'VM has reported a failure when processing extension vmssCSE.'),
    error(400, 'ReconcileStandardLoadBalancerError', 'Reconciling the standard load balancer failed.'),
  ],
};

/** How each provider says that it is busy with something else; the others do not. */
export const busyErrors: Readonly<Record<string, AzureError>> = {
  'resources/resourcegroups': error(
    409,
    'ResourceGroupBeingDeleted',
    "The resource group 'x' is in deprovisioning state and cannot perform this operation.",
  ),
  'keyvault/vaults': error(409, 'ConflictError', 'A concurrent operation on the same vault is in progress.'),
  'keyvault/vaults/accesspolicies': error(
    409,
    'ConflictError',
    'A concurrent operation on the same vault is in progress.',
  ),
  'keyvault/vaults/secrets': error(409, 'ConflictError', 'A concurrent operation on the same vault is in progress.'),
  'containerregistry/registries': error(409, 'Conflict', 'The registry x is being changed by another operation.'),
  'containerregistry/registries/importimage': error(409, 'Conflict', 'The registry x is still being created.'),
  'storage/storageaccounts': error(
    409,
    'StorageAccountOperationInProgress',
    'An operation is currently performing on this storage account that requires exclusive access.',
  ),
  'storage/storageaccounts/blobservices/containers': error(
    409,
    'ContainerOperationFailure',
    'The specified container is being deleted. Try operation later.',
  ),
  'containerservice/managedclusters': error(
    409,
    'OperationNotAllowed',
    'Operation is not allowed: Another operation (nodepool1 - Updating) is in progress, please wait for it to finish before starting a new operation.',
  ),
  'managedidentity/userassignedidentities/federatedidentitycredentials': error(
    409,
    'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
    "Too many Federated Identity Credentials are written concurrently for the managed identity 'x'.",
  ),
};

export const PRINCIPAL_NOT_FOUND = error(
  400,
  'PrincipalNotFound',
  'Principal x does not exist in the directory y. Check that you have the correct principal ID.',
);

export const DOCKER_HUB_LIMIT = error(
  400,
  'InvalidParameters',
  'Operation failed. Error copying blobs. Error: TOOMANYREQUESTS: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
);
