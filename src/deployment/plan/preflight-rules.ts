/** The field of the request that each rule concerns, where it is always the same; how grave a finding is, and what to do about it. docs/preflight.md has a section for each. */
export const preflightRules = {
  'subscription-not-found': {
    field: 'subscriptionId',
    severity: 'error',
    remedy:
      'Correct `subscriptionId`, or see that the identity of the service is in the tenant of the subscription, and that AZURE_CLOUD of the service is its cloud.',
  },
  'subscription-forbidden': {
    field: 'subscriptionId',
    severity: 'error',
    remedy:
      'Correct `subscriptionId`, or give the identity of the service the roles of docs/permissions.md on the subscription or the resource group.',
  },
  'subscription-disabled': {
    field: 'subscriptionId',
    severity: 'error',
    remedy:
      'Choose another `subscriptionId`, or have its owner enable it again (https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-disabled).',
  },
  'location-unknown': {
    field: 'location',
    severity: 'error',
    remedy: 'Choose a `location` from those that the message names; AZURE_CLOUD of the service says which cloud it is.',
  },
  'api-version-not-offered': {
    severity: 'error',
    remedy: 'Set AZURE_API_VERSIONS of the service to the version that the message names, see docs/clouds.md.',
  },
  'location-not-offered': {
    field: 'location',
    severity: 'error',
    remedy: 'Choose a `location` from those that the message names; AZURE_CLOUD of the service says which cloud it is.',
  },
  'registry-name-taken': {
    field: 'registryName',
    severity: 'error',
    remedy: 'Choose another `registryName`: it must be unique in all of Azure.',
  },
  'storage-name-taken': {
    field: 'storageAccountName',
    severity: 'error',
    remedy: 'Choose another `storageAccountName`: it must be unique in all of Azure.',
  },
  'vault-name-taken': {
    field: 'keyVaultName',
    severity: 'error',
    remedy: 'Choose another `keyVaultName`: it must be unique in all of Azure, among the deleted vaults too.',
  },
  'vault-soft-deleted': {
    field: 'keyVaultName',
    severity: 'warning',
    remedy:
      'If the old secrets must not come back, purge the vault first: az keyvault purge --name … With purge protection nobody can: choose another `keyVaultName`.',
  },
  'vault-name-held': {
    field: 'keyVaultName',
    severity: 'error',
    remedy: 'Recover or purge that vault (az keyvault recover, az keyvault purge), or choose another `keyVaultName`.',
  },
  'immutable-difference': {
    severity: 'error',
    remedy: 'Use the values of what exists in the request, other names, or delete it first.',
  },
  'not-consented': {
    severity: 'error',
    remedy:
      'Have its owner consent: az tag update --resource-id … --operation merge --tags airflow-on-aks-allow=<deployment id>. Or choose another name, or send the request as a caller who also holds Deployments.All.',
  },
  'existing-resource-unusable': {
    severity: 'error',
    remedy: 'Correct the id in `existing`, or leave it out: then the deployment makes one of its own.',
  },
  'existing-not-hardened': {
    severity: 'warning',
    remedy: 'Ask its owner to harden it, or leave its id out of `existing`: then the deployment makes one of its own.',
  },
  'subnet-overlap': {
    field: 'existing.subnetId',
    severity: 'error',
    remedy:
      "Choose a subnet outside of the addresses that the message names: AKS takes these for the cluster's services.",
  },
  locked: {
    field: 'resourceGroupName',
    severity: 'error',
    remedy:
      'Have whoever set the lock remove it (az lock delete --ids …), or choose another `resourceGroupName`. CanNotDelete does not stand in the way.',
  },
  'vcpu-quota': {
    severity: 'error',
    remedy:
      'Ask for a higher quota (https://aka.ms/azure-quotas), or choose another `cluster.nodeVmSize`, `cluster.nodeCount` or `location`.',
  },
  'vcpu-surge': {
    severity: 'warning',
    remedy: 'Ask for a higher quota (https://aka.ms/azure-quotas) before the first upgrade, which needs a node more.',
  },
  'vm-size-not-offered': {
    field: 'cluster.nodeVmSize',
    severity: 'error',
    remedy: 'Choose another `cluster.nodeVmSize` or `location`: az vm list-skus --location … lists those there are.',
  },
  'vm-size-zones': {
    field: 'cluster.zones',
    severity: 'error',
    remedy: 'Choose `cluster.zones` from those that the message names, [] for none, or another `cluster.nodeVmSize`.',
  },
  'provider-not-registered': {
    severity: 'warning',
    remedy:
      'Nothing to do: the deployment registers it, which takes a minute. Beforehand: az provider register --namespace …',
  },
  'missing-permission': {
    severity: 'error',
    remedy:
      'Give the identity of the service the roles of docs/permissions.md (or Contributor and Role Based Access Control Administrator) on the resource group or subscription, or a role of your own with the actions that the message names.',
  },
  'source-image-missing': {
    field: 'images',
    severity: 'error',
    remedy: 'Correct `source` in `images`, or leave the image out: it must be there for everyone, without a password.',
  },
  'source-digest-unknown': {
    field: 'images',
    severity: 'error',
    remedy:
      'Name the image by its digest in `images` (registry/repository@sha256:…): in the profile hardened images are imported by digest, and only public registries are asked for it.',
  },
  'source-image-moved': {
    field: 'images',
    severity: 'warning',
    remedy: 'Nothing to do now; name an image in `images` that is still maintained when you can.',
  },
  'registry-credentials-unreadable': {
    field: 'registryCredentials',
    severity: 'error',
    remedy:
      'Let the identity of the service read the secret (the role Key Vault Secrets User, or an access policy with get), and tag it for its registry: az keyvault secret set-attributes --id … --tags airflow-on-aks-registry=<registry>',
  },
  'policy-refuses': {
    severity: 'error',
    remedy: "Change the request so that it complies, or ask the policy's owner for an exemption.",
  },
  'not-checked': {
    severity: 'warning',
    remedy:
      'Nothing to do: the deployment goes on, and a step that is refused says why. With the right to read it is checked beforehand.',
  },
} as const satisfies Record<
  string,
  { readonly field?: string; readonly severity: 'error' | 'warning'; readonly remedy: string }
>;

export type PreflightRule = keyof typeof preflightRules;
