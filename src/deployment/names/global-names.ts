import { type ExistingResources, partsOfId } from './existing-resources.ts';
import type { Group } from './same-group.ts';
import { uniqueSuffix } from './unique-suffix.ts';

/** The three globally unique names of a deployment that gives none: the tutorial's with a suffix, or those of what exists. */
export const globalNames = ({
  existing,
  subscriptionId,
  resourceGroupName,
}: Group & { readonly existing?: ExistingResources | undefined }) => {
  const suffix = uniqueSuffix(subscriptionId, resourceGroupName);
  const { keyVaultId, registryId } = existing ?? {};
  return {
    keyVaultName: keyVaultId === undefined ? `airflow-vault-${suffix}-kv` : partsOfId(keyVaultId).name,
    registryName: registryId === undefined ? `mydnsrandomname${suffix}` : partsOfId(registryId).name,
    storageAccountName: `airflowsasa${suffix}`,
  };
};
