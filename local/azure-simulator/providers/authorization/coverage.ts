import { declareService } from '../../http/service-declaration.ts';

const PATH = '{scope}/providers/Microsoft.Authorization';

/** Role assignments, role definitions, the caller's permissions. */
export const AUTHORIZATION_COVERAGE = declareService({
  title: 'Roles',
  namespace: 'Microsoft.Authorization',
  about:
    'Role assignments on any existing scope, and the built-in roles that the tutorial’s resources need. What they allow is enforced, in Resource Manager, registries and vaults, conditions on who may assign which role to whom too. The control API gives the caller other roles, also some of one’s own: `POST /_simulator/caller`.',
  shape: 'standard',
  errors: {
    InvalidRoleAssignmentId: {
      status: 400,
      to: 'an assignment’s name that is no GUID',
      seen: 'Azure/azure-sdk-for-python#4621',
    },
    BadRequestFormat: {
      status: 400,
      to: 'a roleDefinitionId that is no resource id',
      seen: 'Azure/azure-cli#2458',
    },
    InvalidPrincipalId: { status: 400, to: 'a principal that is no GUID', seen: 'Azure/azure-powershell#16627' },
    PrincipalNotFound: {
      status: 400,
      to: 'a principal that the directory does not show yet, when no principalType is given',
      seen: 'Azure/avdaccelerator#76',
    },
    UnmatchedPrincipalType: {
      status: 400,
      to: 'another principalType than the principal has',
      seen: 'Azure/modern-web-app-pattern-dotnet#129',
    },
    RoleDefinitionDoesNotExist: {
      status: 404,
      to: 'a role that there is not',
      seen: 'pumasecurity/serverless-prey#23',
    },
    InvalidRoleDefinitionId: { status: 400, to: 'a custom role’s name that is no GUID' },
    InvalidActionOrNotAction: {
      status: 400,
      to: 'a custom role with an action that no provider has',
      seen: 'MicrosoftDocs/azure-docs#102571',
    },
    RoleDefinitionWithSameNameExists: {
      status: 409,
      to: 'a custom role that is called as another role is',
      seen: 'MicrosoftDocs/azure-docs#60446',
    },
    RoleAssignmentNotFound: { status: 404, to: 'an assignment that is not there' },
    RoleAssignmentExists: {
      status: 409,
      to: 'the same role for the same principal on the same scope under another name',
      seen: 'Azure/azure-cli#8599',
    },
    RoleAssignmentUpdateNotPermitted: {
      status: 400,
      to: 'another role or principal under the name of an assignment that exists',
      seen: 'Azure/Azure-Landing-Zones#2040',
    },
    InvalidCondition: {
      status: 400,
      to: 'a condition that is not understood, or of another version than 2.0',
      seen: 'MicrosoftDocs/azure-docs#119449',
    },
    UnsupportedQuery: { status: 400, to: 'a $filter that is not understood' },
  },
  operations: [
    {
      route: `PUT ${PATH}/roleAssignments/{assignment}`,
      does: 'assigns a role; an identical repeat changes nothing',
      refuses: [
        'InvalidRoleAssignmentId',
        'BadRequestFormat',
        'InvalidPrincipalId',
        'PrincipalNotFound',
        'UnmatchedPrincipalType',
        'RoleDefinitionDoesNotExist',
        'InvalidCondition',
        'RoleAssignmentExists',
        'RoleAssignmentUpdateNotPermitted',
      ],
    },
    { route: `DELETE ${PATH}/roleAssignments/{assignment}`, does: 'takes it away' },
    {
      route: `GET ${PATH}/roleAssignments/{assignment}`,
      does: 'reads an assignment',
      refuses: ['RoleAssignmentNotFound'],
    },
    {
      route: `GET ${PATH}/roleAssignments`,
      does: 'lists those at, above and below a scope',
      refuses: ['UnsupportedQuery'],
    },
    {
      route: `PUT ${PATH}/roleDefinitions/{definition}`,
      does: 'makes a custom role, or changes one',
      refuses: ['InvalidRoleDefinitionId', 'InvalidActionOrNotAction', 'RoleDefinitionWithSameNameExists'],
    },
    {
      route: `GET ${PATH}/roleDefinitions/{definition}`,
      does: 'reads a role',
      refuses: ['RoleDefinitionDoesNotExist'],
    },
    {
      route: `GET ${PATH}/roleDefinitions`,
      does: 'lists them, by roleName if asked',
      refuses: ['UnsupportedQuery'],
    },
    { route: `GET ${PATH}/permissions`, does: 'says what the caller may do on a scope' },
  ],
  differences: [
    'A custom role has one set of permissions, and its actions must be some that the simulator asks for. Where it may be assigned is not checked, and it cannot be deleted. Deny assignments do not exist.',
    'Of conditions only those that limit role assignments are understood: ActionMatches, the role, principal and principalType of an assignment, and three operators; all others are refused.',
    'A role is effective at once; Azure may take ten minutes.',
    'The limit of assignments per subscription is not enforced.',
  ],
});

/** Management locks. */
export const LOCKS_COVERAGE = declareService({
  title: 'Locks',
  namespace: 'Microsoft.Authorization',
  about:
    'Management locks on subscriptions, resource groups and resources. Resource Manager refuses what they forbid, as ScopeLocked: under CanNotDelete every deletion, under ReadOnly every change and every POST that is no question, on what is locked and on all below it; a deletion of what holds something locked, too.',
  shape: 'standard',
  errors: {
    InvalidLockName: { status: 400, to: 'a name with other characters than letters, digits and - . ( ) _' },
    LockNotFound: { status: 404, to: 'a lock that is not there' },
    InvalidFilterInQueryString: { status: 400, to: 'a $filter that is not understood' },
  },
  operations: [
    { route: `PUT ${PATH}/locks/{lock}`, does: 'creates a lock, or changes it', refuses: ['InvalidLockName'] },
    { route: `DELETE ${PATH}/locks/{lock}`, does: 'removes it' },
    { route: `GET ${PATH}/locks/{lock}`, does: 'reads a lock', refuses: ['LockNotFound'] },
    {
      route: `GET ${PATH}/locks`,
      does: 'lists those at, above and below a scope; with atScope() those at and above',
      refuses: ['InvalidFilterInQueryString'],
    },
  ],
  differences: [
    'A lock holds at once and is gone at once; Azure takes some seconds for both (Azure/ResourceModules#1616).',
    'Locks of management groups, and owners of locks, do not exist.',
  ],
});
