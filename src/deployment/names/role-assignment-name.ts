import { v5 } from 'uuid';

/** The AcrPull role. Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers#acrpull */
export const ACR_PULL_ROLE_ID = '7f951dda-4ed3-4680-a7ca-43fe172d538d';

/** The Key Vault Secrets User role. Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security#key-vault-secrets-user */
export const SECRETS_USER_ROLE_ID = '4633458b-17de-408a-b874-0445c86b69e6';

/** The Storage Blob Data Contributor role. Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage#storage-blob-data-contributor */
export const BLOB_DATA_CONTRIBUTOR_ROLE_ID = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';

/** The Network Contributor role. Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/networking#network-contributor */
export const NETWORK_CONTRIBUTOR_ROLE_ID = '4d97b98b-1d4f-4787-a291-c67834d212e7';

/** A namespace of our own for {@link roleAssignmentName}; never to be changed. */
const NAMESPACE = '0b6c4a52-6a5b-5a5e-9d3f-8f0f5d0c7f11';

/** The name of a role assignment: a v5 UUID of scope, principal and role, so that a repeated create is the same assignment. */
export const roleAssignmentName = (scope: string, principalId: string, roleId: string): string =>
  v5(`${scope}|${principalId}|${roleId}`.toLowerCase(), NAMESPACE);
