import { textAt } from '../../base/json.ts';
import type { Resource } from '../../state/resource.ts';
import type { KeyVaultWorld } from './key-vault-world.ts';
import { latestOf, type SecretVersion, type VaultSecret } from './vault-secrets.ts';

export const SECRET_TYPE = 'Microsoft.KeyVault/vaults/secrets';

/** A secret as Resource Manager shows it: never with its value. */
export const secretResource = (vault: Resource, secret: VaultSecret): Resource => {
  const latest = latestOf(secret);
  const uri = `${textAt(vault.properties, 'vaultUri')}secrets/${secret.name}`;
  return {
    id: `${vault.id}/secrets/${secret.name}`,
    name: secret.name,
    type: SECRET_TYPE,
    ...(vault.location !== undefined && { location: vault.location }),
    tags: latest?.tags ?? {},
    properties: {
      ...(latest?.contentType !== undefined && { contentType: latest.contentType }),
      attributes: {
        enabled: latest?.enabled ?? true,
        created: Math.floor((latest?.createdAt ?? 0) / 1000),
        updated: Math.floor((latest?.updatedAt ?? 0) / 1000),
      },
      secretUri: uri,
      secretUriWithVersion: `${uri}/${latest?.version ?? ''}`,
    },
  };
};

/** The secrets of a recovered vault appear again. */
export const restoreSecretResources = (world: KeyVaultWorld, vault: Resource): void => {
  for (const secret of world.vaultSecrets.of(vault.name)) {
    if (secret.deletedAt === undefined) world.resources.put(secretResource(vault, secret));
  }
};

export interface SecretContent {
  value: string;
  contentType?: string | undefined;
  enabled?: boolean | undefined;
  tags?: Record<string, string> | undefined;
}

/** Makes a new version of a secret, whichever way it came. */
export const writeSecret = (
  world: KeyVaultWorld,
  vault: Resource,
  name: string,
  content: SecretContent,
): VaultSecret => {
  const before = world.vaultSecrets.get(vault.name, name);
  const now = world.now();
  const id = `${vault.id}/secrets/${name}`;
  const number = `${world.generation(vault.id)}.${world.generation(id)}.${before?.versions.length ?? 0}`;
  const version: SecretVersion = {
    version: world.seeded.hex(id, `version ${number}`, 32),
    value: content.value,
    ...(content.contentType !== undefined && { contentType: content.contentType }),
    enabled: content.enabled ?? true,
    tags: content.tags ?? {},
    createdAt: now,
    updatedAt: now,
  };
  const secret = { vault: vault.name, name: before?.name ?? name, versions: [...(before?.versions ?? []), version] };
  world.vaultSecrets.put(secret);
  world.resources.put(secretResource(vault, secret));
  recordValue(world, content.value);
  return secret;
};

/** Values that are the names of resources are public, though they are kept in a vault, as the storage account's name is. */
const recordValue = (world: KeyVaultWorld, value: string): void => {
  if (world.resources.all().some((resource) => resource.name === value)) return;
  world.secrets.add('vault-secret', value);
  // Texts with line breaks are escaped in JSON: the last full line of a private key is searched for by itself.
  if (!value.includes('PRIVATE KEY')) return;
  const line = value.split(/\r?\n/).findLast((one) => one.length >= 60 && !one.includes('-----'));
  if (line) world.secrets.add('private-key-line', line);
};
