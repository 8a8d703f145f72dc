// Log Analytics and Application Insights, which takes telemetry with an Entra token only.

param token string
param location string
param tags object
@description('Object id of the identity that sends telemetry.')
param principalId string
param retentionDays int

module workspace 'br/public:avm/res/operational-insights/workspace:0.16.1' = {
  name: 'workspace'
  params: {
    name: 'log-airflow-on-aks-${token}'
    location: location
    tags: tags
    dataRetention: retentionDays
    // The module's default keeps saved queries in a storage account of the customer's, of which there is none.
    forceCmkForQuery: false
    enableTelemetry: false
  }
}

module component 'br/public:avm/res/insights/component:0.8.0' = {
  name: 'component'
  params: {
    name: 'appi-airflow-on-aks-${token}'
    location: location
    tags: tags
    workspaceResourceId: workspace.outputs.resourceId
    disableLocalAuth: true
    disableIpMasking: false
    roleAssignments: [
      {
        roleDefinitionIdOrName: 'Monitoring Metrics Publisher'
        principalId: principalId
        principalType: 'ServicePrincipal'
      }
    ]
    enableTelemetry: false
  }
}

output componentId string = component.outputs.resourceId
output connectionString string = component.outputs.connectionString
