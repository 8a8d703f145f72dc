import { armClients } from '../azure/arm-clients.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { vaultAccess } from '../deployment/step-contracts.ts';
import { stepActivity } from './step-activity.ts';

/** Lets the managed identity read the vault's secrets, as the tutorial's next part does with `az keyvault set-policy`. */
export const vaultAccessActivity = stepActivity(vaultAccess, async (input) => {
  const { resourceGroupName, keyVaultName, tenantId, principalId } = input;
  const { vaults } = armClients(input.subscriptionId).vaults;
  const id = resourceId(input, 'Microsoft.KeyVault/vaults', keyVaultName);
  const value = { id };

  const { properties } = await vaults.get(resourceGroupName, keyVaultName);
  const policy = properties.accessPolicies?.find(
    ({ objectId }) => objectId.toLowerCase() === principalId.toLowerCase(),
  );
  const granted = policy?.permissions.secrets?.some((permission) => /^(get|all)$/i.test(permission));
  if (granted) return { kind: 'done', value, change: 'unchanged', resourceId: id };

  await vaults.updateAccessPolicy(resourceGroupName, keyVaultName, 'add', {
    properties: { accessPolicies: [{ tenantId, objectId: principalId, permissions: { secrets: ['get'] } }] },
  });
  return { kind: 'done', value, change: policy ? 'updated' : 'created', resourceId: id };
});
