import type { Secret } from '@azure/arm-keyvault';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { secrets } from '../deployment/step-contracts.ts';
import { putSecret, type VaultOfSecrets } from './put-secret.ts';
import { stepActivity } from './step-activity.ts';

/** The names that the tutorial's next part looks up. */
const NAME_SECRET = 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME';
const KEY_SECRET = 'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY';

/** Resource Manager does not give a secret's value back; the tag says which value it holds: the account's name, or when its key was made. */
const FINGERPRINT_TAG = 'airflow-on-aks-value-of';

/** What `az keyvault secret set --value` tags a secret with. */
const AZ_TAGS = { 'file-encoding': 'utf-8' };

/**
 * Puts the storage account's name and key into the vault, through Resource Manager and within one activity: the key is in no input, no output
 * and no error. A rotated key is noticed by its creation time and written again.
 */
export const secretsActivity = stepActivity(secrets, async (input, recovered) => {
  const { subscriptionId, resourceGroupName, keyVaultName, storageAccountName } = input;
  const { storageAccounts } = armClients(subscriptionId).storage;
  const account = await storageAccounts.getProperties(resourceGroupName, storageAccountName);
  const keyMadeAt = account.keyCreationTime?.key1?.toISOString();

  const nameSecret = await ensureSecret(input, NAME_SECRET, storageAccountName, async () => storageAccountName);
  const keySecret = await ensureSecret(input, KEY_SECRET, keyMadeAt, async () => {
    const { keys } = await storageAccounts.listKeys(resourceGroupName, storageAccountName);
    const key = keys?.find(({ keyName }) => keyName === 'key1')?.value;
    if (!key) throw new Error(`Azure listed no key1 for the storage account ${storageAccountName}.`);
    return key;
  });
  const changed = [nameSecret, keySecret].flatMap(({ name, change }) =>
    change === 'updated' || name === recovered ? [name] : [],
  );
  const created = nameSecret.change === 'created' || keySecret.change === 'created';
  return {
    kind: 'done',
    value: { nameSecretUri: nameSecret.uri, keySecretUri: keySecret.uri },
    change: created ? 'created' : changed.length > 0 ? 'updated' : 'unchanged',
    changed,
    resourceId: `${resourceId(input, 'Microsoft.KeyVault/vaults', keyVaultName)}/secrets/${KEY_SECRET}`,
  };
});

const ensureSecret = async (
  input: VaultOfSecrets,
  name: string,
  fingerprint: string | undefined,
  readValue: () => Promise<string>,
) => {
  const vault = armClients(input.subscriptionId).vaults.secrets;
  const existing = await findOrUndefined(vault.get(input.resourceGroupName, input.keyVaultName, name));
  if (existing && fingerprint !== undefined && existing.tags?.[FINGERPRINT_TAG] === fingerprint) {
    return { name, uri: uriOf(existing), change: 'unchanged' as const };
  }
  const secret = await putSecret(input, name, {
    tags: { ...existing?.tags, ...AZ_TAGS, ...(fingerprint !== undefined && { [FINGERPRINT_TAG]: fingerprint }) },
    properties: { value: await readValue() },
  });
  return { name, uri: uriOf(secret), change: existing ? ('updated' as const) : ('created' as const) };
};

const uriOf = ({ properties }: Secret): string => properties.secretUri ?? '';
