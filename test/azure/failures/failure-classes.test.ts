import { describe, expect, it } from 'vitest';
import { classifyFailure } from '../../../src/azure/failures/classify-failure.ts';
import type { ErrorClass } from '../../../src/deployment/driver/step.ts';

/** Failures that are one: their codes, what their messages may say, and what the remedy must speak of. */
interface Row {
  readonly codes: readonly string[];
  readonly messages?: readonly string[];
  readonly class: ErrorClass;
  readonly remedy: string;
}

const rows: readonly Row[] = [
  {
    codes: ['InvalidParameters', 'SomethingElse'],
    messages: ['TOOMANYREQUESTS: later', 'You reached your pull rate limit.'],
    class: 'external-limit',
    remedy: "Docker Hub's limit",
  },
  { codes: ['CredentialUnavailable'], class: 'transient', remedy: 'AZURE_CLIENT_ID' },
  {
    codes: ['AnswerTooLarge', 'AnswerTooDeep', 'AnswerTooLong', 'ListTooLong'],
    class: 'permanent',
    remedy: 'docs/limits.md',
  },
  { codes: ['UnexpectedAnswer', 'Unknown'], class: 'crash', remedy: 'correlation id' },
  {
    codes: ['SubscriptionRequestsThrottled', 'TooManyRequests', 'Throttled'],
    class: 'throttle',
    remedy: 'MAX_RUNNING_DEPLOYMENTS',
  },
  { codes: ['MissingSubscriptionRegistration'], class: 'busy', remedy: 'az provider register' },
  {
    codes: ['OperationNotAllowed'],
    messages: ['The quota is used up', 'Operation results in exceeding approved cores'],
    class: 'permanent',
    remedy: 'quota of the VM family',
  },
  {
    codes: ['OperationNotAllowed', 'AnotherOperationInProgress'],
    messages: ['An upgrade is in progress', 'Another operation runs', 'It is pending'],
    class: 'busy',
    remedy: 'Another operation holds',
  },
  {
    codes: ['ConflictError'],
    messages: ['It is in deleted state', 'soft deleted', 'a soft-delete', 'softdeleted'],
    class: 'permanent',
    remedy: 'keyVaultName',
  },
  { codes: ['ConflictError'], class: 'busy', remedy: 'Another operation holds' },
  {
    codes: ['Conflict'],
    messages: [
      'another operation',
      'It is in progress',
      'It is being changed',
      'It is being created',
      'It is being updated',
      'a concurrent request',
    ],
    class: 'busy',
    remedy: 'Another operation holds',
  },
  {
    codes: ['Conflict'],
    messages: ['The secret is deleted but recoverable'],
    class: 'permanent',
    remedy: 'az keyvault secret recover',
  },
  {
    codes: [
      'ResourceGroupBeingDeleted',
      'StorageAccountOperationInProgress',
      'ContainerBeingDeleted',
      'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
    ],
    class: 'busy',
    remedy: 'Another operation holds',
  },
  {
    codes: ['ContainerOperationFailure'],
    messages: ['The container is being deleted'],
    class: 'busy',
    remedy: 'Another operation holds',
  },
  {
    codes: ['PrincipalNotFound', 'SecretRecovering', 'ResourceGroupNotFound', 'ParentResourceNotFound'],
    class: 'replication',
    remedy: 'send the same request again',
  },
  {
    codes: [
      'AllocationFailed',
      'ZonalAllocationFailed',
      'OverconstrainedZonalAllocationRequest',
      'AksCapacityHeavyUsage',
    ],
    class: 'capacity',
    remedy: 'no room for this VM size',
  },
  { codes: ['AuthorizationFailed', 'LinkedAuthorizationFailed'], class: 'permanent', remedy: 'docs/permissions.md' },
  {
    codes: ['VaultAlreadyExists', 'AlreadyInUse', 'StorageAccountAlreadyTaken', 'StorageAccountAlreadyExists'],
    class: 'permanent',
    remedy: 'storageAccountName',
  },
  { codes: ['AvailabilityZoneNotSupported', 'ZonesNotSupported'], class: 'permanent', remedy: 'cluster.zones' },
  { codes: ['VMSizeNotSupported', 'SkuNotAvailable'], class: 'permanent', remedy: 'another `cluster.nodeVmSize`' },
  {
    codes: ['NoRegisteredProviderFound', 'InvalidApiVersionParameter', 'InvalidResourceType'],
    class: 'permanent',
    remedy: 'AZURE_API_VERSIONS',
  },
  {
    codes: [
      'LocationNotAvailableForResourceType',
      'LocationNotAvailableForResourceGroup',
      'RegionNotSupported',
      'InvalidLocation',
    ],
    class: 'permanent',
    remedy: 'another `location`',
  },
  {
    codes: ['InvalidResourceGroupLocation', 'InvalidResourceLocation', 'ImmutableDifference'],
    class: 'permanent',
    remedy: 'delete',
  },
  { codes: ['RequestDisallowedByPolicy'], class: 'permanent', remedy: 'policy' },
  { codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'], class: 'permanent', remedy: 'subscriptionId' },
  { codes: ['ReadOnlyDisabledSubscription'], class: 'permanent', remedy: 'enable it again' },
  { codes: ['RegistryCredentialUnreadable'], class: 'permanent', remedy: 'az keyvault secret set-attributes' },
  { codes: ['ExistingResourceUnusable'], class: 'permanent', remedy: '`existing`' },
  {
    codes: ['InsufficientPermissions'],
    messages: ['to change the permission model'],
    class: 'permanent',
    remedy: 'az keyvault update',
  },
  { codes: ['MethodNotAllowed'], messages: ['DeletedVaultPurge'], class: 'permanent', remedy: 'purge protection' },
  { codes: ['SourceDigestUnknown'], class: 'permanent', remedy: '@sha256' },
  { codes: ['ScopeLocked'], class: 'permanent', remedy: 'az lock list' },
  { codes: ['ResourceGroupInUse'], class: 'permanent', remedy: 'resourceGroupName' },
  { codes: ['LockStillInForce'], class: 'transient', remedy: 'DELETE again' },
  {
    codes: ['InvalidParameters', 'ImageNotFound'],
    messages: ['manifest unknown', 'It was not found', 'denied', 'unauthorized'],
    class: 'permanent',
    remedy: 'registryCredentials',
  },
  { codes: ['BadRequest'], messages: ['The VM size is not there'], class: 'permanent', remedy: 'cluster.nodeVmSize' },
  {
    codes: [
      'InternalServerError',
      'InternalOperationError',
      'ServerTimeout',
      'ServiceUnavailable',
      'GatewayTimeout',
      'AKSOperationPreempted',
    ],
    class: 'transient',
    remedy: 'azure.status.microsoft',
  },
  { codes: ['ClusterNotReady'], class: 'transient', remedy: 'stopped' },
  { codes: ['ClusterAccessDenied'], class: 'permanent', remedy: 'kubeconfig' },
  {
    codes: [
      'ECONNREFUSED',
      'ECONNRESET',
      'ETIMEDOUT',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EPIPE',
      'REQUEST_SEND_ERROR',
      'RequestTimeout',
      'UND_ERR_SOCKET',
    ],
    class: 'transient',
    remedy: 'network',
  },
  {
    codes: ['InvalidAuthenticationTokenAudience', 'InvalidAuthenticationTokenTenant'],
    class: 'permanent',
    remedy: 'AZURE_CLOUD',
  },
  { codes: ['ExpiredAuthenticationToken', 'InvalidAuthenticationToken'], class: 'transient', remedy: 'identity' },
];

const FALLBACK = 'correlation id';
const UNKNOWN = { class: 'permanent', remedy: expect.stringContaining("Azure's documentation") };

const cases = rows.flatMap(({ codes, messages = [''], ...expected }) =>
  codes.flatMap((code) => messages.map((message) => ({ code, message, ...expected }))),
);

describe('a failure is classified by its code and message', () => {
  it.each(cases)('$code "$message" is $class', ({ code, message, class: expected, remedy }) => {
    expect(classifyFailure({ code, message })).toEqual({ class: expected, remedy: expect.stringContaining(remedy) });
    expect(classifyFailure({ code, message: message.toUpperCase() }).class).toBe(expected);
  });

  it.each(cases.filter(({ class: expected }) => expected !== 'external-limit'))(
    'a code that only contains $code is another one ("$message")',
    ({ code, message }) => {
      expect(classifyFailure({ code: `Other${code}`, message })).toEqual(UNKNOWN);
      expect(classifyFailure({ code: `${code}Other`, message })).toEqual(UNKNOWN);
    },
  );

  it.each([
    'OperationNotAllowed',
    'AnotherOperationInProgress',
    'Conflict',
    'ContainerOperationFailure',
    'InsufficientPermissions',
    'MethodNotAllowed',
    'InvalidParameters',
    'ImageNotFound',
    'BadRequest',
  ])('%s alone says too little', (code) => {
    expect(classifyFailure({ code, message: 'No.' })).toEqual(UNKNOWN);
  });
});

describe('a quota', () => {
  it.each([
    'ErrCode_InsufficientVCPUQuota',
    'QuotaExceeded',
    'quotaexceeded',
    'ExceedsQuotaLimit',
    'RoleAssignmentLimitReached',
    'RoleAssignmentLimitExceeded',
  ])('%s is permanent: it takes a higher one', (code) => {
    expect(classifyFailure({ code, message: '' })).toEqual({
      class: 'permanent',
      remedy: expect.stringContaining('https://aka.ms/azure-quotas'),
    });
  });
});

it.each(['K8sVersionNotSupported', 'ErrCode_K8sVersionNotSupported'])('%s: another version of Kubernetes', (code) => {
  expect(classifyFailure({ code, message: '' })).toEqual({
    class: 'permanent',
    remedy: expect.stringContaining('cluster.kubernetesVersion'),
  });
});

describe('a failure is classified by its status when nothing else is known', () => {
  it.each([408, 412, 421, 425, 500, 502, 503, 504, 507, 520, 529, 599])('%i passes', (status) => {
    expect(classifyFailure({ code: `HttpStatus${status}`, message: '', status })).toEqual({
      class: 'transient',
      remedy: expect.stringContaining('azure.status.microsoft'),
    });
  });

  it('429 is a throttle, whatever the code', () => {
    expect(classifyFailure({ code: 'InternalServerError', message: '', status: 429 })).toEqual({
      class: 'throttle',
      remedy: expect.stringContaining('MAX_RUNNING_DEPLOYMENTS'),
    });
  });

  it.each([400, 403, 404, 409, 501, 505, undefined])('%s is permanent', (status) => {
    expect(classifyFailure({ code: 'Other', message: '', status })).toEqual(UNKNOWN);
    expect(classifyFailure({ code: 'Other', message: '', status }).remedy).toContain(FALLBACK);
  });
});

it.each(['Error copying blobs', 'unexpected EOF', 'connection reset by peer'])(
  'an import that broke off ("%s") passes',
  (message) => {
    expect(classifyFailure({ code: 'Other', message }).class).toBe('transient');
  },
);
