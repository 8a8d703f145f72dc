import { SUBSCRIPTION } from '../../arm/route.ts';
import { declareService } from '../../http/service-declaration.ts';
import { ACCOUNT_PATH } from './accounts.ts';

const PROVIDER = `${SUBSCRIPTION}/providers/Microsoft.Storage`;
const CONTAINERS = `${ACCOUNT_PATH}/blobServices/default/containers`;

/** Storage accounts, their keys, blob containers through Resource Manager. */
export const STORAGE_COVERAGE = declareService({
  title: 'Storage accounts',
  namespace: 'Microsoft.Storage',
  about:
    'Accounts, their two keys, and blob containers. A new account is created the old way: 202 with nothing in it, and the account is not there until it is done.',
  shape: 'standard',
  errors: {
    AccountNameInvalid: {
      status: 400,
      to: 'an account’s name that breaks the rules',
      seen: 'MicrosoftDocs/azure-docs#48724',
    },
    MissingRequiredAccountProperty: {
      status: 400,
      to: 'a body without SKU or kind, or a BlobStorage account without access tier',
      seen: 'Azure/bicep-types-az#2115',
    },
    InvalidValuesForRequestParameters: {
      status: 400,
      to: 'a kind or SKU that there is not, a pair of them that do not go together, another kind than the account has, a key that there is not',
      seen: 'hashicorp/terraform-provider-azurerm#8089',
    },
    InvalidRequestPropertyValue: {
      status: 400,
      to: 'a value that a property does not have',
      seen: 'Azure/ResourceModules#535',
    },
    AccountPropertyCannotBeUpdated: {
      status: 400,
      to: 'another isHnsEnabled than the account has',
      seen: 'jenkins-infra/azure#125',
    },
    SkuNotAvailable: { status: 400, to: 'redundancy across zones in a region without them' },
    StorageAccountTypeConversionNotAllowed: {
      status: 409,
      to: 'a change between redundancy across zones and none',
      seen: 'hashicorp/terraform-provider-azurerm#6526',
    },
    StorageAccountAlreadyTaken: {
      status: 409,
      to: 'a name that somebody else has',
      seen: 'hashicorp/terraform#11485',
    },
    StorageAccountAlreadyExists: { status: 409, to: 'a name that the subscription has in another group' },
    StorageAccountOperationInProgress: {
      status: 409,
      to: 'a second creation while the first is under way',
      seen: 'hashicorp/terraform-provider-azurerm#29351',
    },
    InvalidResourceName: { status: 400, to: 'a container’s name that breaks the rules' },
    PublicAccessNotPermitted: {
      status: 409,
      to: 'a public container in an account that allows none',
      seen: 'Azure/azure-rest-api-specs#11331',
    },
    ContainerNotFound: { status: 404, to: 'a container that is not there' },
    ContainerOperationFailure: {
      status: 409,
      to: 'the name of a container that was deleted just now',
      seen: 'Azure/azure-rest-api-specs#30456',
    },
  },
  operations: [
    {
      route: `PUT ${ACCOUNT_PATH}`,
      does: 'creates an account; updates it at once',
      longRunning: 'location',
      refuses: [
        'AccountNameInvalid',
        'MissingRequiredAccountProperty',
        'InvalidValuesForRequestParameters',
        'InvalidRequestPropertyValue',
        'AccountPropertyCannotBeUpdated',
        'SkuNotAvailable',
        'StorageAccountTypeConversionNotAllowed',
        'StorageAccountAlreadyTaken',
        'StorageAccountAlreadyExists',
        'StorageAccountOperationInProgress',
      ],
    },
    {
      route: `PATCH ${ACCOUNT_PATH}`,
      does: 'changes an account',
      refuses: [
        'InvalidValuesForRequestParameters',
        'InvalidRequestPropertyValue',
        'AccountPropertyCannotBeUpdated',
        'StorageAccountTypeConversionNotAllowed',
      ],
    },
    { route: `GET ${ACCOUNT_PATH}`, does: 'reads an account' },
    { route: `DELETE ${ACCOUNT_PATH}`, does: 'deletes it' },
    { route: `GET ${PROVIDER}/locations/{location}/asyncoperations/{operation}`, does: 'follows a creation' },
    { route: `POST ${ACCOUNT_PATH}/listKeys`, does: 'gives the keys' },
    {
      route: `POST ${ACCOUNT_PATH}/regenerateKey`,
      does: 'replaces a key',
      refuses: ['InvalidValuesForRequestParameters'],
    },
    {
      route: `POST ${PROVIDER}/checkNameAvailability`,
      does: 'says whether a name is free',
      refuses: ['InvalidValuesForRequestParameters'],
    },
    { route: `GET ${ACCOUNT_PATH.replace('/{account}', '')}`, does: 'lists those of a resource group' },
    { route: `GET ${PROVIDER}/storageAccounts`, does: 'lists those of the subscription' },
    {
      route: `PUT ${CONTAINERS}/{container}`,
      does: 'creates or updates a container',
      refuses: ['InvalidResourceName', 'PublicAccessNotPermitted', 'ContainerOperationFailure'],
    },
    {
      route: `PATCH ${CONTAINERS}/{container}`,
      does: 'changes a container',
      refuses: ['InvalidResourceName', 'PublicAccessNotPermitted', 'ContainerNotFound'],
    },
    { route: `GET ${CONTAINERS}/{container}`, does: 'reads a container', refuses: ['ContainerNotFound'] },
    { route: `DELETE ${CONTAINERS}/{container}`, does: 'deletes it' },
    { route: `GET ${CONTAINERS}`, does: 'lists the containers of an account' },
  ],
  differences: [
    'Unknown properties are ignored, and so are the rules inside networkAcls.',
    'InvalidResourceName and ContainerNotFound are the blob service’s own codes; that Resource Manager passes them on, as it does PublicAccessNotPermitted, could not be verified.',
    'Tag names may have 512 characters here; in Azure those of a storage account may have 128.',
    'Values of the wrong type are refused as InvalidRequestContent; the provider’s own words for them could not be found out.',
  ],
});

