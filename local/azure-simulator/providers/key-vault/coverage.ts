import { SUBSCRIPTION } from '../../arm/route.ts';
import { declareService } from '../../http/service-declaration.ts';
import { VAULT_VERSIONS } from './vault-versions.ts';
import { VAULT_PATH } from './vaults.ts';

const LOCATION = `${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/{location}`;

/** Vaults and their secrets through Resource Manager. */
export const KEY_VAULT_COVERAGE = declareService({
  title: 'Key vaults',
  namespace: 'Microsoft.KeyVault',
  about:
    'Vaults with access policies or RBAC, soft delete, recovery and purge. Names are global; a soft-deleted vault keeps its own. From api-version 2026-02-01 on, RBAC is the default.',
  shape: 'standard',
  errors: {
    ParameterNotSpecified: {
      status: 400,
      to: 'a body without a required property',
      seen: 'pulumi/pulumi-azure-native#1888',
    },
    BadRequest: {
      status: 400,
      to: 'a value of the wrong type, one that is not offered or out of range, or a change that cannot be undone or made',
      seen: 'Azure/azure-libraries-for-net#361',
    },
    BadParameter: { status: 400, to: 'a secret’s name that breaks the rules, or a value over 25 KB' },
    VaultNameNotValid: {
      status: 400,
      to: 'a vault’s name that breaks the rules',
      seen: 'cristianoag/microsoft-teams-apps-company-communicator#28',
    },
    VaultAlreadyExists: {
      status: 409,
      to: 'a name that is taken elsewhere, even by a deleted vault of another subscription',
      seen: 'Azure/azure-powershell#15115',
    },
    InsufficientPermissions: {
      status: 403,
      to: 'a change between access policies and RBAC by a caller who may not assign roles, or only under a condition',
      seen: 'Azure/bicep-types-az#2085',
    },
    ConflictError: {
      status: 409,
      to: 'the name of one’s own deleted vault, or of one that is being purged',
      seen: 'Azure/azure-cli#29115',
    },
    SoftDeletedVaultDoesNotExist: { status: 404, to: 'createMode recover where nothing can be recovered' },
    Conflict: {
      status: 409,
      to: 'the name of a deleted secret that can still be recovered',
      seen: 'Azure/azure-rest-api-specs#9222',
    },
    DeletedVaultNotFound: { status: 404, to: 'a deleted vault that is not there' },
    MethodNotAllowed: {
      status: 405,
      to: 'the purge of a vault with purge protection',
      seen: 'microsoft/AzureTRE#1446',
    },
  },
  operations: [
    {
      route: `PUT ${VAULT_PATH}`,
      does: 'creates, updates or recovers a vault; replaces its access policies',
      longRunning: 'provisioningState',
      refuses: [
        'ParameterNotSpecified',
        'BadRequest',
        'VaultNameNotValid',
        'VaultAlreadyExists',
        'ConflictError',
        'SoftDeletedVaultDoesNotExist',
        'InsufficientPermissions',
      ],
    },
    { route: `PATCH ${VAULT_PATH}`, does: 'changes a vault', refuses: ['BadRequest', 'InsufficientPermissions'] },
    { route: `GET ${VAULT_PATH}`, does: 'reads a vault' },
    { route: `DELETE ${VAULT_PATH}`, does: 'deletes it softly' },
    {
      route: `PUT ${VAULT_PATH}/accessPolicies/{kind}`,
      does: 'adds, replaces or removes access policies',
      refuses: ['ParameterNotSpecified', 'BadRequest'],
    },
    { route: `GET ${VAULT_PATH.replace('/{vault}', '')}`, does: 'lists those of a resource group' },
    { route: `GET ${SUBSCRIPTION}/providers/Microsoft.KeyVault/vaults`, does: 'lists those of the subscription' },
    {
      route: `POST ${SUBSCRIPTION}/providers/Microsoft.KeyVault/checkNameAvailability`,
      does: 'says whether a name is free',
      refuses: ['ParameterNotSpecified', 'BadRequest'],
    },
    {
      route: `PUT ${VAULT_PATH}/secrets/{secret}`,
      does: 'writes a new version of a secret',
      refuses: ['ParameterNotSpecified', 'BadRequest', 'BadParameter', 'Conflict'],
    },
    {
      route: `PATCH ${VAULT_PATH}/secrets/{secret}`,
      does: 'changes a secret',
      refuses: ['BadRequest', 'BadParameter'],
    },
    { route: `GET ${VAULT_PATH}/secrets/{secret}`, does: 'reads a secret, without its value' },
    { route: `GET ${VAULT_PATH}/secrets`, does: 'lists the secrets of a vault' },
    { route: `GET ${SUBSCRIPTION}/providers/Microsoft.KeyVault/deletedVaults`, does: 'lists the deleted vaults' },
    { route: `GET ${LOCATION}/deletedVaults/{vault}`, does: 'reads one', refuses: ['DeletedVaultNotFound'] },
    {
      route: `POST ${LOCATION}/deletedVaults/{vault}/purge`,
      does: 'purges one',
      longRunning: 'location',
      refuses: ['DeletedVaultNotFound', 'MethodNotAllowed'],
    },
    { route: `GET ${LOCATION}/operationResults/{operation}`, does: 'follows a purge' },
  ],
  differences: [
    'Unknown properties are ignored, and so are the rules inside networkAcls.',
    'Keys, certificates, managed HSMs and private endpoints do not exist.',
    'The limit of 1024 access policies is not enforced, and whether an objectId belongs to anybody is not checked.',
  ],
});

