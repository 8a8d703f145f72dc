import { z } from 'zod';
import { command, groupFlag, readInto, TABLE } from '../deployment/az/az-lines.ts';
import { flag, tagFlags } from '../deployment/az/az-words.ts';
import { hardenedVault } from '../deployment/profile/hardening.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import { defineStep } from './define-step.ts';
import { hardenedField, keptByOthersField, placeFields } from './input-fields.ts';
import { hardenedOf, placeOf, vaultGroupOf } from './input-parts.ts';
import { resourceGroup } from './resource-group.ts';

/** The key vault for the secrets that the tutorial's next part reads. */
export const keyVault = defineStep({
  name: 'key-vault',
  summary: 'Creates the key vault, or recovers the one that an earlier deployment of the same name left.',
  dependsOn: [resourceGroup],
  input: z.object({
    ...placeFields,
    keyVaultName: z.string(),
    tenantId: z.string(),
    keptByOthers: keptByOthersField,
    hardened: hardenedField,
  }),
  value: z.object({ id: z.string(), uri: z.string() }),
  from: (deployment) => ({
    ...placeOf(deployment),
    ...vaultGroupOf(deployment),
    keyVaultName: deployment.keyVaultName,
    tenantId: deployment.tenantId,
    ...hardenedOf(deployment),
    ...(deployment.existing?.keyVaultId !== undefined && { keptByOthers: true }),
  }),
  usualSeconds: { create: 25, update: 3 },
  deadlineMinutes: 30,
  actions: [
    {
      action: 'Microsoft.KeyVault/locations/deletedVaults/read',
      why: 'whether a deleted vault is the one to recover, or to purge',
    },
    { action: 'Microsoft.KeyVault/vaults/read', why: 'reads it', needed: ({ ownVault }) => ownVault },
    {
      action: 'Microsoft.KeyVault/vaults/write',
      why: 'creates, recovers, changes or repairs it',
      needed: 'write',
    },
  ],
  resource: {
    type: 'Microsoft.KeyVault/vaults',
    apiVersion: '2026-02-01',
    nameIn: ({ keyVaultName }) => keyVaultName,
    existingIn: ({ existing }) => existing?.keyVaultId,
    deleteSeconds: 5,
    policyContent: (deployment) => ({
      properties: {
        sku: { family: 'A', name: 'standard' },
        enableRbacAuthorization: false,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
        ...(isHardened(deployment) && hardenedVault),
      },
    }),
  },
  actsOn: (deployment) => (deployment.existing?.keyVaultId === undefined ? [resourceGroup.resourceId(deployment)] : []),
  commandOrder: 3,
  commands: (deployment) => {
    const name = flag('name', deployment.keyVaultName);
    return {
      create: [
        command(
          'az keyvault create',
          name,
          groupFlag(deployment),
          flag('location', deployment.location),
          isHardened(deployment)
            ? '--enable-rbac-authorization true --enable-purge-protection true'
            : '--enable-rbac-authorization false',
          tagFlags(deployment.tags),
          TABLE,
        ),
      ],
      reads: [
        readInto('KEYVAULTID', `az keyvault show ${name} --query "id"`),
        readInto('KEYVAULTURL', `az keyvault show ${name} --query "properties.vaultUri"`),
      ],
    };
  },
  updates: {
    'accessPolicies.caller': ({ keyVaultName }) =>
      `az keyvault set-policy ${flag('name', keyVaultName)} --object-id $(az ad signed-in-user show --query id --output tsv) --key-permissions all --secret-permissions all --certificate-permissions all`,
    recovered: ({ keyVaultName, location }) =>
      `az keyvault recover ${flag('name', keyVaultName)} ${flag('location', location)}`,
    enableRbacAuthorization: ({ keyVaultName }) =>
      `az keyvault update ${flag('name', keyVaultName)} --enable-rbac-authorization true`,
    enablePurgeProtection: ({ keyVaultName }) =>
      `az keyvault update ${flag('name', keyVaultName)} --enable-purge-protection true`,
  },
  outputs: ({ keyVaultName }, { id, uri }) => ({
    MY_KEYVAULT_NAME: keyVaultName,
    KEYVAULTID: id,
    KEYVAULTURL: uri,
  }),
});
