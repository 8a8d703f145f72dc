import { readSettings } from './settings.ts';

/** An Azure cloud: where Resource Manager is, and under which names its services' data planes live. */
export interface Cloud {
  readonly name: string;
  /** Resource Manager, without a trailing slash. */
  readonly resourceManager: string;
  /** Microsoft Entra ID. */
  readonly authority: string;
  /** The suffix of every vault's host. */
  readonly vaultSuffix: string;
  /** The suffix of every container registry's host. */
  readonly registrySuffix: string;
  /** The suffix of every cluster's API server. */
  readonly clusterSuffixes: readonly string[];
  /** The audience of a token that a Kubernetes service account exchanges. */
  readonly federationAudience: string;
}

/** Source: `az cloud list`; the audiences: https://learn.microsoft.com/entra/workload-id/workload-identity-federation */
const clouds: readonly Cloud[] = [
  {
    name: 'AzureCloud',
    resourceManager: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
    vaultSuffix: '.vault.azure.net',
    registrySuffix: '.azurecr.io',
    clusterSuffixes: ['.azmk8s.io'],
    federationAudience: 'api://AzureADTokenExchange',
  },
  {
    name: 'AzureChinaCloud',
    resourceManager: 'https://management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    vaultSuffix: '.vault.azure.cn',
    registrySuffix: '.azurecr.cn',
    clusterSuffixes: ['.azk8s.cn'],
    federationAudience: 'api://AzureADTokenExchangeChina',
  },
  {
    name: 'AzureUSGovernment',
    resourceManager: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    vaultSuffix: '.vault.usgovcloudapi.net',
    registrySuffix: '.azurecr.us',
    clusterSuffixes: ['.azure.us'],
    federationAudience: 'api://AzureADTokenExchangeUSGov',
  },
];

/**
 * The cloud that the setting AZURE_CLOUD names; the public one when it is absent.
 *
 * @throws Error when there is no such cloud.
 */
export const currentCloud = (): Cloud => {
  const { AZURE_CLOUD: name = 'AzureCloud' } = readSettings();
  const cloud = clouds.find((candidate) => candidate.name === name);
  if (cloud) return cloud;
  throw new Error(`AZURE_CLOUD is "${name}"; it must be one of ${clouds.map((each) => each.name).join(', ')}.`);
};

/** The scope of tokens for Resource Manager. Given to every client: some packages hard-code the public cloud's. */
export const resourceManagerScope = (cloud: Cloud): string => `${cloud.resourceManager}/.default`;
