// The Durable Task Scheduler with one task hub. There is no Azure Verified Module of it.

@minLength(3)
@maxLength(64)
param name string
param taskHubName string
param location string
param tags object
@description('Object id of the identity that works in the task hub.')
param principalId string
@allowed(['Consumption', 'Dedicated'])
param sku string
@description('Counts for Dedicated only.')
param capacity int
@description('An empty list lets nobody in.')
param ipAllowlist string[]

@description('Durable Task Data Contributor')
var dataContributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '0ad04412-c4d5-4796-b79c-f76d14c8d402'
)

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    ipAllowlist: empty(ipAllowlist)
      ? fail('schedulerIpAllowlist is empty, which would lock the service out: see docs/deploying.md, "Choosing the backend".')
      : ipAllowlist
    sku: sku == 'Dedicated'
      ? {
          name: sku
          capacity: capacity
        }
      : {
          name: sku
        }
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: taskHubName
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(taskHub.id, principalId, dataContributor)
  scope: taskHub
  properties: {
    roleDefinitionId: dataContributor
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output endpoint string = scheduler.properties.endpoint
