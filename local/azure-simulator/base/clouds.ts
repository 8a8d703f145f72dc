/** A cloud of Azure: its hosts, the suffixes below which its services name theirs, and its regions. */
export interface Cloud {
  readonly name: CloudName;
  readonly resourceManager: string;
  /** The older audience of Resource Manager's tokens, which the CLI asks for. */
  readonly classicAudience: string;
  readonly authority: string;
  /** The name that the authority itself prefers, and to which MSAL goes whatever it is given. */
  readonly preferredAuthority: string;
  /** Still more names of the authority. */
  readonly authorityAliases: readonly string[];
  /** Who signs the tokens of version 1. */
  readonly tokenIssuer: string;
  /** Microsoft Graph's host. */
  readonly graph: string;
  readonly vaultSuffix: string;
  readonly storageSuffix: string;
  readonly registrySuffix: string;
  readonly kubernetesSuffix: string;
  /** Below which the clusters' OpenID Connect issuers are, after the region. */
  readonly oidcIssuerSuffix: string;
  /** Regions and their availability zones. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
}

export const CLOUD_NAMES = ['AzureCloud', 'AzureChinaCloud', 'AzureUSGovernment'] as const;

export type CloudName = (typeof CLOUD_NAMES)[number];

const ZONES = ['1', '2', '3'];

const regions = (zoned: string, unzoned: string): Record<string, readonly string[]> => ({
  ...Object.fromEntries(zoned.split(' ').map((name) => [name, ZONES])),
  ...Object.fromEntries(unzoned.split(' ').map((name) => [name, []])),
});

/**
 * Sources, row by row:
 * - Resource Manager, audience, authority, Graph, vaults, storage, registries: azure-cli 2.91.0, core/cloud.py, which `az cloud list` prints;
 * - other names of the authorities: @azure/msal-common 16.17.0, AuthorityMetadata; learn.microsoft.com, entra/identity-platform/authentication-national-cloud;
 * - issuers of tokens: Azure/aks-engine pkg/api/defaults-apiserver.go, Microsoft Q&A 1190472;
 * - API servers: learn.microsoft.com, AKS, outbound network and FQDN rules; the tutorial's Chinese edition shows such a name;
 * - issuers of clusters: exported templates and tutorials in public repositories, such as `usgovvirginia.oic.prod-aks.azure.us`; Microsoft documents no form;
 * - regions and zones: learn.microsoft.com, azure/china/overview-regions and reliability/availability-zones-service-support; AKS's regions for the US government:
 *   Azure/azure-cli issue 12894. The public cloud's zones are from memory, unverified.
 */
const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  AzureCloud: {
    name: 'AzureCloud',
    resourceManager: 'management.azure.com',
    classicAudience: 'management.core.windows.net',
    authority: 'login.microsoftonline.com',
    preferredAuthority: 'login.microsoftonline.com',
    authorityAliases: ['login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    tokenIssuer: 'sts.windows.net',
    graph: 'graph.microsoft.com',
    vaultSuffix: 'vault.azure.net',
    storageSuffix: 'core.windows.net',
    registrySuffix: 'azurecr.io',
    kubernetesSuffix: 'azmk8s.io',
    oidcIssuerSuffix: 'oic.prod-aks.azure.com',
    regions: regions(
      'australiaeast brazilsouth canadacentral centralindia centralus eastasia eastus eastus2 francecentral germanywestcentral ' +
        'israelcentral italynorth japaneast koreacentral mexicocentral newzealandnorth northeurope norwayeast polandcentral ' +
        'qatarcentral southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth ' +
        'westeurope westus2 westus3',
      'australiasoutheast canadaeast japanwest koreasouth northcentralus southindia ukwest westcentralus westindia westus',
    ),
  },
  AzureChinaCloud: {
    name: 'AzureChinaCloud',
    resourceManager: 'management.chinacloudapi.cn',
    classicAudience: 'management.core.chinacloudapi.cn',
    authority: 'login.chinacloudapi.cn',
    preferredAuthority: 'login.partner.microsoftonline.cn',
    authorityAliases: [],
    tokenIssuer: 'sts.chinacloudapi.cn',
    graph: 'microsoftgraph.chinacloudapi.cn',
    vaultSuffix: 'vault.azure.cn',
    storageSuffix: 'core.chinacloudapi.cn',
    registrySuffix: 'azurecr.cn',
    kubernetesSuffix: 'cx.prod.service.azk8s.cn',
    oidcIssuerSuffix: 'oic.prod-aks.azure.cn',
    regions: regions('chinanorth3', 'chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2'),
  },
  AzureUSGovernment: {
    name: 'AzureUSGovernment',
    resourceManager: 'management.usgovcloudapi.net',
    classicAudience: 'management.core.usgovcloudapi.net',
    authority: 'login.microsoftonline.us',
    preferredAuthority: 'login.microsoftonline.us',
    authorityAliases: ['login.usgovcloudapi.net'],
    tokenIssuer: 'sts.windows.net',
    graph: 'graph.microsoft.us',
    vaultSuffix: 'vault.usgovcloudapi.net',
    storageSuffix: 'core.usgovcloudapi.net',
    registrySuffix: 'azurecr.us',
    kubernetesSuffix: 'cx.aks.containerservice.azure.us',
    oidcIssuerSuffix: 'oic.prod-aks.azure.us',
    regions: regions('usgovvirginia', 'usgovarizona usgovtexas'),
  },
};

export const cloudNamed = (name: CloudName): Cloud => CLOUDS[name];

/** A region's name as Azure normalises it: `Canada Central` is `canadacentral`. */
export const normalLocation = (location: string): string => location.replaceAll(' ', '').toLowerCase();
