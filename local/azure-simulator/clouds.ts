/** A national cloud's host suffixes and regions, told by the Resource Manager host that a request names. Sources: `az cloud list`. */
export interface Cloud {
  readonly resourceManager: string;
  readonly authority: string;
  /** Microsoft Graph's host. */
  readonly graph: string;
  /** The older audience of Resource Manager's tokens, which the CLI asks for. */
  readonly classicAudience: string;
  readonly vaultSuffix: string;
  readonly storageSuffix: string;
  readonly registrySuffix: string;
  readonly kubernetesSuffix: string;
  /** Regions and their availability zones. Which regions have zones is from memory, unverified. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
}

const ZONES = ['1', '2', '3'];

const regions = (zoned: string, unzoned: string): Record<string, readonly string[]> => ({
  ...Object.fromEntries(zoned.split(' ').map((name) => [name, ZONES])),
  ...Object.fromEntries(unzoned.split(' ').map((name) => [name, []])),
});

const PUBLIC: Cloud = {
  resourceManager: 'management.azure.com',
  authority: 'login.microsoftonline.com',
  graph: 'graph.microsoft.com',
  classicAudience: 'management.core.windows.net',
  vaultSuffix: 'vault.azure.net',
  storageSuffix: 'core.windows.net',
  registrySuffix: 'azurecr.io',
  kubernetesSuffix: 'azmk8s.io',
  regions: regions(
    'australiaeast brazilsouth canadacentral centralindia centralus eastasia eastus eastus2 francecentral germanywestcentral ' +
      'israelcentral italynorth japaneast koreacentral mexicocentral newzealandnorth northeurope norwayeast polandcentral ' +
      'qatarcentral southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth ' +
      'westeurope westus2 westus3',
    'australiasoutheast canadaeast japanwest koreasouth northcentralus southindia ukwest westcentralus westindia westus',
  ),
};

const CHINA: Cloud = {
  resourceManager: 'management.chinacloudapi.cn',
  authority: 'login.chinacloudapi.cn',
  graph: 'microsoftgraph.chinacloudapi.cn',
  classicAudience: 'management.core.chinacloudapi.cn',
  vaultSuffix: 'vault.azure.cn',
  storageSuffix: 'core.chinacloudapi.cn',
  registrySuffix: 'azurecr.cn',
  kubernetesSuffix: 'cx.prod.service.azk8s.cn',
  regions: regions('chinanorth3', 'chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2'),
};

const US_GOVERNMENT: Cloud = {
  resourceManager: 'management.usgovcloudapi.net',
  authority: 'login.microsoftonline.us',
  graph: 'graph.microsoft.us',
  classicAudience: 'management.core.usgovcloudapi.net',
  vaultSuffix: 'vault.usgovcloudapi.net',
  storageSuffix: 'core.usgovcloudapi.net',
  registrySuffix: 'azurecr.us',
  kubernetesSuffix: 'cx.aks.containerservice.azure.us',
  regions: regions('usgovvirginia', 'usgovarizona usgovtexas'),
};

const CLOUDS = [PUBLIC, CHINA, US_GOVERNMENT];

/** The cloud whose Resource Manager answers under a host; the public one for loopback; undefined when no cloud's does. */
export const cloudOfHost = (host: string): Cloud | undefined => {
  const name = hostName(host);
  if (isLoopback(name)) return PUBLIC;
  return CLOUDS.find((cloud) => name === cloud.resourceManager || name.endsWith(`.${cloud.resourceManager}`));
};

/** The cloud that people and programs log in to under a host; undefined when none. */
export const authorityOfHost = (host: string): Cloud | undefined =>
  CLOUDS.find(({ authority }) => authority === hostName(host));

/** The cloud whose directory is read under a host; undefined when none. */
export const graphOfHost = (host: string): Cloud | undefined => CLOUDS.find(({ graph }) => graph === hostName(host));

/** The cloud that a vault's host name belongs to, and the vault's name. */
export const vaultOfHost = (host: string): { cloud: Cloud; vault: string } | undefined => {
  const name = hostName(host);
  for (const cloud of CLOUDS) {
    if (name.endsWith(`.${cloud.vaultSuffix}`)) return { cloud, vault: name.slice(0, -cloud.vaultSuffix.length - 1) };
  }
  return undefined;
};

/** The cloud that a container registry's host name belongs to, and the registry's name. */
export const registryOfHost = (host: string): { cloud: Cloud; registry: string } | undefined => {
  const name = hostName(host);
  const cloud = CLOUDS.find(({ registrySuffix }) => name.endsWith(`.${registrySuffix}`));
  return cloud && { cloud, registry: name.slice(0, -cloud.registrySuffix.length - 1) };
};

/** The cloud that a storage account's blob endpoint belongs to, and the account's name. */
export const storageAccountOfHost = (host: string): { cloud: Cloud; account: string } | undefined => {
  const name = hostName(host);
  for (const cloud of CLOUDS) {
    const suffix = `.blob.${cloud.storageSuffix}`;
    if (name.endsWith(suffix)) return { cloud, account: name.slice(0, -suffix.length) };
  }
  return undefined;
};

/** Whether a host name has the form of an AKS cluster's API server. */
export const isKubernetesHost = (host: string): boolean =>
  CLOUDS.some((cloud) => hostName(host).endsWith(`.${cloud.kubernetesSuffix}`));

/** The host without its port, lower-case. */
export const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

export const isLoopback = (name: string): boolean =>
  ['localhost', '[::1]', '::1'].includes(name) || /^127(\.\d+){3}$/.test(name);

/** A region's name as Azure normalises it: `Canada Central` is `canadacentral`. */
export const normalLocation = (location: string): string => location.replaceAll(' ', '').toLowerCase();
