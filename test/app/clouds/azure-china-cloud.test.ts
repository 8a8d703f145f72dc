import { testCloud } from '../../support/test-cloud.ts';

testCloud({
  cloud: 'AzureChinaCloud',
  location: 'chinanorth3',
  resourceManager: 'management.chinacloudapi.cn',
  vaults: 'vault.azure.cn',
  registries: 'azurecr.cn',
  storage: 'core.chinacloudapi.cn',
  clusters: 'cx.prod.service.azk8s.cn',
  issuers: 'oic.prod-aks.azure.cn',
});
