import { z } from 'zod';
import { command, groupFlag, readInto, TABLE } from '../deployment/az/az-lines.ts';
import { flag, tagFlags } from '../deployment/az/az-words.ts';
import { hardenedStorage } from '../deployment/profile/hardening.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import { defineStep } from './define-step.ts';
import { hardenedField, placeFields, resourceValue } from './input-fields.ts';
import { hardenedOf, placeOf } from './input-parts.ts';
import { resourceGroup } from './resource-group.ts';

/** The storage account for Airflow's logs. */
export const storage = defineStep({
  name: 'storage',
  summary: 'Creates the storage account for the logs.',
  dependsOn: [resourceGroup],
  input: z.object({ ...placeFields, storageAccountName: z.string(), hardened: hardenedField }),
  value: resourceValue,
  from: (deployment) => ({
    ...placeOf(deployment),
    storageAccountName: deployment.storageAccountName,
    ...hardenedOf(deployment),
  }),
  usualSeconds: { create: 25, update: 3 },
  deadlineMinutes: 30,
  actions: [
    { action: 'Microsoft.Storage/storageAccounts/read', why: 'reads it', needed: 'always' },
    {
      action: 'Microsoft.Storage/storageAccounts/write',
      why: 'creates, changes or repairs it',
      needed: 'write',
    },
  ],
  resource: {
    type: 'Microsoft.Storage/storageAccounts',
    apiVersion: '2026-09-01',
    nameIn: ({ storageAccountName }) => storageAccountName,
    deleteSeconds: 5,
    policyContent: (deployment) => ({
      kind: 'StorageV2',
      sku: { name: 'Standard_ZRS' },
      properties: {
        supportsHttpsTrafficOnly: true,
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        ...(isHardened(deployment) && hardenedStorage),
      },
    }),
  },
  actsOn: (deployment) => [resourceGroup.resourceId(deployment)],
  commandOrder: 5,
  commands: (deployment) => {
    const { storageAccountName, location, tags } = deployment;
    const name = flag('name', storageAccountName);
    const hardened = isHardened(deployment);
    return {
      create: [
        command(
          'az storage account create',
          name,
          groupFlag(deployment),
          flag('location', location),
          '--sku Standard_ZRS',
          hardened ? `--min-tls-version ${hardenedStorage.minimumTlsVersion} --allow-shared-key-access false` : '',
          tagFlags(tags),
          TABLE,
        ),
      ],
      reads: [
        hardened
          ? readInto(
              'AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_ID',
              `az storage account show ${name} ${groupFlag(deployment)} --query id`,
            )
          : `export AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY=$(az storage account keys list ${flag('account-name', storageAccountName)} --query "[0].value" -o tsv)`,
      ],
    };
  },
  updates: {
    minimumTlsVersion: ({ storageAccountName }, { to }) =>
      `az storage account update ${flag('name', storageAccountName)} --min-tls-version ${to}`,
    allowSharedKeyAccess: ({ storageAccountName }) =>
      `az storage account update ${flag('name', storageAccountName)} --allow-shared-key-access false`,
  },
  outputs: ({ storageAccountName }) => ({ AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_NAME: storageAccountName }),
});