const SECRET = 'https://{vault}.vault.azure.net/secrets/{secret}';
const DELETED = 'https://{vault}.vault.azure.net/deletedsecrets/{secret}';
const ANY = ['Unauthorized', 'BadParameter', 'Forbidden'] as const;

/** A vault's own endpoint. */
export const VAULT_SECRETS_COVERAGE = declareService({
  title: 'Secrets in a vault',
  apiVersions: VAULT_VERSIONS,
  about:
    'The endpoint of each vault, for secrets. The first request of a client gets the challenge that says where tokens come from. Access policies or roles decide who may do what. A vault that is not there, or not in the DNS yet, cannot be connected to.',
  shape: 'standard',
  errors: {
    Unauthorized: {
      status: 401,
      to: 'a request without a token, with the challenge; a token that is garbled, has expired or is for another service',
      seen: 'Azure/azure-sdk-for-net#39216',
    },
    BadParameter: {
      status: 400,
      to: 'an api-version that is missing or unknown, a name that breaks the rules, a body that is no secret, a value over 25 KB',
      seen: 'aspnet/MicrosoftConfigurationBuilders#22',
    },
    Forbidden: {
      status: 403,
      to: 'a caller without the permission or role, a disabled secret, a purge under purge protection',
      seen: 'Azure/sap-automation#200',
    },
    SecretNotFound: { status: 404, to: 'a secret or version that is not there', seen: 'Azure/azure-sdk-for-js#25489' },
    NotFound: {
      status: 404,
      to: 'a path that the vault does not have, or a vault that goes while the request is on its way',
    },
    Conflict: {
      status: 409,
      to: 'the name of a deleted secret that can still be recovered',
      seen: 'Azure/azure-rest-api-specs#9222',
    },
  },
  operations: [
    {
      route: `PUT ${SECRET}`,
      does: 'writes a new version',
      refuses: [...ANY, 'Conflict'],
    },
    { route: `GET ${SECRET}`, does: 'reads the newest version', refuses: [...ANY, 'SecretNotFound'] },
    { route: `GET ${SECRET}/{version}`, does: 'reads one version', refuses: [...ANY, 'SecretNotFound'] },
    { route: `DELETE ${SECRET}`, does: 'deletes it softly', refuses: [...ANY, 'SecretNotFound'] },
    { route: 'GET https://{vault}.vault.azure.net/secrets', does: 'lists the secrets', refuses: [...ANY] },
    { route: 'GET https://{vault}.vault.azure.net/deletedsecrets', does: 'lists the deleted ones', refuses: [...ANY] },
    { route: `GET ${DELETED}`, does: 'reads a deleted one', refuses: [...ANY, 'SecretNotFound'] },
    { route: `DELETE ${DELETED}`, does: 'purges it', refuses: [...ANY, 'SecretNotFound'] },
    { route: `POST ${DELETED}/recover`, does: 'brings it back', refuses: [...ANY, 'SecretNotFound'] },
  ],
  elsewhere: ['NotFound'],
  differences: [
    'Deletion and recovery are immediate; in Azure they take some seconds.',
    'A secret’s exp and nbf are not kept, and the firewall does not close anything.',
    'Lists come in one page. PATCH, versions’ lists, backup and restore are missing.',
    'The media type of a body is not checked: what a vault answers to a wrong one could not be found out.',
  ],
});
