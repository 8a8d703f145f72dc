/** A rule for a name: what must match, in words for the caller, and where it comes from. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly rule: string;
}

/**
 * Azure's naming rules, checked before anything starts.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
export const nameRules = {
  resourceGroup: {
    pattern: /^[-\w._()]{0,89}[-\w_()]$/u,
    rule: '1 to 90 letters, digits, "-", "_", "(", ")" or ".", not ending in "."',
  },
  identity: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/,
    rule: '3 to 128 letters, digits, "-" or "_", starting with a letter or digit',
  },
  keyVault: {
    pattern: /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
    rule: '3 to 24 letters, digits or "-", starting with a letter, not ending in "-", without "--"',
  },
  registry: { pattern: /^[a-zA-Z0-9]{5,50}$/, rule: '5 to 50 letters or digits' },
  storageAccount: { pattern: /^[a-z0-9]{3,24}$/, rule: '3 to 24 lower-case letters or digits' },
  blobContainer: {
    pattern: /^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$/,
    rule: '3 to 63 lower-case letters, digits or "-", starting and ending with a letter or digit, without "--"',
  },
  cluster: {
    pattern: /^[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?$/,
    rule: '1 to 63 letters, digits, "-" or "_", starting and ending with a letter or digit',
  },
  kubernetesName: {
    pattern: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    rule: '1 to 63 lower-case letters, digits or "-", starting and ending with a letter or digit',
  },
} as const satisfies Record<string, NameRule>;

/** The longest name of the resource group that AKS makes for the nodes, `MC_{group}_{cluster}_{location}`. */
export const NODE_RESOURCE_GROUP_MAX_LENGTH = 80;

/** The name of the resource group that AKS makes for the nodes. */
export const nodeResourceGroupName = (resourceGroup: string, cluster: string, location: string): string =>
  `MC_${resourceGroup}_${cluster}_${location}`;

/**
 * The DNS prefix that `az aks create` derives when none is given.
 * Source: azure-cli, `_get_default_dns_prefix` in azure/cli/command_modules/acs/custom.py.
 */
export const clusterDnsPrefix = (cluster: string, resourceGroup: string, subscriptionId: string): string => {
  const strip = (text: string): string => text.replace(/[^A-Za-z0-9-]/g, '');
  const name = strip(cluster).slice(0, 10);
  const lettered = /^[A-Za-z]/.test(name) ? name : `a${name}`.slice(0, 10);
  return `${lettered}-${strip(resourceGroup).slice(0, 16)}-${subscriptionId.slice(0, 6)}`;
};
