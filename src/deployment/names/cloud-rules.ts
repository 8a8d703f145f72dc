/** What a request leaves open or may name depends on the cloud of Azure that the service is in; azure/settings/cloud.ts has them all. */
export interface CloudRules {
  /** As `az cloud set --name` takes it. */
  readonly name: string;
  /** Where a deployment goes that names no location: the tutorial's, or the one region of the cloud that has the availability zones that the tutorial takes. */
  readonly defaultLocation: string;
  /** The suffix of every vault's host. */
  readonly vaultSuffix: string;
}

/** The public cloud, where the tutorial is at home. */
export const tutorialCloud: CloudRules = {
  name: 'AzureCloud',
  defaultLocation: 'canadacentral',
  vaultSuffix: '.vault.azure.net',
};
