// Storage of the Functions host and of its package; the task hub too, when no scheduler is chosen. Shared keys are off.

param token string
param location string
param tags object
@description('Object id of the identity that the service runs as.')
param principalId string
param zoneRedundant bool

var packageContainer = 'packages'

module account 'br/public:avm/res/storage/storage-account:0.33.0' = {
  name: 'account'
  params: {
    name: 'stairflow${token}'
    location: location
    tags: tags
    skuName: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS'
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    // Flex Consumption without a virtual network has no address of its own to allow.
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: 'Allow'
      bypass: 'AzureServices'
    }
    blobServices: {
      containers: [
        {
          name: packageContainer
          publicAccess: 'None'
        }
      ]
    }
    // What the host and Durable Task ask for: learn.microsoft.com/azure/azure-functions/durable/durable-functions-configure-managed-identity
    roleAssignments: [
      {
        roleDefinitionIdOrName: 'Storage Blob Data Owner'
        principalId: principalId
        principalType: 'ServicePrincipal'
      }
      {
        roleDefinitionIdOrName: 'Storage Queue Data Contributor'
        principalId: principalId
        principalType: 'ServicePrincipal'
      }
      {
        roleDefinitionIdOrName: 'Storage Table Data Contributor'
        principalId: principalId
        principalType: 'ServicePrincipal'
      }
    ]
    enableTelemetry: false
  }
}

output name string = account.outputs.name
output packageContainerUrl string = '${account.outputs.primaryBlobEndpoint}${packageContainer}'
