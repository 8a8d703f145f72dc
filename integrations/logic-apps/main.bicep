// A Consumption logic app with an identity of its own that calls the service. See README.md.

@description('deploy-and-wait polls the result; deploy-with-callback waits for the service to call back.')
@allowed(['deploy-and-wait', 'deploy-with-callback'])
param workflow string = 'deploy-and-wait'

@description('Name of the logic app.')
param name string = 'airflow-on-aks-${workflow}'

param location string = resourceGroup().location

@description('Where the service is, without /api: https://<function app>.azurewebsites.net')
param serviceUrl string

@description('The application id URI of the service in Entra, for which the identity asks for tokens: api://<client id>')
param serviceAudience string

resource logicApp 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    state: 'Enabled'
    definition: workflow == 'deploy-and-wait'
      ? loadJsonContent('deploy-and-wait.json')
      : loadJsonContent('deploy-with-callback.json')
    parameters: {
      serviceUrl: {
        value: serviceUrl
      }
      serviceAudience: {
        value: serviceAudience
      }
    }
  }
}

@description('The identity that the service has to let in.')
output principalId string = logicApp.identity.principalId
