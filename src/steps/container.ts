import { z } from 'zod';
import { command, groupFlag, TABLE } from '../deployment/az/az-lines.ts';
import { flag } from '../deployment/az/az-words.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import { defineStep } from './define-step.ts';
import { groupFields, resourceValue } from './input-fields.ts';
import { groupOf } from './input-parts.ts';
import { storage } from './storage.ts';

/** The blob container for Airflow's logs. */
export const container = defineStep({
  name: 'container',
  summary: 'Creates the blob container for the logs.',
  dependsOn: [storage],
  input: z.object({ ...groupFields, storageAccountName: z.string(), storageContainerName: z.string() }),
  value: resourceValue,
  from: (deployment) => ({
    ...groupOf(deployment),
    storageAccountName: deployment.storageAccountName,
    storageContainerName: deployment.storageContainerName,
  }),
  usualSeconds: { create: 2 },
  deadlineMinutes: 20,
  actions: [
    {
      action: 'Microsoft.Storage/storageAccounts/blobServices/containers/read',
      why: 'reads it',
      needed: 'always',
    },
    {
      action: 'Microsoft.Storage/storageAccounts/blobServices/containers/write',
      why: 'creates it',
      needed: 'write',
    },
  ],
  resourceId: (deployment) =>
    `${storage.resourceId(deployment)}/blobServices/default/containers/${deployment.storageContainerName}`,
  actsOn: (deployment) => [storage.resourceId(deployment)],
  commandOrder: 6,
  commands: (deployment) => {
    const { storageContainerName, storageAccountName } = deployment;
    return {
      create: [
        isHardened(deployment)
          ? // Through Resource Manager: there is no key, and the person who types this has no role on the blobs.
            command(
              'az storage container-rm create',
              flag('name', storageContainerName),
              flag('storage-account', storageAccountName),
              groupFlag(deployment),
              TABLE,
            )
          : command(
              'az storage container create',
              flag('name', storageContainerName),
              flag('account-name', storageAccountName),
              TABLE,
              '--account-key $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY',
            ),
      ],
    };
  },
  outputs: ({ storageContainerName, storageSecretName }) => ({
    AKS_AIRFLOW_LOGS_STORAGE_CONTAINER_NAME: storageContainerName,
    AKS_AIRFLOW_LOGS_STORAGE_SECRET_NAME: storageSecretName,
  }),
});
