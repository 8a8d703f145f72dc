import type { Deployment } from '../deployment/request/resolve-deployment.ts';

/** The names that the request left open, decided, and those it gave; empty where they are unknown. */
export const namesOf = (deployment: Deployment | undefined) => ({
  subscriptionId: deployment?.subscriptionId ?? '',
  location: deployment?.location ?? '',
  resourceGroupName: deployment?.resourceGroupName ?? '',
  identityName: deployment?.identityName ?? '',
  keyVaultName: deployment?.keyVaultName ?? '',
  registryName: deployment?.registryName ?? '',
  storageAccountName: deployment?.storageAccountName ?? '',
  storageContainerName: deployment?.storageContainerName ?? '',
  clusterName: deployment?.clusterName ?? '',
});

export type Names = ReturnType<typeof namesOf>;
