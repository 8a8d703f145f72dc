import { testCloud } from '../../support/test-cloud.ts';

testCloud({
  cloud: 'AzureUSGovernment',
  location: 'usgovvirginia',
  resourceManager: 'management.usgovcloudapi.net',
  vaults: 'vault.usgovcloudapi.net',
  registries: 'azurecr.us',
  storage: 'core.usgovcloudapi.net',
  clusters: 'cx.aks.containerservice.azure.us',
  issuers: 'oic.prod-aks.azure.us',
});
