import { inspectRoleAssignment } from '../activities/reconcile/role-assignment.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import { BLOB_DATA_CONTRIBUTOR_ROLE_ID, SECRETS_USER_ROLE_ID } from '../deployment/names/role-assignment-name.ts';
import type { Surroundings } from './surroundings.ts';

/** The steps of a hardened deployment that have a role to give to the managed identity, on resources of its own. */
export const stepsWithRolesToGive = async ({ input, identity }: Surroundings): Promise<readonly string[]> => {
  if (!input.hardened) return [];
  const principalId = (await identity())?.principalId;
  const vault = resourceId(input, 'Microsoft.KeyVault/vaults', input.keyVaultName);
  const account = resourceId(input, 'Microsoft.Storage/storageAccounts', input.storageAccountName);
  const grants = [
    // What it takes on a vault of somebody else is asked for there.
    ...(input.existing?.keyVaultId === undefined
      ? [{ step: 'vault-access', scope: vault, roleId: SECRETS_USER_ROLE_ID }]
      : []),
    { step: 'logs-access', scope: account, roleId: BLOB_DATA_CONTRIBUTOR_ROLE_ID },
  ];
  const isOpen = await Promise.all(
    grants.map(async ({ scope, roleId }) => {
      if (principalId === undefined) return true;
      const wanted = { subscriptionId: input.subscriptionId, scope, principalId, roleId };
      return (await findOrUndefined(inspectRoleAssignment(wanted)))?.action !== 'unchanged';
    }),
  );
  return grants.flatMap(({ step }, index) => (isOpen[index] ? [step] : []));
};
