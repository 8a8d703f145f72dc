import { armClients } from '../azure/arm-clients.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { SECRETS_USER_ROLE_ID } from '../deployment/role-assignment-name.ts';
import { vaultAccess } from '../deployment/step-contracts.ts';
import { ensureRoleAssignment } from './ensure-role-assignment.ts';
import { stepActivity } from './step-activity.ts';

/**
 * Lets the managed identity read the vault's secrets, as the tutorial's next part does with `az keyvault set-policy`. In a vault that somebody moved to RBAC
 * policies have no effect: there it takes the role.
 */
export const vaultAccessActivity = stepActivity(vaultAccess, async (input) => {
  const { subscriptionId, resourceGroupName, keyVaultName, tenantId, principalId } = input;
  const { vaults } = armClients(subscriptionId).vaults;
  const id = resourceId(input, 'Microsoft.KeyVault/vaults', keyVaultName);
  const value = { id };

  const { properties } = await vaults.get(resourceGroupName, keyVaultName);
  if (properties.enableRbacAuthorization) {
    const wanted = { subscriptionId, scope: id, principalId, roleId: SECRETS_USER_ROLE_ID };
    const assignment = await ensureRoleAssignment(wanted);
    return { kind: 'done', value, change: assignment.change, resourceId: assignment.id };
  }
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
