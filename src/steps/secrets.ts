import { z } from 'zod';
import { flag } from '../deployment/az/az-words.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { defineOptionalStep } from './define-step.ts';
import { groupFields, vaultGroupField } from './input-fields.ts';
import { groupOf, vaultElsewhere } from './input-parts.ts';
import { keyVault } from './key-vault.ts';
import { storage } from './storage.ts';

/** The names that the tutorial's next part looks up. */
export const NAME_SECRET = 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME';
export const KEY_SECRET = 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY';

const setSecret = ({ keyVaultName }: Deployment, name: string, value: string): string =>
  `az keyvault secret set ${flag('vault-name', keyVaultName)} --name ${name} ${value}`;

const setName = (deployment: Deployment): string =>
  setSecret(deployment, NAME_SECRET, flag('value', deployment.storageAccountName));

const setKey = (deployment: Deployment): string =>
  setSecret(deployment, KEY_SECRET, '--value $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY');

/** The storage account's name and key in the vault. Without shared keys there is none to keep. */
export const secrets = defineOptionalStep({
  name: 'secrets',
  summary: "Writes the storage account's name and key into the vault.",
  when: (deployment) => !isHardened(deployment),
  dependsOn: [keyVault, storage],
  inside: { step: keyVault, noun: 'vault' },
  input: z.object({
    ...groupFields,
    keyVaultName: z.string(),
    storageAccountName: z.string(),
    vaultGroup: vaultGroupField,
  }),
  value: z.object({ nameSecretUri: z.string(), keySecretUri: z.string() }),
  from: (deployment) => ({
    ...groupOf(deployment),
    keyVaultName: deployment.keyVaultName,
    storageAccountName: deployment.storageAccountName,
    ...vaultElsewhere(deployment),
  }),
  usualSeconds: { create: 4 },
  deadlineMinutes: 20,
  actions: [
    {
      action: 'Microsoft.KeyVault/vaults/secrets/read',
      why: "reads the secrets' tags; never a value",
      needed: ({ keepsSecrets }) => keepsSecrets,
    },
    {
      action: 'Microsoft.KeyVault/vaults/secrets/write',
      why: "writes the storage account's name and key, and the nodes' SSH key",
      needed: 'write',
    },
    {
      action: 'Microsoft.Storage/storageAccounts/listkeys/action',
      why: "the key that goes into the vault. It opens the account's data",
      needed: (facts) => facts.writes('storage-key'),
    },
  ],
  resourceId: (deployment) => `${keyVault.resourceId(deployment)}/secrets/${KEY_SECRET}`,
  actsOn: (deployment) => [keyVault.resourceId(deployment), storage.resourceId(deployment)],
  commandOrder: 7,
  commands: (deployment) => ({ create: [setName(deployment), setKey(deployment)] }),
  updates: { [NAME_SECRET]: setName, [KEY_SECRET]: setKey },
});
