import { z } from 'zod';
import { command, roleCommand, TABLE } from '../deployment/az/az-lines.ts';
import { flag } from '../deployment/az/az-words.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import { defineStep } from './define-step.ts';
import { identity } from './identity.ts';
import { groupFields, hardenedField, resourceValue } from './input-fields.ts';
import { vaultGroupOf, vaultHardenedOf } from './input-parts.ts';
import { keyVault } from './key-vault.ts';

/** The managed identity's right to read the vault's secrets. */
export const vaultAccess = defineStep({
  name: 'vault-access',
  summary: "Lets the managed identity read the vault's secrets.",
  uses: { identity, keyVault },
  input: z.object({
    ...groupFields,
    keyVaultName: z.string(),
    tenantId: z.string(),
    principalId: z.string(),
    hardened: hardenedField,
  }),
  value: resourceValue,
  from: (deployment, { identity: { principalId } }) => ({
    ...vaultGroupOf(deployment),
    keyVaultName: deployment.keyVaultName,
    tenantId: deployment.tenantId,
    principalId,
    ...vaultHardenedOf(deployment),
  }),
  unknown: { identity: "the identity's principal id", keyVault: 'who has access' },
  usualSeconds: { create: 3 },
  deadlineMinutes: 20,
  actions: [
    {
      action: 'Microsoft.Authorization/roleAssignments/write',
      why: 'in a vault under RBAC lets the identity read secrets',
      needed: (facts) => facts.writes('vault-role'),
    },
    {
      action: 'Microsoft.KeyVault/vaults/accessPolicies/write',
      why: "lets the identity read the vault's secrets. It opens the vault's data to whoever has it",
      needed: 'write',
    },
  ],
  resourceId: keyVault.resourceId,
  actsOn: (deployment) => [keyVault.resourceId(deployment), identity.resourceId(deployment)],
  commandOrder: 14,
  commands: (deployment) => ({
    create: [
      isHardened(deployment) && deployment.existing?.keyVaultId === undefined
        ? roleCommand('Key Vault Secrets User', '$KEYVAULTID')
        : command(
            'az keyvault set-policy',
            flag('name', deployment.keyVaultName),
            '--object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --secret-permissions get',
            TABLE,
          ),
    ],
  }),
  updates: {
    'accessPolicies.secrets': ({ keyVaultName }, { to }) =>
      `az keyvault set-policy ${flag('name', keyVaultName)} --object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --secret-permissions ${to}`,
  },
});
