import { type CloudRules, tutorialCloud } from '../../deployment/names/cloud-rules.ts';
import { readCloudName } from './settings.ts';

/** An Azure cloud: where Resource Manager is, and under which names its services' data planes live. */
export interface Cloud extends CloudRules {
  /** Resource Manager, without a trailing slash. */
  readonly resourceManager: string;
  /** Microsoft Entra ID: where tokens come from, and the issuer of those of version 2. */
  readonly authority: string;
  /** Another host that tokens of version 2 may name as their issuer. */
  readonly otherIssuer?: string;
  /** The issuer of tokens of version 1. */
  readonly version1Issuer: string;
  /** The suffix of every container registry's host. */
  readonly registrySuffix: string;
  /** The suffix of every cluster's API server. */
  readonly clusterSuffix: string;
  /** Where the callback URLs of Logic Apps are. */
  readonly logicAppsHosts: string;
}

/**
 * Sources, row by row; docs/clouds.md says how sure each is:
 * - Resource Manager, authority, vaults, registries: azure-cli 2.91.0, core/cloud.py, which `az cloud list` prints;
 * - issuers: https://learn.microsoft.com/entra/identity-platform/access-tokens, and for the sovereign clouds
 *   https://learn.microsoft.com/answers/questions/1190472/what-are-the-token-issuers-for-the-sovereign-cloud;
 * - API servers: https://learn.microsoft.com/azure/aks/outbound-rules-control-egress;
 * - regions with zones: https://learn.microsoft.com/azure/china/overview-regions, https://learn.microsoft.com/azure/reliability/availability-zones-service-support;
 *   with zone-redundant storage: https://learn.microsoft.com/azure/storage/common/redundancy-regions-zrs;
 * - Logic Apps: https://learn.microsoft.com/power-automate/ip-address-configuration.
 */
const clouds: readonly Cloud[] = [
  {
    ...tutorialCloud,
    resourceManager: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
    version1Issuer: 'https://sts.windows.net',
    registrySuffix: '.azurecr.io',
    clusterSuffix: '.azmk8s.io',
    logicAppsHosts: '*.logic.azure.com',
  },
  {
    name: 'AzureChinaCloud',
    defaultLocation: 'chinanorth3',
    resourceManager: 'https://management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    otherIssuer: 'https://login.partner.microsoftonline.cn',
    version1Issuer: 'https://sts.chinacloudapi.cn',
    vaultSuffix: '.vault.azure.cn',
    registrySuffix: '.azurecr.cn',
    clusterSuffix: '.cx.prod.service.azk8s.cn',
    logicAppsHosts: '*.logic.azure.cn',
  },
  {
    name: 'AzureUSGovernment',
    defaultLocation: 'usgovvirginia',
    resourceManager: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    version1Issuer: 'https://sts.windows.net',
    vaultSuffix: '.vault.usgovcloudapi.net',
    registrySuffix: '.azurecr.us',
    clusterSuffix: '.cx.aks.containerservice.azure.us',
    logicAppsHosts: '*.logic.azure.us',
  },
];

/**
 * The cloud that the setting AZURE_CLOUD names; the public one when it is absent.
 *
 * @throws Error when there is no such cloud.
 */
export const currentCloud = (environment: NodeJS.ProcessEnv = process.env): Cloud => {
  const name = readCloudName(environment) ?? tutorialCloud.name;
  const cloud = clouds.find((candidate) => candidate.name === name);
  if (cloud) return cloud;
  throw new Error(`AZURE_CLOUD is "${name}"; it must be one of ${clouds.map((each) => each.name).join(', ')}.`);
};

/** The scope of tokens for Resource Manager. Given to every client: some packages hard-code the public cloud's. */
export const resourceManagerScope = (cloud: Cloud): string => `${cloud.resourceManager}/.default`;
