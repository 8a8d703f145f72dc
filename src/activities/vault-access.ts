import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import { SECRETS_USER_ROLE_ID } from '../deployment/names/role-assignment-name.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import { vaultAccess } from '../steps/vault-access.ts';
import { implement } from './implement.ts';
import { doneAfter } from './reconcile/done-after.ts';
import { ensureRoleAssignment, inspectRoleAssignment, type RoleAssignment } from './reconcile/role-assignment.ts';

type Input = z.infer<typeof vaultAccess.input>;
type Value = z.infer<typeof vaultAccess.value>;

/** By a policy of the vault, or by the role where policies have no effect. */
type Access = { readonly inspection: Inspection<Value>; readonly role?: RoleAssignment };

const inspectAccess = async (input: Input): Promise<Access> => {
  const { subscriptionId, resourceGroupName, keyVaultName, principalId, hardened } = input;
  const id = resourceId(input, 'Microsoft.KeyVault/vaults', keyVaultName);
  const role = { subscriptionId, scope: id, principalId, roleId: SECRETS_USER_ROLE_ID };
  const byRole = async (): Promise<Access> => ({ inspection: await inspectRoleAssignment(role), role });
  // A plan sees the vault before its own step changes it.
  if (hardened) return byRole();
  const { properties } = await armClients(subscriptionId).vaults.vaults.get(resourceGroupName, keyVaultName);
  if (properties.enableRbacAuthorization) return byRole();
  const policy = properties.accessPolicies?.find(
    ({ objectId }) => objectId.toLowerCase() === principalId.toLowerCase(),
  );
  const granted = policy?.permissions.secrets?.some((permission) => /^(get|all)$/i.test(permission));
  const action = granted ? 'unchanged' : policy ? 'update' : 'create';
  const from = policy?.permissions.secrets?.join(' ') || 'none';
  const changes = action === 'update' ? [{ property: 'accessPolicies.secrets', from, to: `${from} get` }] : [];
  return { inspection: { action, changes, resourceId: id, value: { id } } };
};

const inspectVaultAccess = async (input: Input): Promise<Inspection<Value>> => (await inspectAccess(input)).inspection;

/**
 * Lets the managed identity read the vault's secrets, as the tutorial's next part does with `az keyvault set-policy`. In a vault that somebody moved to RBAC
 * policies have no effect: there it takes the role.
 */
const ensureVaultAccess = async (input: Input): Promise<ReconcileResult<Value>> => {
  const { subscriptionId, resourceGroupName, keyVaultName, tenantId, principalId } = input;
  const { inspection, role } = await inspectAccess(input);
  const value = { id: resourceId(input, 'Microsoft.KeyVault/vaults', keyVaultName) };
  if (role) {
    const { id, change } = await ensureRoleAssignment(role);
    return { kind: 'done', value, change, resourceId: id };
  }
  if (inspection.action !== 'unchanged') {
    await armClients(subscriptionId).vaults.vaults.updateAccessPolicy(resourceGroupName, keyVaultName, 'add', {
      properties: { accessPolicies: [{ tenantId, objectId: principalId, permissions: { secrets: ['get'] } }] },
    });
  }
  return doneAfter(inspection, value);
};

export const vaultAccessImplementation = implement(vaultAccess, {
  inspect: inspectVaultAccess,
  apply: ensureVaultAccess,
});
