/** A role. Ids and actions of the built-in ones: learn.microsoft.com, built-in roles; only what the simulator needs of them. */
export interface RoleDefinition {
  readonly id: string;
  readonly name: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  /** Of a role that somebody made, which is a custom role by this. */
  readonly assignableScopes?: readonly string[];
  readonly description?: string;
}

const role = (
  id: string,
  name: string,
  actions: readonly string[],
  notActions: readonly string[] = [],
  dataActions: readonly string[] = [],
): RoleDefinition => ({ id, name, actions, notActions, dataActions });

const READ_ACCESS = ['Microsoft.Authorization/*/read', 'Microsoft.Resources/subscriptions/resourceGroups/read'];
const MANAGE_ACCESS = [
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/roleAssignments/delete',
  '*/read',
  'Microsoft.Support/*',
];
const SECRETS = 'Microsoft.KeyVault/vaults/secrets';

export const ROLE_DEFINITIONS: readonly RoleDefinition[] = [
  role('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner', ['*']),
  role(
    'b24988ac-6180-42a0-ab88-20f7382dd24c',
    'Contributor',
    ['*'],
    [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
    ],
  ),
  role('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', ['*/read']),
  role('f58310d9-a9f6-439a-9e8d-f62e7b41a168', 'Role Based Access Control Administrator', MANAGE_ACCESS),
  role('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator', [
    '*/read',
    'Microsoft.Authorization/*',
    'Microsoft.Support/*',
  ]),
  role('7f951dda-4ed3-4680-a7ca-43fe172d538d', 'AcrPull', ['Microsoft.ContainerRegistry/registries/pull/read']),
  role('8311e382-0749-4cb8-b61a-304f252e45ec', 'AcrPush', [
    'Microsoft.ContainerRegistry/registries/pull/read',
    'Microsoft.ContainerRegistry/registries/push/write',
  ]),
  role(
    'b93aa761-3e63-49ed-ac28-beffa264f7ac',
    'Container Registry Repository Reader',
    [],
    [],
    [
      'Microsoft.ContainerRegistry/registries/repositories/content/read',
      'Microsoft.ContainerRegistry/registries/repositories/metadata/read',
    ],
  ),
  role(
    'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    'Key Vault Secrets Officer',
    [...READ_ACCESS, 'Microsoft.KeyVault/*/read'],
    [],
    [`${SECRETS}/*`],
  ),
  role(
    '4633458b-17de-408a-b874-0445c86b69e6',
    'Key Vault Secrets User',
    [],
    [],
    [`${SECRETS}/getSecret/action`, `${SECRETS}/readMetadata/action`],
  ),
  role(
    '00482a5a-887f-4fb3-b363-3b7fe8e74483',
    'Key Vault Administrator',
    [...READ_ACCESS, 'Microsoft.KeyVault/*/read'],
    [],
    ['Microsoft.KeyVault/vaults/*'],
  ),
  role(
    'f25e0fa2-a7c8-4377-a976-54943a77a395',
    'Key Vault Contributor',
    [...READ_ACCESS, 'Microsoft.KeyVault/*'],
    ['Microsoft.KeyVault/locations/deletedVaults/purge/action'],
  ),
  role('e40ec5ca-96e0-45a2-b4ff-59039f2c2b59', 'Managed Identity Contributor', [
    ...READ_ACCESS,
    'Microsoft.ManagedIdentity/userAssignedIdentities/*',
  ]),
  role('17d1049b-9a84-46fb-8f53-869881c3d3ab', 'Storage Account Contributor', [
    ...READ_ACCESS,
    'Microsoft.Storage/storageAccounts/*',
  ]),
  role('ba92f5b4-2d11-453d-a403-e96b0029c9fe', 'Storage Blob Data Contributor', [
    'Microsoft.Storage/storageAccounts/blobServices/containers/read',
    'Microsoft.Storage/storageAccounts/blobServices/containers/write',
    'Microsoft.Storage/storageAccounts/blobServices/containers/delete',
  ]),
  role('4d97b98b-1d4f-4787-a291-c67834d212e7', 'Network Contributor', [...READ_ACCESS, 'Microsoft.Network/*']),
  role('ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8', 'Azure Kubernetes Service Contributor Role', [
    ...READ_ACCESS,
    'Microsoft.ContainerService/managedClusters/*',
    'Microsoft.ContainerService/locations/*',
  ]),
  role('4abbcc35-e782-43d8-92c5-2d3f1bd2253f', 'Azure Kubernetes Service Cluster User Role', [
    'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
    'Microsoft.ContainerService/managedClusters/read',
  ]),
];

/** Whether a role's actions allow one, with `*` for any text. */
export const allows = (definition: RoleDefinition, action: string): boolean =>
  definition.actions.some((pattern) => covers(pattern, action)) &&
  !definition.notActions.some((pattern) => covers(pattern, action));

export const allowsData = (definition: RoleDefinition, action: string): boolean =>
  definition.dataActions.some((pattern) => covers(pattern, action));

/** Whether a pattern stands for an action, or for any action of the same wording: `*` stands for any text, case does not count. Every part between stars is looked for once. */
export const covers = (pattern: string, action: string): boolean => {
  const text = action.toLowerCase();
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
};
