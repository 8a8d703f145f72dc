import { testCloud } from '../../support/test-cloud.ts';

testCloud({
  cloud: 'AzureCloud',
  location: 'canadacentral',
  resourceManager: 'management.azure.com',
  vaults: 'vault.azure.net',
  registries: 'azurecr.io',
  storage: 'core.windows.net',
  clusters: 'azmk8s.io',
  issuers: 'oic.prod-aks.azure.com',
});
