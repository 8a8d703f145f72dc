import type { Cloud } from './clouds.ts';
import { hostName, isLoopback } from './host-name.ts';

/** Whether Resource Manager answers under a host; loopback counts as its. */
export const isResourceManager = ({ resourceManager }: Cloud, host: string): boolean => {
  const name = hostName(host);
  return isLoopback(name) || name === resourceManager || name.endsWith(`.${resourceManager}`);
};

/** Whether people and programs log in under a host. */
export const isAuthority = (cloud: Cloud, host: string): boolean => authoritiesOf(cloud).includes(hostName(host));

/** All names of a cloud's authority. */
export const authoritiesOf = ({ authority, preferredAuthority, authorityAliases }: Cloud): string[] => [
  ...new Set([preferredAuthority, authority, ...authorityAliases]),
];

/** Whether the directory is read under a host. */
export const isGraph = ({ graph }: Cloud, host: string): boolean => hostName(host) === graph;

/** The name of the vault whose host it is. */
export const vaultAt = ({ vaultSuffix }: Cloud, host: string): string | undefined => nameBelow(vaultSuffix, host);

/** The name of the container registry whose host it is. */
export const registryAt = ({ registrySuffix }: Cloud, host: string): string | undefined =>
  nameBelow(registrySuffix, host);

/** The name of the storage account whose blob endpoint it is. */
export const storageAccountAt = ({ storageSuffix }: Cloud, host: string): string | undefined =>
  nameBelow(`blob.${storageSuffix}`, host);

/** Whether a host name has the form of an AKS cluster's API server. */
export const isKubernetesHost = ({ kubernetesSuffix }: Cloud, host: string): boolean =>
  nameBelow(kubernetesSuffix, host) !== undefined;

const nameBelow = (suffix: string, host: string): string | undefined => {
  const name = hostName(host);
  return name.endsWith(`.${suffix}`) ? name.slice(0, -suffix.length - 1) : undefined;
};
