import type { ErrorClass } from '../../deployment/driver/step.ts';
import type { AzureFailure } from './azure-failure.ts';
import { connectionErrorOf, isConnectionError } from './connection-errors.ts';

/** One row of the table: which failures, their class, and what a person can do. The first row that matches decides. */
interface Rule {
  readonly code?: RegExp;
  readonly message?: RegExp;
  readonly status?: readonly number[];
  readonly class: ErrorClass;
  readonly remedy?: string;
}

const THROTTLED =
  'Too many requests are sent to this subscription: wait, or let fewer deployments run at once (MAX_RUNNING_DEPLOYMENTS).';
const BUSY = 'Another operation holds the resource: wait for its end, then send the same request again.';
const DOWN = 'Azure did not recover in time: check https://azure.status.microsoft, then send the same request again.';
const CAPACITY =
  'Azure has no room for this VM size there now: try later. To choose another `cluster.nodeVmSize`, `cluster.zones` or `location`, delete the failed cluster first (az aks delete) or give another `clusterName`.';

/**
 * The one place that decides what is transient and what is permanent. Codes alone do not do: AKS and Compute both say OperationNotAllowed, once for
 * "busy" and once for a quota, and Key Vault says ConflictError for "busy" and for a soft-deleted vault.
 * Sources: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors and the providers' own pages.
 */
