import { declareService } from '../http/service-declaration.ts';

/** What Resource Manager answers in front of every provider. */
export const RESOURCE_MANAGER_COVERAGE = declareService({
  title: 'Resource Manager itself',
  about:
    'Checks what is the same for every type before the provider sees the request: the token and its roles, the URL, the api-version, the media type, the envelope of the body, the resource group, the registration of the provider. Errors of this table may come from any operation, always in the standard shape.',
  shape: 'standard',
  errors: {
    AuthenticationFailed: {
      status: 401,
      to: 'a request without a token',
      seen: 'hashicorp/terraform-provider-azurerm#3612',
    },
    InvalidAuthenticationToken: { status: 401, to: 'a token that is garbled' },
    ExpiredAuthenticationToken: {
      status: 401,
      to: 'a token that has expired',
      seen: 'microsoft/vscode-azureappservice#2483',
    },
    InvalidAuthenticationTokenAudience: {
      status: 401,
      to: 'a token for another service or cloud',
      seen: 'JetBrains/azure-tools-for-intellij#16',
    },
    AuthorizationFailed: {
      status: 403,
      to: 'a caller whose roles do not allow the action on the scope',
      seen: 'cloudquery/cloudquery#16133',
    },
    LinkedAuthorizationFailed: {
      status: 403,
      to: 'a subnet that the caller may not join, or that is not there',
      seen: 'microsoft/planetary-computer-hub#25',
    },
    InvalidSubscriptionId: { status: 400, to: 'a subscription id that is no GUID', seen: 'Azure/apiops#460' },
    SubscriptionNotFound: {
      status: 404,
      to: 'a subscription that the simulator does not know',
      seen: 'Azure/azure-cli#33657',
    },
    SubscriptionRequestsThrottled: {
      status: 429,
      to: 'too many reads, writes or deletions in a short time, with Retry-After',
      seen: 'MicrosoftDocs/azure-docs#105248',
    },
    MissingApiVersionParameter: { status: 400, to: 'a URL without api-version', seen: 'Azure/azure-sdk-for-go#22571' },
    InvalidApiVersionParameter: {
      status: 400,
      to: 'an api-version of the wrong form, or one that Microsoft.Resources does not have',
      seen: 'hashicorp/vault-plugin-secrets-azure#13',
    },
    NoRegisteredProviderFound: {
      status: 400,
      to: 'an api-version that the resource type does not have, or vCPU quotas of a location that there is not',
      seen: 'Azure/azure-cli#4050',
    },
    InvalidResourceNamespace: {
      status: 404,
      to: 'a provider that there is not',
      seen: 'JulianHayward/Azure-MG-Sub-Governance-Reporting#52',
    },
    InvalidResourceType: {
      status: 404,
      to: 'a resource type that the provider does not have',
      seen: 'cloudquery/cloudquery#6629',
    },
    NotFound: { status: 404, to: 'any other path that nothing serves, or an operation that is not known' },
    MethodNotAllowed: {
      status: 405,
      to: 'a method that a known path does not have',
      seen: 'Azure/azure-rest-api-specs#8320',
    },
    BadRequest: {
      status: 400,
      to: 'a URL with broken escapes, or a provisioningState that is not the one that the resource has',
    },
    RequestEntityTooLarge: { status: 413, to: 'a body over 4 MB' },
    UnsupportedMediaType: {
      status: 415,
      to: 'a body that does not come as application/json',
      seen: 'https://github.com/Azure/ARO-RP/blob/master/pkg/frontend/middleware/body.go',
    },
    InvalidRequestContent: {
      status: 400,
      to: 'a body that is missing, is not JSON, is not an object, has a member that no resource has, or lacks or mistypes what the provider has no error of its own for',
      seen: 'Azure/azure-sdk-for-net#3487',
    },
    TagsLimitExceeded: { status: 400, to: 'more than 50 tags' },
    InvalidTagNameCharacters: { status: 400, to: 'tag names with < > % & \\ ? /, or empty' },
    TagLengthExceeded: { status: 400, to: 'tag names over 512 characters, values over 256' },
    InvalidResourceGroup: {
      status: 400,
      to: 'a resource group’s name with other characters than letters, digits and - . ( ) _, too long, or ending with a period',
      seen: 'Azure/azure-cli#14481',
    },
    RequestDisallowedByPolicy: {
      status: 403,
      to: 'a PUT or PATCH that a policy of the settings denies',
      seen: 'Azure/azure-cli#8058',
    },
    ResourceGroupNotFound: {
      status: 404,
      to: 'a resource group that is not there',
      seen: 'pulumi/pulumi#3891',
    },
    ResourceGroupBeingDeleted: {
      status: 409,
      to: 'a write into a resource group that is being deleted',
      seen: 'Azure/azure-cli#28679',
    },
    ScopeLocked: {
      status: 409,
      to: 'what a management lock on the resource, above it, or of a deletion below it, forbids',
      seen: 'Azure/azure-cli#20232',
    },
    MissingSubscriptionRegistration: {
      status: 409,
      to: 'anything but a read, where the provider is not registered in the subscription',
      seen: 'nforgeio/neonKUBE#1670',
    },
    LocationRequired: { status: 400, to: 'a PUT of a tracked resource without location', seen: 'Azure/bicep#2311' },
    LocationNotAvailableForResourceType: {
      status: 400,
      to: 'a location that there is not',
      seen: 'Azure/azure-rest-api-specs#8577',
    },
    InvalidResourceLocation: {
      status: 409,
      to: 'a PUT with another location than the resource has',
      seen: 'Azure/azure-service-operator#784',
    },
    ResourceNotFound: {
      status: 404,
      to: 'a resource that is not there',
      seen: 'banzaicloud/pipeline#1194',
    },
    ParentResourceNotFound: {
      status: 404,
      to: 'a write of a child whose parent is not there',
      seen: 'Azure-Samples/apptemplate-wordpress-on-aca#7',
    },
  },
  operations: [],
  differences: [
    'A simulator is one cloud of Azure (`--cloud`): the hosts of the others cannot be connected to, where in reality they would answer and refuse.',
    'Management groups, deployments (templates) and moves do not exist.',
    'A number or a flag where text belongs is refused; Resource Manager may read it as text instead.',
    'The members id, name and type of a body are ignored, even where they contradict the URL.',
    'Each provider knows fewer api-versions than in Azure, and answers all of them alike unless this page says otherwise.',
    'The providers’ own throttling is missing, and so is the delay until a new role is effective.',
  ],
});
