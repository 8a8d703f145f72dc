// What the service may do in a subscription that it deploys into: a custom role of exactly the actions that its requests take, and the right to assign
// the named roles to service principals and no others. docs/permissions.md explains both.

targetScope = 'subscription'

@description('Object id of the identity that the service runs as.')
param principalId string

@description('The GUIDs of the roles that the service may assign. AcrPull alone is the default; docs/permissions.md says what takes which other.')
@minLength(1)
param assignableRoleIds array = [
  '7f951dda-4ed3-4680-a7ca-43fe172d538d'
]

@description('Whether the service may set locks, and remove them: its own, and by the same right any other.')
param mayLock bool = false

var deployer = loadJsonContent('../roles/deployer.json')

var lockActions = [
  'Microsoft.Authorization/locks/delete'
  'Microsoft.Authorization/locks/write'
]

// learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples, "Constrain roles and principal types"
var condition = replace(
  loadTextContent('../roles/assign-roles-condition.txt'),
  'ROLE_IDS',
  join(assignableRoleIds, ', ')
)

// Built in: learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged#role-based-access-control-administrator
var roleBasedAccessControlAdministrator = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, deployer.roleName)
  properties: {
    // A role's name is taken in the whole tenant.
    roleName: '${deployer.roleName} (${subscription().subscriptionId})'
    description: deployer.description
    type: 'CustomRole'
    permissions: [
      {
        actions: mayLock ? concat(deployer.actions, lockActions) : deployer.actions
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [
      subscription().id
    ]
  }
}

resource deploys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, role.id)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role.id
    description: 'Airflow on AKS: deploys, updates and undoes the infrastructure.'
  }
}

resource assignsRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, roleBasedAccessControlAdministrator)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roleBasedAccessControlAdministrator
    )
    condition: condition
    conditionVersion: '2.0'
    description: 'Airflow on AKS: assigns the roles that the condition names, to service principals only.'
  }
}

@description('Resource id of the custom role.')
output roleDefinitionId string = role.id