const rules: readonly Rule[] = [
  {
    message: /toomanyrequests|pull rate limit/i,
    class: 'external-limit',
    remedy:
      "Docker Hub's limit for anonymous pulls is shared by strangers; wait, or name a mirror of the image in `images`.",
  },
  {
    code: /^(AnswerTooLarge|AnswerTooDeep|AnswerTooLong|ListTooLong)$/,
    class: 'permanent',
    remedy:
      'Azure sent more than the service takes (docs/limits.md has the limits): find out by the correlation id what answered so, and whether a proxy stands between.',
  },
  {
    code: /^(UnexpectedAnswer|Unknown)$/,
    class: 'crash',
    remedy:
      'Azure answered in a way that the service does not understand: its log and the correlation id help to find out why.',
  },
  { status: [429], class: 'throttle', remedy: THROTTLED },
  { code: /^(SubscriptionRequestsThrottled|TooManyRequests|Throttled)$/, class: 'throttle', remedy: THROTTLED },
  {
    code: /^MissingSubscriptionRegistration$/,
    class: 'busy',
    remedy: 'Register the resource provider that the message names: az provider register --namespace …',
  },
  {
    code: /^OperationNotAllowed$/,
    message: /quota|exceeding approved/i,
    class: 'permanent',
    remedy:
      'Ask for a higher quota of the VM family in this location, or choose another `cluster.nodeVmSize` or `cluster.nodeCount`.',
  },
  {
    code: /^(OperationNotAllowed|AnotherOperationInProgress)$/,
    message: /in progress|another operation|pending/i,
    class: 'busy',
    remedy: BUSY,
  },
  {
    code: /^ConflictError$/,
    message: /deleted state|soft.?delete/i,
    class: 'permanent',
    remedy: 'A vault of this name is soft-deleted elsewhere: recover or purge it, or choose another `keyVaultName`.',
  },
  { code: /^ConflictError$/, class: 'busy', remedy: BUSY },
  {
    code: /^Conflict$/,
    message: /another operation|in progress|being changed|being created|being updated|concurrent/i,
    class: 'busy',
    remedy: BUSY,
  },
  {
    code: /^Conflict$/,
    message: /deleted but recoverable/i,
    class: 'permanent',
    remedy:
      'Recover the secret in the vault (az keyvault secret recover), or purge it, then send the same request again.',
  },
  {
    code: /^(ResourceGroupBeingDeleted|StorageAccountOperationInProgress|ContainerBeingDeleted|ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity)$/,
    class: 'busy',
    remedy: BUSY,
  },
  { code: /^ContainerOperationFailure$/, message: /being deleted/i, class: 'busy', remedy: BUSY },
  {
    code: /^(PrincipalNotFound|SecretRecovering|ResourceGroupNotFound|ParentResourceNotFound)$/,
    class: 'replication',
    remedy:
      'What the step builds on did not appear in Azure: see whether somebody deletes it, then send the same request again.',
  },
  {
    code: /^(AllocationFailed|ZonalAllocationFailed|OverconstrainedZonalAllocationRequest|AksCapacityHeavyUsage)$/,
    class: 'capacity',
    remedy: CAPACITY,
  },
  {
    code: /^(AuthorizationFailed|LinkedAuthorizationFailed)$/,
    class: 'permanent',
    remedy:
      'Give the identity of the service the roles of docs/permissions.md (or Contributor and Role Based Access Control Administrator) on the resource group or subscription, then send the same request again.',
  },
  {
    code: /^(VaultAlreadyExists|AlreadyInUse|StorageAccountAlreadyTaken|StorageAccountAlreadyExists)$/,
    class: 'permanent',
    remedy:
      'The name is taken, and it must be unique in all of Azure: choose another `keyVaultName`, `registryName` or `storageAccountName`.',
  },
  {
    code: /Quota|ExceedsQuotaLimit|LimitReached|LimitExceeded/i,
    class: 'permanent',
    remedy:
      'Ask for a higher quota (https://aka.ms/azure-quotas), or choose another `cluster.nodeVmSize`, `cluster.nodeCount` or `location`.',
  },
  {
    code: /^(AvailabilityZoneNotSupported|ZonesNotSupported)$/,
    class: 'permanent',
    remedy: 'Choose `cluster.zones` from those that the message names, or [] for none.',
  },
  {
    code: /^(VMSizeNotSupported|SkuNotAvailable)$/,
    class: 'permanent',
    remedy: 'Choose another `cluster.nodeVmSize` or `location`.',
  },
  {
    code: /K8sVersionNotSupported/,
    class: 'permanent',
    remedy: 'Leave `cluster.kubernetesVersion` out, or name one that the location supports.',
  },
  {
    code: /^(NoRegisteredProviderFound|InvalidApiVersionParameter|InvalidResourceType)$/,
    class: 'permanent',
    remedy:
      'Compare with what the message lists: choose another `location`, or set AZURE_API_VERSIONS of the service to a version that this cloud has (docs/clouds.md).',
  },
  {
    code: /^(LocationNotAvailableForResourceType|LocationNotAvailableForResourceGroup|RegionNotSupported|InvalidLocation)$/,
    class: 'permanent',
    remedy: 'Choose another `location`.',
  },
  {
    code: /^(InvalidResourceGroupLocation|InvalidResourceLocation|ImmutableDifference)$/,
    class: 'permanent',
    remedy:
      'What exists cannot be changed in this way: use its values in the request, other names, or delete it first.',
  },
  {
    code: /^RequestDisallowedByPolicy$/,
    class: 'permanent',
    remedy: "A policy of the organisation forbids it: change the request, or ask the policy's owner for an exemption.",
  },
  {
    code: /^(SubscriptionNotFound|InvalidSubscriptionId)$/,
    class: 'permanent',
    remedy:
      'Check `subscriptionId`, that the identity of the service can see the subscription, and that AZURE_CLOUD is the cloud that it is in.',
  },
  {
    code: /^ReadOnlyDisabledSubscription$/,
    class: 'permanent',
    remedy:
      'The subscription is disabled: choose another `subscriptionId`, or have its owner enable it again (https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-disabled).',
  },
  {
    code: /^RegistryCredentialUnreadable$/,
    class: 'permanent',
    remedy:
      'Let the identity of the service read the secret (the role Key Vault Secrets User, or an access policy with get), and tag it for its registry: az keyvault secret set-attributes --id … --tags airflow-on-aks-registry=<registry>',
  },
  {
    code: /^ExistingResourceUnusable$/,
    class: 'permanent',
    remedy: 'Correct the id in `existing`, or leave it out: then the deployment makes one of its own.',
  },
  {
    code: /^NotConsented$/,
    class: 'permanent',
    remedy:
      "Have the resource's owner consent: az tag update --resource-id <id> --operation merge --tags airflow-on-aks-allow=<deployment id>. Or choose another name, or send the request as a caller who also holds Deployments.All.",
  },
  {
    code: /^InsufficientPermissions$/,
    message: /permission model/i,
    class: 'permanent',
    remedy:
      'To move a vault from access policies to RBAC takes the right to assign roles without a condition (Owner, User Access Administrator): let an administrator run az keyvault update --enable-rbac-authorization true, then send the same request again.',
  },
  {
    code: /^MethodNotAllowed$/,
    message: /DeletedVaultPurge/,
    class: 'permanent',
    remedy:
      'The vault has purge protection: nobody can purge it before its time has passed. Leave `purge` out; the same POST recovers the vault.',
  },
  {
    code: /^SourceDigestUnknown$/,
    class: 'permanent',
    remedy:
      'In the profile hardened images are imported by digest: correct `source` in `images`, or name the digest there (registry/repository@sha256:…).',
  },
  {
    code: /^ScopeLocked$/,
    class: 'permanent',
    remedy: 'Have whoever set the lock remove it: az lock list shows it, az lock delete removes it.',
  },
  {
    code: /^OwnerTagChanged$/,
    class: 'permanent',
    remedy: "Send the same DELETE again: it finds anew what is the deployment's own.",
  },
  {
    code: /^ResourceGroupInUse$/,
    class: 'permanent',
    remedy:
      'Wait for the end of the other deployment and send the same request again, or choose another `resourceGroupName`.',
  },
  {
    code: /^LockStillInForce$/,
    class: 'transient',
    remedy: 'Azure still holds to a lock that was removed: send DELETE again in some minutes.',
  },
  {
    code: /^(InvalidParameters|ImageNotFound)$/,
    message: /manifest unknown|not found|denied|unauthorized/i,
    class: 'permanent',
    remedy:
      'The source registry does not have this image, or not for everyone: correct `source` in `images`, name credentials in `registryCredentials` (or see that they are right), or leave it out.',
  },
  {
    code: /^BadRequest$/,
    message: /VM size/i,
    class: 'permanent',
    remedy: 'Choose another `cluster.nodeVmSize`, of those that the message names, or another `location`.',
  },
  {
    code: /^(InternalServerError|InternalOperationError|ServerTimeout|ServiceUnavailable|GatewayTimeout|AKSOperationPreempted)$/,
    class: 'transient',
    remedy: DOWN,
  },
  {
    code: /^ClusterNotReady$/,
    class: 'transient',
    remedy:
      "The cluster's API server did not answer as it should: see whether the cluster was stopped, then send the same request again.",
  },
  {
    code: /^ClusterAccessDenied$/,
    class: 'permanent',
    remedy:
      "The cluster's API server refuses the kubeconfig: see whether its local accounts were disabled or its API server restricted.",
  },
  { message: /error copying blobs|unexpected eof|connection reset/i, class: 'transient' },
  { status: [408, 412, 421, 425, 500, 502, 503, 504], class: 'transient', remedy: DOWN },
  {
    code: /^(InvalidAuthenticationTokenAudience|InvalidAuthenticationTokenTenant)$/,
    class: 'permanent',
    remedy:
      'The token of the service is for another cloud or tenant: check AZURE_CLOUD and the tenant of `subscriptionId`.',
  },
  {
    code: /^(ExpiredAuthenticationToken|InvalidAuthenticationToken)$/,
    class: 'transient',
    remedy: 'Azure does not take the token of the service: check its identity and AZURE_CLOUD.',
  },
];

