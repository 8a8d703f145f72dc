import type { Secret } from '@azure/arm-keyvault';
import type { StorageAccount } from '@azure/arm-storage';
import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import type { Inspection, PlannedAction } from '../deployment/plan/inspection.ts';
import { KEY_SECRET, NAME_SECRET, secrets } from '../steps/secrets.ts';
import { implement } from './implement.ts';
import { doneAfter } from './reconcile/done-after.ts';
import { putSecret, type VaultOfSecrets, vaultOf } from './reconcile/put-secret.ts';

/** Resource Manager does not give a secret's value back; the tag says which value it holds: the account's name, or when its key was made. */
const FINGERPRINT_TAG = 'airflow-on-aks-value-of';

/** What `az keyvault secret set --value` tags a secret with. */
const AZ_TAGS = { 'file-encoding': 'utf-8' };

type Input = z.infer<typeof secrets.input>;
type Value = z.infer<typeof secrets.value>;

/** A secret as it is, beside the fingerprint of the value that it should hold. */
interface Entry {
  readonly name: string;
  readonly existing: Secret | undefined;
  readonly fingerprint: string | undefined;
  readonly action: PlannedAction;
}

const readEntries = async (
  input: Input,
  account: StorageAccount | undefined,
): Promise<readonly [name: Entry, key: Entry]> => [
  await readEntry(vaultOf(input), NAME_SECRET, input.storageAccountName),
  await readEntry(vaultOf(input), KEY_SECRET, account?.keyCreationTime?.key1?.toISOString()),
];

const readAccount = ({ subscriptionId, resourceGroupName, storageAccountName }: Input): Promise<StorageAccount> =>
  armClients(subscriptionId).storage.storageAccounts.getProperties(resourceGroupName, storageAccountName);

const readEntry = async (input: VaultOfSecrets, name: string, fingerprint: string | undefined): Promise<Entry> => {
  const vault = armClients(input.subscriptionId).vaults.secrets;
  const existing = await findOrUndefined(vault.get(input.resourceGroupName, input.keyVaultName, name));
  const fits = fingerprint !== undefined && existing?.tags?.[FINGERPRINT_TAG] === fingerprint;
  return { name, existing, fingerprint, action: fits ? 'unchanged' : existing ? 'update' : 'create' };
};

/** What the values are is in no difference: only which value a secret holds. */
const inspectSecrets = async (input: Input): Promise<Inspection<Value>> =>
  inspectionOf(input, await readEntries(input, await findOrUndefined(readAccount(input))));

const inspectionOf = (input: Input, entries: readonly [name: Entry, key: Entry]): Inspection<Value> => {
  const [name, key] = entries.map(({ existing, action }) => (action === 'unchanged' ? existing : undefined));
  const updated = entries.filter(({ action }) => action === 'update');
  return {
    action: entries.some(({ action }) => action === 'create') ? 'create' : updated.length > 0 ? 'update' : 'unchanged',
    changes: updated.map(({ name, existing, fingerprint }) => ({
      property: name,
      from: existing?.tags?.[FINGERPRINT_TAG] ?? 'not set',
      to: fingerprint ?? 'known after the step storage',
    })),
    resourceId: `${resourceId(vaultOf(input), 'Microsoft.KeyVault/vaults', input.keyVaultName)}/secrets/${KEY_SECRET}`,
    ...(name && key && { value: { nameSecretUri: uriOf(name), keySecretUri: uriOf(key) } }),
  };
};

/**
 * Puts the storage account's name and key into the vault, through Resource Manager and within one activity: the key is in no input, no output
 * and no error. A rotated key is noticed by its creation time and written again.
 *
 * @param recovered - the name of the secret that was brought back before this call.
 */
const ensureSecrets = async (input: Input, recovered: string | undefined): Promise<ReconcileResult<Value>> => {
  const { subscriptionId, resourceGroupName, storageAccountName } = input;
  const entries = await readEntries(input, await readAccount(input));
  const [nameEntry, keyEntry] = entries;
  const nameSecret = await writeEntry(vaultOf(input), nameEntry, async () => storageAccountName);
  const keySecret = await writeEntry(vaultOf(input), keyEntry, async () => {
    const { storageAccounts } = armClients(subscriptionId).storage;
    const { keys } = await storageAccounts.listKeys(resourceGroupName, storageAccountName);
    const key = keys?.find(({ keyName }) => keyName === 'key1')?.value;
    if (!key) throw new Error(`Azure listed no key1 for the storage account ${storageAccountName}.`);
    return key;
  });
  const inspection = inspectionOf(input, entries);
  const value = { nameSecretUri: nameSecret, keySecretUri: keySecret };
  const changed = entries.flatMap(({ name, action }) => (action === 'update' || name === recovered ? [name] : []));
  if (inspection.action === 'unchanged' && changed.length > 0)
    return { ...doneAfter(inspection, value), change: 'updated', changed };
  return { ...doneAfter(inspection, value), changed };
};

/** @returns the secret's URI. */
const writeEntry = async (
  input: VaultOfSecrets,
  { name, existing, fingerprint, action }: Entry,
  readValue: () => Promise<string>,
): Promise<string> => {
  if (existing && action === 'unchanged') return uriOf(existing);
  const secret = await putSecret(input, name, {
    tags: { ...existing?.tags, ...AZ_TAGS, ...(fingerprint !== undefined && { [FINGERPRINT_TAG]: fingerprint }) },
    properties: { value: await readValue() },
  });
  return uriOf(secret);
};

const uriOf = ({ properties }: Secret): string => properties.secretUri ?? '';

export const secretsImplementation = implement(secrets, { inspect: inspectSecrets, apply: ensureSecrets });
