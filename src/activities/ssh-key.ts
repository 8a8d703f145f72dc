import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { isOpenSshRsaPublicKey, openSshRsaPublicKey } from '../deployment/names/open-ssh-key.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import { sshKey, sshSecretName } from '../steps/ssh-key.ts';
import { implement } from './implement.ts';
import { doneAfter } from './reconcile/done-after.ts';
import { sshPublicKeyOf } from './reconcile/immutables.ts';
import { putSecret, vaultOf } from './reconcile/put-secret.ts';

/** The bits that `az aks create --generate-ssh-keys` generates. */
const MODULUS_BITS = 2048;

/** Azure allows 256 characters for the value of a tag; the public key takes two. */
const TAG_VALUE_LENGTH = 256;

type Input = z.infer<typeof sshKey.input>;
type Value = z.infer<typeof sshKey.value>;

const inspectSshKey = async (input: Input): Promise<Inspection<Value>> => {
  const { resourceGroupName, clusterName } = input;
  const { managedClusters } = armClients(input.subscriptionId).clusters;
  const id = secretId(input);
  const known = (publicKey: string): Inspection<Value> => ({
    action: 'unchanged',
    changes: [],
    resourceId: id,
    value: { publicKey },
  });

  const cluster = await findOrUndefined(managedClusters.get(resourceGroupName, clusterName));
  const onNodes = cluster && sshPublicKeyOf(cluster);
  // Nodes that were made without a key, as hardened ones are, get none later.
  if (cluster) return known(onNodes ?? '');

  const existing = await readSecret(input);
  const inTags = publicKeyInTags(existing?.tags);
  if (inTags !== undefined) return known(inTags);
  return { action: existing ? 'update' : 'create', changes: [], resourceId: id };
};

/**
 * Makes the key pair of the nodes. The private half goes into the vault and nowhere else; the public half, which Resource Manager could not read
 * back from there, into the secret's tags, so that a second call finds the same pair. A cluster that is there keeps the key that it has.
 */
const ensureSshKey = async (input: Input): Promise<ReconcileResult<Value>> => {
  const inspection = await inspectSshKey(input);
  if (inspection.value) return doneAfter(inspection, inspection.value);

  const pair = await generateSshKeyPair(`${input.clusterName}-nodes`);
  const existing = inspection.action === 'update' ? await readSecret(input) : undefined;
  await putSecret(vaultOf(input), sshSecretName(input.clusterName), {
    tags: { ...existing?.tags, ...tagsOf(pair.publicKey) },
    properties: { value: pair.privateKey, contentType: 'application/x-pem-file' },
  });
  // Activities may run twice at once: what counts is the pair that the vault kept.
  const publicKey = publicKeyInTags((await readSecret(input))?.tags) ?? pair.publicKey;
  return doneAfter(inspection, { publicKey });
};

const readSecret = (input: Input) => {
  const { subscriptionId, resourceGroupName, keyVaultName } = vaultOf(input);
  const { secrets } = armClients(subscriptionId).vaults;
  return findOrUndefined(secrets.get(resourceGroupName, keyVaultName, sshSecretName(input.clusterName)));
};

const secretId = (input: Input): string =>
  `${resourceId(vaultOf(input), 'Microsoft.KeyVault/vaults', input.keyVaultName)}/secrets/${sshSecretName(input.clusterName)}`;

const tagsOf = (publicKey: string): Record<string, string> => ({
  'ssh-public-key-1': publicKey.slice(0, TAG_VALUE_LENGTH),
  'ssh-public-key-2': publicKey.slice(TAG_VALUE_LENGTH),
  'ssh-public-key-sha256': createHash('sha256').update(publicKey).digest('hex'),
});

const publicKeyInTags = (tags: Readonly<Record<string, string>> | undefined): string | undefined => {
  const publicKey = `${tags?.['ssh-public-key-1'] ?? ''}${tags?.['ssh-public-key-2'] ?? ''}`;
  const whole = createHash('sha256').update(publicKey).digest('hex') === tags?.['ssh-public-key-sha256'];
  return whole && isOpenSshRsaPublicKey(publicKey) ? publicKey : undefined;
};

const generateSshKeyPair = async (comment: string): Promise<{ publicKey: string; privateKey: string }> => {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  const { n, e } = pair.publicKey.export({ format: 'jwk' });
  if (n === undefined || e === undefined) throw new Error('The generated key is not an RSA key.');
  return {
    publicKey: openSshRsaPublicKey({ n, e }, comment),
    privateKey: pair.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString(),
  };
};

export const sshKeyImplementation = implement(sshKey, { inspect: inspectSshKey, apply: ensureSshKey });
