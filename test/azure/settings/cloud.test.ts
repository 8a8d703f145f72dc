import { describe, expect, it } from 'vitest';
import { currentCloud, resourceManagerScope } from '../../../src/azure/settings/cloud.ts';

describe('the cloud', () => {
  it.each([
    [
      undefined,
      {
        name: 'AzureCloud',
        defaultLocation: 'canadacentral',
        vaultSuffix: '.vault.azure.net',
        resourceManager: 'https://management.azure.com',
        authority: 'https://login.microsoftonline.com',
        version1Issuer: 'https://sts.windows.net',
        registrySuffix: '.azurecr.io',
        clusterSuffix: '.azmk8s.io',
        logicAppsHosts: '*.logic.azure.com',
      },
    ],
    [
      'AzureChinaCloud',
      {
        name: 'AzureChinaCloud',
        defaultLocation: 'chinanorth3',
        vaultSuffix: '.vault.azure.cn',
        resourceManager: 'https://management.chinacloudapi.cn',
        authority: 'https://login.chinacloudapi.cn',
        otherIssuer: 'https://login.partner.microsoftonline.cn',
        version1Issuer: 'https://sts.chinacloudapi.cn',
        registrySuffix: '.azurecr.cn',
        clusterSuffix: '.cx.prod.service.azk8s.cn',
        logicAppsHosts: '*.logic.azure.cn',
      },
    ],
    [
      'AzureUSGovernment',
      {
        name: 'AzureUSGovernment',
        defaultLocation: 'usgovvirginia',
        vaultSuffix: '.vault.usgovcloudapi.net',
        resourceManager: 'https://management.usgovcloudapi.net',
        authority: 'https://login.microsoftonline.us',
        version1Issuer: 'https://sts.windows.net',
        registrySuffix: '.azurecr.us',
        clusterSuffix: '.cx.aks.containerservice.azure.us',
        logicAppsHosts: '*.logic.azure.us',
      },
    ],
  ])('%s has these hosts', (name, cloud) => {
    expect(currentCloud({ AZURE_CLOUD: name })).toEqual(cloud);
    expect(resourceManagerScope(currentCloud({ AZURE_CLOUD: name }))).toBe(`${cloud.resourceManager}/.default`);
  });

  it('must be one of the three', () => {
    expect(() => currentCloud({ AZURE_CLOUD: 'AzureGermanCloud' })).toThrow(
      'AZURE_CLOUD is "AzureGermanCloud"; it must be one of AzureCloud, AzureChinaCloud, AzureUSGovernment.',
    );
  });
});