const CONTAINER = 'https://{account}.blob.core.windows.net/{container}';
const COMMON_CODES = 'https://learn.microsoft.com/en-us/rest/api/storageservices/common-rest-api-error-codes';
const BLOB_CODES = 'https://learn.microsoft.com/en-us/rest/api/storageservices/blob-service-error-codes';

const ANY = [
  'InvalidHeaderValue',
  'AuthenticationFailed',
  'KeyBasedAuthenticationNotPermitted',
  'NoAuthenticationInformation',
  'InvalidAuthenticationInfo',
  'AuthorizationPermissionMismatch',
  'InvalidResourceName',
] as const;

/** An account's own endpoint for blobs. */
export const BLOB_COVERAGE = declareService({
  title: 'Containers of a storage account',
  about:
    'The blob endpoint of each account, for containers: the same ones that Resource Manager shows. Takes the account’s keys, in the signature of versions from 2015-02-21 on, or a token and a role. The code is in the header x-ms-error-code too. An account that is not there cannot be connected to.',
  shape: 'xml',
  errors: {
    InvalidHeaderValue: {
      status: 400,
      to: 'an x-ms-version that is missing or older than 2015-02-21, or an unknown public access',
      seen: COMMON_CODES,
    },
    InvalidResourceName: {
      status: 400,
      to: 'a name that breaks the rules',
      seen: 'Azure/azure-cli#12496',
    },
    NoAuthenticationInformation: {
      status: 401,
      to: 'a request without signature and token, with the challenge',
      seen: COMMON_CODES,
    },
    InvalidAuthenticationInfo: {
      status: 401,
      to: 'a token that is garbled, has expired or is for another service',
      seen: 'Azure/AzureStor#119',
    },
    AuthenticationFailed: {
      status: 403,
      to: 'a signature that is wrong or for another account, or a date that is more than a quarter of an hour off',
      seen: COMMON_CODES,
    },
    KeyBasedAuthenticationNotPermitted: {
      status: 403,
      to: 'a signature in an account that takes no keys',
      seen: 'Azure/AI-Landing-Zones#64',
    },
    AuthorizationPermissionMismatch: {
      status: 403,
      to: 'a caller whose roles do not allow it',
      seen: 'microsoft/AzureStorageExplorer#5490',
    },
    ContainerNotFound: { status: 404, to: 'a container that is not there', seen: BLOB_CODES },
    UnsupportedHttpVerb: { status: 405, to: 'anything else that the endpoint has in Azure', seen: COMMON_CODES },
    PublicAccessNotPermitted: {
      status: 409,
      to: 'a public container in an account that allows none',
      seen: 'pivotal/paving#89',
    },
    ContainerAlreadyExists: { status: 409, to: 'the name of a container that is there', seen: BLOB_CODES },
    ContainerBeingDeleted: {
      status: 409,
      to: 'the name of a container that was deleted just now',
      seen: BLOB_CODES,
    },
  },
  operations: [
    {
      route: `PUT ${CONTAINER}`,
      does: 'creates a container',
      refuses: [...ANY, 'PublicAccessNotPermitted', 'ContainerAlreadyExists', 'ContainerBeingDeleted'],
    },
    { route: `GET ${CONTAINER}`, does: 'gives its properties', refuses: [...ANY, 'ContainerNotFound'] },
    { route: `HEAD ${CONTAINER}`, does: 'does the same', refuses: [...ANY, 'ContainerNotFound'] },
    {
      route: `DELETE ${CONTAINER}`,
      does: 'deletes it; the name is free again after a while',
      refuses: [...ANY, 'ContainerNotFound'],
    },
  ],
  elsewhere: ['UnsupportedHttpVerb'],
  differences: [
    'Blobs, lists, leases, metadata after the creation and shared access signatures do not exist.',
    'Which versions there are is not known: any date from 2015-02-21 on is one.',
    'Anonymous requests get the challenge, whatever the container’s public access.',
  ],
});
