import { z } from 'zod';
import type { Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { existing, parent } from '../../arm/tracked-resources.ts';
import { DURATIONS } from '../../base/durations.ts';
import { type Answer, json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import { tagsSchema } from '../../state/resource.ts';
import type { KeyVaultWorld, VaultRequest } from './key-vault-world.ts';
import { SECRET_TYPE, secretResource, writeSecret } from './secret-resource.ts';
import { refuseVaultIssue } from './vault-schema.ts';
import { VAULT_PATH, VAULT_TYPE, vaultId } from './vaults.ts';

const PATH = `${VAULT_PATH}/secrets`;

const seconds = z.number().int().nullish();
const attributes = z.looseObject({ enabled: z.boolean().nullish(), exp: seconds, nbf: seconds }).nullish();

const schema = z.looseObject({
  tags: tagsSchema.nullish(),
  properties: z.looseObject({ value: z.string(), contentType: z.string().nullish(), attributes }),
});

const patchSchema = z.looseObject({
  tags: tagsSchema.nullish(),
  properties: schema.shape.properties.partial().optional(),
});

/** @throws HttpError 400 for a bad name or too long a value, 409 for a name in deleted but recoverable state. */
export const checkSecret = (world: KeyVaultWorld, vault: string, name: string, value: string): void => {
  if (!/^[0-9a-zA-Z-]{1,127}$/.test(name)) {
    // aspnet/MicrosoftConfigurationBuilders issue 22.
    throw new HttpError(400, 'BadParameter', `The request URI contains an invalid name: ${name}`);
  }
  if (Buffer.byteLength(value) > 25_600) {
    // Azure/azure-sdk-for-node issue 2198; the limit: learn.microsoft.com, About Azure Key Vault secrets.
    throw new HttpError(400, 'BadParameter', 'Property  has invalid value\r\n');
  }
  if (world.vaultSecrets.get(vault, name)?.deletedAt === undefined) return;
  throw new HttpError(
    409,
    'Conflict',
    `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.`,
    { innererror: { code: 'ObjectIsDeletedButRecoverable' } },
  );
};

const put = (request: VaultRequest): Answer => {
  const { world } = request;
  const { tags, properties } = request.content(schema, refuseVaultIssue);
  const vault = parent(request, vaultId(request), VAULT_TYPE, SECRET_TYPE);
  const name = request.parameter('secret');
  checkSecret(world, vault.name, name, properties.value);
  const before = world.vaultSecrets.get(vault.name, name);
  const secret = writeSecret(world, vault, name, {
    value: properties.value,
    contentType: properties.contentType ?? undefined,
    enabled: properties.attributes?.enabled ?? undefined,
    tags: tags ?? undefined,
  });
  return json(before ? 200 : 201, secretResource(vault, secret));
};

const patch = (request: VaultRequest): Answer => {
  const { tags, properties = {} } = request.content(patchSchema, refuseVaultIssue);
  const vault = parent(request, vaultId(request), VAULT_TYPE, SECRET_TYPE);
  existing(request, `${vault.id}/secrets/${request.parameter('secret')}`, SECRET_TYPE);
  const before = request.world.vaultSecrets.get(vault.name, request.parameter('secret'));
  const latest = before?.versions.at(-1);
  if (!before || !latest) throw new Error('A secret without versions is impossible.');
  const value = properties.value ?? latest.value;
  checkSecret(request.world, vault.name, before.name, value);
  const secret = writeSecret(request.world, vault, before.name, {
    value,
    contentType: properties.contentType ?? latest.contentType,
    enabled: properties.attributes?.enabled ?? latest.enabled,
    tags: tags ?? latest.tags,
  });
  return json(200, secretResource(vault, secret));
};

/** Vault secrets through Resource Manager: written without an access policy, and never read back. */
export const VAULT_SECRET_ROUTES: Route<KeyVaultWorld>[] = [
  ...routesOf({ type: VAULT_TYPE, path: `${PATH}/{secret}`, resource: SECRET_TYPE }, [
    { method: 'PUT', seconds: DURATIONS.secret, handle: put },
    { method: 'PATCH', seconds: DURATIONS.secret, handle: patch },
    {
      method: 'GET',
      handle: (request) =>
        json(200, existing(request, `${vaultId(request)}/secrets/${request.parameter('secret')}`, SECRET_TYPE)),
    },
  ]),
  ...routesOf<KeyVaultWorld>({ type: VAULT_TYPE, path: PATH, resource: SECRET_TYPE }, [
    {
      method: 'GET',
      handle: (request) => {
        const vault = parent(request, vaultId(request), VAULT_TYPE, SECRET_TYPE);
        return listOf(request.world.resources.below(vault.id).filter(({ type }) => type === SECRET_TYPE));
      },
    },
  ]),
];
