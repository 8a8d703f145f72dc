// The service's own infrastructure. See docs/deploying.md.

targetScope = 'subscription'

@description('Name of the azd environment; all names are made of it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of the service. Where deployments go is said by each request.')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Resource group of the service.')
param resourceGroupName string = 'rg-${environmentName}'

@description('Tags for all resources of the service itself.')
param tags object = {}

@description('Subscriptions that the service may deploy to; the first is the one of requests that name none.')
@minLength(1)
param targetSubscriptionIds string[] = [subscription().subscriptionId]

@description('The GUIDs of the roles that the service may assign there: AcrPull alone by default. docs/permissions.md says what takes which other.')
@minLength(1)
param assignableRoleIds string[] = ['7f951dda-4ed3-4680-a7ca-43fe172d538d']

@description('Whether the service may set and remove locks there: for requests with lock, and for deploymentLock.')
param mayLock bool = false

@description('Where the durable state is kept. The package has to be made for the same backend.')
@allowed(['azure-storage', 'durable-task-scheduler'])
param durableBackend string = 'azure-storage'

@description('Of the Durable Task Scheduler: Consumption is paid by use, Dedicated by capacity.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Capacity units of a Dedicated scheduler.')
@minValue(1)
param schedulerCapacity int = 1

@description('Addresses and ranges that reach the scheduler. An empty list lets nobody in, the service included: docs/deploying.md says what to choose.')
param schedulerIpAllowlist string[] = []

@description('Name of the task hub in the scheduler.')
@minLength(3)
@maxLength(64)
param taskHubName string = 'airflow-on-aks'

@description('Memory of an instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('At most this many instances.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that always run for orchestrations and activities. Without one, timers of running deployments wait for a cold start.')
@minValue(0)
param alwaysReadyDurable int = 1

@description('Instances that always run for HTTP.')
@minValue(0)
param alwaysReadyHttp int = 0

@description('Spreads instances and storage over availability zones, in regions that have them.')
param zoneRedundant bool = false

@description('Subnet, delegated to Microsoft.App/environments, through which the service goes out; none when empty.')
param subnetId string = ''

@description('Who may call: holders of a function key, or of an Entra token with an app role.')
@allowed(['keys', 'entra'])
param authMode string = 'keys'

@description('Directory of the callers.')
param entraTenantId string = tenant().tenantId

@description('Client id of the app registration. Needed for the platform sign-in.')
param entraClientId string = ''

@description('What tokens may be made out to, separated by commas.')
param entraAudience string = empty(entraClientId) ? '' : 'api://${entraClientId}'

@description('Has the platform check tokens too, before they reach the service (Easy Auth).')
param platformSignIn bool = false

@description('Where deployments may go; anywhere when empty.')
param allowedLocations string = ''

@description('VM sizes that deployments may ask for; any when empty.')
param allowedVmSizes string = ''

@description('Nodes that a deployment may ask for.')
param maxNodeCount int?

@description('Registries that images may come from; any when empty.')
param allowedImageRegistries string = ''

@description('Deployments that run at once in one subscription.')
param maxRunningDeployments int?

@description('Deployments of one caller that run at once.')
param maxRunningDeploymentsPerCaller int?

@description('Images that are imported at once.')
param imageImportConcurrency int?

@description('Whether the preflight asks public registries for the images.')
param checkSourceImages bool?

@description('Days that the parts of ended runs are kept.')
param retentionDays int?

@description('When all deployments are checked for drift, as six fields; never when empty.')
param driftSchedule string = ''

@description('Tags for all resources of all deployments, as the service reads them.')
param defaultTags string = ''

@description('Tags that requests must carry, as the service reads them.')
param requiredTags string = ''

@description('The lock that deployments put on what they create, as the service reads it.')
param deploymentLock string = ''

@description('Versions of the resource providers other than the usual ones, as the service reads them.')
param azureApiVersions string = ''

@description('Where callers reach the service, when not under its own name.')
param publicBaseUrl string = ''

@description('Hosts that callbacks may go to; the default of the service when empty.')
param callbackAllowedHosts string = ''

@description('An OpenTelemetry collector, beside or instead of Application Insights.')
param otlpEndpoint string = ''

@description('How the collector is spoken to.')
param otlpProtocol string = ''

@description('Milliseconds between two exports of metrics.')
param metricExportInterval int?

@description('Days that logs and metrics are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Purge protection of the vault of the service. Once on, it cannot be turned off.')
param vaultPurgeProtection bool = true

@description('Whom alerts are mailed to; nobody when empty.')
param alertEmail string = ''

@description('Where alerts are posted, in the common alert schema; nowhere when empty. Readers of the action group see it.')
param alertWebhook string = ''

@description('Action groups that exist and are to hear of alerts.')
param actionGroupIds string[] = []

@description('Calls /api/health from several places every five minutes. Needs a service that can be reached from the internet.')
param availabilityTest bool = true

var token = toLower(uniqueString(subscription().id, environmentName, location))
var allTags = union(tags, {
  'azd-env-name': environmentName
})
var functionAppName = 'func-airflow-aks-${token}'
var usesScheduler = durableBackend == 'durable-task-scheduler'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: resourceGroupName
  location: location
  tags: allTags
}

