// The function app on Flex Consumption.

param name string
param location string
param tags object
@description('Resource id of the identity that the service runs as.')
param identityId string
@description('The blob container from which the platform takes the package.')
param packageContainerUrl string
@description('All app settings: whatever else is there is removed.')
param settings object
param instanceMemoryMB int
param maximumInstanceCount int
param alwaysReadyDurable int
param alwaysReadyHttp int
param zoneRedundant bool
@description('None when empty.')
param subnetId string
@description('Has the platform ask for a token before a request reaches the service (Easy Auth).')
param platformSignIn bool
param entraTenantId string
param entraClientId string
param entraAudience string

// Without a client id the platform would let nobody in, and say so only at the first request.
var clientId = platformSignIn && empty(entraClientId)
  ? fail('platformSignIn needs entraClientId: see docs/deploying.md, "Entra tokens".')
  : entraClientId

var signIn = {
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
    }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      excludedPaths: ['/api/health']
    }
    httpSettings: {
      requireHttps: true
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${entraTenantId}/v2.0'
        }
        validation: {
          allowedAudiences: union(split(replace(entraAudience, ' ', ''), ','), [clientId, 'api://${clientId}'])
        }
      }
    }
    login: {
      tokenStore: {
        enabled: false
      }
    }
  }
}

module plan 'br/public:avm/res/web/serverfarm:0.7.0' = {
  name: 'plan'
  params: {
    name: 'plan-${name}'
    location: location
    tags: tags
    skuName: 'FC1'
    kind: 'functionapp'
    reserved: true
    zoneRedundant: zoneRedundant
    enableTelemetry: false
  }
}

module site 'br/public:avm/res/web/site:0.24.0' = {
  name: 'site'
  params: {
    name: name
    location: location
    // azd finds the app by the second tag.
    tags: union(tags, {
      'azd-service-name': 'api'
    })
    kind: 'functionapp,linux'
    serverFarmResourceId: plan.outputs.resourceId
    managedIdentities: {
      userAssignedResourceIds: [identityId]
    }
    keyVaultAccessIdentityResourceId: identityId
    httpsOnly: true
    clientAffinityEnabled: false
    virtualNetworkSubnetResourceId: empty(subnetId) ? null : subnetId
    basicPublishingCredentialsPolicies: [
      {
        name: 'ftp'
        allow: false
      }
      {
        name: 'scm'
        allow: false
      }
    ]
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: '24'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        // All functions with a durable trigger scale as one group: learn.microsoft.com/azure/azure-functions/flex-consumption-plan
        alwaysReady: filter(
          [
            {
              name: 'durable'
              instanceCount: alwaysReadyDurable
            }
            {
              name: 'http'
              instanceCount: alwaysReadyHttp
            }
          ],
          group => group.instanceCount > 0
        )
      }
    }
    // Flex Consumption has no FTP; it takes neither ftpsState nor alwaysOn, which the module would set.
    siteConfig: {
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
    configs: concat(
      [
        {
          name: 'appsettings'
          properties: settings
          retainCurrentAppSettings: false
        }
      ],
      platformSignIn ? [signIn] : []
    )
    enableTelemetry: false
  }
}

output name string = site.outputs.name
output hostName string = site.outputs.defaultHostname