/** For what no row has a remedy of its own. */
const FALLBACK_REMEDY =
  "Look the code up in Azure's documentation (its support can find the request by the correlation id), put it right, then send the same request again: it goes on from what exists.";

const matches = (rule: Rule, { code, message, status }: AzureFailure): boolean =>
  (!rule.code || rule.code.test(code)) &&
  (!rule.message || rule.message.test(message)) &&
  (!rule.status || (status !== undefined && rule.status.includes(status)));

/** What is in no table of codes: a gateway's own status (520 to 530 and the like) passes, "not implemented" and "version not supported" do not. */
const passesByItself = (status: number | undefined): boolean =>
  status !== undefined && status >= 500 && status !== 501 && status !== 505;

/**
 * The class of a failure and what to do about it. A connection that broke is transient, whatever broke it; any other failure that no row knows is permanent.
 */
export const classifyFailure = (failure: AzureFailure): { readonly class: ErrorClass; readonly remedy: string } => {
  if (failure.unanswered || isConnectionError(failure.code)) {
    return { class: 'transient', remedy: connectionErrorOf(failure.code).remedy };
  }
  const rule = rules.find((candidate) => matches(candidate, failure));
  if (!rule && passesByItself(failure.status)) return { class: 'transient', remedy: DOWN };
  return { class: rule?.class ?? 'permanent', remedy: failure.remedy ?? rule?.remedy ?? FALLBACK_REMEDY };
};