module identity 'br/public:avm/res/managed-identity/user-assigned-identity:0.6.0' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-airflow-on-aks-${token}'
    location: location
    tags: allTags
    enableTelemetry: false
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    token: token
    location: location
    tags: allTags
    principalId: identity.outputs.principalId
    retentionDays: logRetentionDays
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    token: token
    location: location
    tags: allTags
    principalId: identity.outputs.principalId
    zoneRedundant: zoneRedundant
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    token: token
    location: location
    tags: allTags
    principalId: identity.outputs.principalId
    purgeProtection: vaultPurgeProtection
  }
}

module scheduler 'modules/scheduler.bicep' = if (usesScheduler) {
  name: 'scheduler'
  scope: group
  params: {
    name: 'dts-airflow-on-aks-${token}'
    taskHubName: taskHubName
    location: location
    tags: allTags
    principalId: identity.outputs.principalId
    sku: schedulerSku
    capacity: schedulerCapacity
    ipAllowlist: schedulerIpAllowlist
  }
}

module deployerAccess 'modules/deployer-access.bicep' = [
  for id in targetSubscriptionIds: {
    name: 'airflow-on-aks-access-${token}'
    scope: subscription(id)
    params: {
      principalId: identity.outputs.principalId
      assignableRoleIds: assignableRoleIds
      mayLock: mayLock
    }
  }
]

// The names are those that the service, the Functions host and the telemetry library read; an empty setting is left out.
var settings = {
  // The name and not the addresses of blob, queue and table: with those, clients were made wrong now and then (Azure/azure-functions-host#11787).
  AzureWebJobsStorage__accountName: storage.outputs.name
  // A user-assigned identity needs both (Azure/azure-functions-host#10904).
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.outputs.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint
  OTEL_EXPORTER_OTLP_PROTOCOL: otlpProtocol
  OTEL_METRIC_EXPORT_INTERVAL: string(metricExportInterval ?? '')
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: usesScheduler
    ? 'Endpoint=${scheduler!.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.outputs.clientId}'
    : ''
  TASKHUB_NAME: usesScheduler ? taskHubName : ''
  AZURE_CLIENT_ID: identity.outputs.clientId
  AZURE_CLOUD: environment().name
  AZURE_API_VERSIONS: azureApiVersions
  AZURE_SUBSCRIPTION_ID: targetSubscriptionIds[0]
  AUTH_MODE: authMode
  ENTRA_TENANT_ID: authMode == 'entra' ? entraTenantId : ''
  ENTRA_AUDIENCE: authMode != 'entra'
    ? ''
    : empty(entraAudience)
        ? fail('authMode entra needs entraClientId or entraAudience: see docs/deploying.md, "Entra tokens".')
        : entraAudience
  ALLOWED_LOCATIONS: allowedLocations
  ALLOWED_VM_SIZES: allowedVmSizes
  MAX_NODE_COUNT: string(maxNodeCount ?? '')
  ALLOWED_IMAGE_REGISTRIES: allowedImageRegistries
  MAX_RUNNING_DEPLOYMENTS: string(maxRunningDeployments ?? '')
  MAX_RUNNING_DEPLOYMENTS_PER_CALLER: string(maxRunningDeploymentsPerCaller ?? '')
  IMAGE_IMPORT_CONCURRENCY: string(imageImportConcurrency ?? '')
  CHECK_SOURCE_IMAGES: toLower(string(checkSourceImages ?? ''))
  RETENTION_DAYS: string(retentionDays ?? '')
  DRIFT_SCHEDULE: driftSchedule
  DEFAULT_TAGS: defaultTags
  REQUIRED_TAGS: requiredTags
  DEPLOYMENT_LOCK: deploymentLock
  PUBLIC_BASE_URL: publicBaseUrl
  CALLBACK_ALLOWED_HOSTS: callbackAllowedHosts
  CALLBACK_ENCRYPTION_KEY: '@Microsoft.KeyVault(SecretUri=${vault.outputs.encryptionKeyUri})'
  CALLBACK_SIGNING_SECRET: '@Microsoft.KeyVault(SecretUri=${vault.outputs.signingSecretUri})'
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: functionAppName
    location: location
    tags: allTags
    identityId: identity.outputs.resourceId
    packageContainerUrl: storage.outputs.packageContainerUrl
    settings: toObject(filter(items(settings), item => !empty(item.value)), item => item.key, item => item.value)
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyDurable: alwaysReadyDurable
    alwaysReadyHttp: alwaysReadyHttp
    zoneRedundant: zoneRedundant
    subnetId: subnetId
    platformSignIn: platformSignIn
    entraTenantId: entraTenantId
    entraClientId: entraClientId
    entraAudience: entraAudience
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    token: token
    location: location
    tags: allTags
    componentId: monitoring.outputs.componentId
    email: alertEmail
    webhook: alertWebhook
    actionGroupIds: actionGroupIds
    availabilityUrl: availabilityTest ? 'https://${app.outputs.hostName}/api/health' : ''
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    location: location
    tags: allTags
    componentId: monitoring.outputs.componentId
  }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output DURABLE_BACKEND string = durableBackend
output SERVICE_API_NAME string = app.outputs.name
@description('Where callers reach the service, without /api.')
output SERVICE_API_URI string = empty(publicBaseUrl) ? 'https://${app.outputs.hostName}' : publicBaseUrl
@description('What callers ask Entra a token for; empty with function keys.')
output SERVICE_API_AUDIENCE string = authMode == 'entra' ? split(replace(entraAudience, ' ', ''), ',')[0] : ''
output SERVICE_API_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output SERVICE_API_VAULT_NAME string = vault.outputs.name
