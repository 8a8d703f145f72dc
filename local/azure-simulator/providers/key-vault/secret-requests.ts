import { z } from 'zod';
import { at, type JsonObject } from '../../base/json.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Incoming } from '../../http/incoming.ts';
import { type Resource, tagsSchema } from '../../state/resource.ts';
import { checkSecret } from './arm-secrets.ts';
import type { KeyVaultWorld } from './key-vault-world.ts';
import { secretResource, writeSecret } from './secret-resource.ts';
import { retentionDays } from './soft-deleted-vaults.ts';
import { latestOf, type SecretVersion, type VaultSecret } from './vault-secrets.ts';

const DAY_MS = 86_400_000;

const schema = z.looseObject({
  value: z.string(),
  contentType: z.string().nullish(),
  tags: tagsSchema.nullish(),
  attributes: z
    .looseObject({ enabled: z.boolean().nullish(), exp: z.number().int().nullish(), nbf: z.number().int().nullish() })
    .nullish(),
});

/** Makes a new version of a secret. @throws HttpError 400, 409 */
export const setSecret = (world: KeyVaultWorld, vault: Resource, name: string, incoming: Incoming): Answer => {
  const parsed = schema.safeParse(bodyOf(incoming));
  if (!parsed.success) {
    // Text: that of a value that is too long; that it is the same for others is unverified.
    throw new HttpError(
      400,
      'BadParameter',
      `Property ${parsed.error.issues[0]?.path.join('.') ?? ''} has invalid value\r\n`,
    );
  }
  const { value, contentType, tags, attributes } = parsed.data;
  checkSecret(world, vault.name, name, value);
  const secret = writeSecret(world, vault, name, {
    value,
    contentType: contentType ?? undefined,
    enabled: attributes?.enabled ?? undefined,
    tags: tags ?? undefined,
  });
  return json(200, show(vault, secret, latestOf(secret), true));
};

/** @throws HttpError 404 */
const alive = (world: KeyVaultWorld, vault: Resource, name: string): VaultSecret => {
  const secret = world.vaultSecrets.get(vault.name, name);
  if (secret && secret.deletedAt === undefined) return secret;
  throw new HttpError(
    404,
    'SecretNotFound',
    `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  );
};

/** A secret with its value: the newest version, or the one named. @throws HttpError 403, 404 */
export const getSecret = (world: KeyVaultWorld, vault: Resource, name: string, version?: string): Answer => {
  const secret = alive(world, vault, name);
  const found = version ? secret.versions.find((one) => one.version === version) : latestOf(secret);
  if (!found)
    throw new HttpError(
      404,
      'SecretNotFound',
      `A secret with (name/id) ${name}/${version} was not found in this key vault.`,
    );
  if (!found.enabled)
    throw new HttpError(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', {
      innererror: { code: 'SecretDisabled' },
    });
  return json(200, show(vault, secret, found, true));
};

/** The secrets that are alive, or the soft-deleted ones; never with their values. */
export const listSecrets = (world: KeyVaultWorld, vault: Resource, deleted: boolean): Answer => {
  const secrets = world.vaultSecrets.of(vault.name).filter((one) => (one.deletedAt !== undefined) === deleted);
  const items = secrets.map((secret) => {
    const { id: _, ...item } = show(vault, secret, latestOf(secret), false);
    return {
      ...item,
      ...(deleted && deletion(vault, secret)),
      id: `${at(vault.properties, 'vaultUri')}secrets/${secret.name}`,
    };
  });
  return json(200, { value: items, nextLink: null });
};

/** Soft-deletes a secret. @throws HttpError 404 */
export const deleteSecret = (world: KeyVaultWorld, vault: Resource, name: string): Answer => {
  const secret = { ...alive(world, vault, name), deletedAt: world.now() };
  world.vaultSecrets.put(secret);
  world.resources.remove(secretResource(vault, secret).id);
  return deletedSecret(world, vault, name);
};

/** @throws HttpError 404 */
const inTrash = (world: KeyVaultWorld, vault: Resource, name: string): VaultSecret => {
  const secret = world.vaultSecrets.get(vault.name, name);
  if (secret?.deletedAt !== undefined) return secret;
  throw new HttpError(404, 'SecretNotFound', `Deleted Secret not found: ${name}`);
};

/** A soft-deleted secret. @throws HttpError 404 */
export const deletedSecret = (world: KeyVaultWorld, vault: Resource, name: string): Answer => {
  const secret = inTrash(world, vault, name);
  return json(200, { ...show(vault, secret, latestOf(secret), false), ...deletion(vault, secret) });
};

/** Removes a soft-deleted secret for good. @throws HttpError 403, 404 */
export const purgeSecret = (world: KeyVaultWorld, vault: Resource, name: string): Answer => {
  const secret = inTrash(world, vault, name);
  if (at(vault.properties, 'enablePurgeProtection') === true) {
    // Azure/sap-automation pull request 200.
    throw new HttpError(
      403,
      'Forbidden',
      `Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.\r\nVault: ${vault.name};location=${vault.location}`,
    );
  }
  world.vaultSecrets.remove(vault.name, secret.name);
  world.nextGeneration(secretResource(vault, secret).id);
  return empty(204);
};

/** Brings a soft-deleted secret back. @throws HttpError 404 */
export const recoverSecret = (world: KeyVaultWorld, vault: Resource, name: string): Answer => {
  const { deletedAt: _, ...secret } = inTrash(world, vault, name);
  world.vaultSecrets.put(secret);
  world.resources.put(secretResource(vault, secret));
  return json(200, show(vault, secret, latestOf(secret), false));
};

const deletion = (vault: Resource, secret: VaultSecret): JsonObject => {
  const deletedAt = secret.deletedAt ?? 0;
  return {
    recoveryId: `${at(vault.properties, 'vaultUri')}deletedsecrets/${secret.name}`,
    deletedDate: Math.floor(deletedAt / 1000),
    scheduledPurgeDate: Math.floor((deletedAt + retentionDays(vault) * DAY_MS) / 1000),
  };
};

const show = (
  vault: Resource,
  secret: VaultSecret,
  version: SecretVersion | undefined,
  withValue: boolean,
): JsonObject => {
  if (!version) throw new Error('A secret without versions is impossible.');
  return {
    ...(withValue && { value: version.value }),
    ...(version.contentType !== undefined && { contentType: version.contentType }),
    id: `${at(vault.properties, 'vaultUri')}secrets/${secret.name}/${version.version}`,
    attributes: {
      enabled: version.enabled,
      created: Math.floor(version.createdAt / 1000),
      updated: Math.floor(version.updatedAt / 1000),
      recoveryLevel: recoveryLevel(vault),
      recoverableDays: retentionDays(vault),
    },
    tags: version.tags,
  };
};

/** The JSON of a request; undefined for none. @throws HttpError 400, with a text that is unverified. */
const bodyOf = ({ text, isOversize }: Incoming): unknown => {
  if (isOversize || text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'BadParameter', 'The request body is not valid JSON.');
  }
};

/** Learn.microsoft.com, Azure.Security.KeyVault: DeletionRecoveryLevel. */
const recoveryLevel = (vault: Resource): string => {
  const level = retentionDays(vault) < 90 ? 'CustomizedRecoverable' : 'Recoverable';
  return at(vault.properties, 'enablePurgeProtection') === true ? level : `${level}+Purgeable`;
};
