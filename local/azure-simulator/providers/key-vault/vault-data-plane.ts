import { z } from 'zod';
import { vaultAt } from '../../base/cloud-hosts.ts';
import { DURATIONS } from '../../base/durations.ts';
import { SIMULATED_TENANT_ID } from '../../base/identities.ts';
import { at, type JsonObject } from '../../base/json.ts';
import type { Claims } from '../../entra/tokens.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Incoming } from '../../http/incoming.ts';
import { checkPath, segmentsOf } from '../../http/path.ts';
import type { Plan, Plane } from '../../http/plane.ts';
import { type Resource, tagsSchema } from '../../state/resource.ts';
import { maySecrets } from './access-policies.ts';
import { checkSecret } from './arm-secrets.ts';
import type { KeyVaultWorld } from './key-vault-world.ts';
import { secretResource, writeSecret } from './secret-resource.ts';
import { retentionDays } from './soft-deleted-vaults.ts';
import { latestOf, type SecretVersion, type VaultSecret } from './vault-secrets.ts';
import { readVaultToken } from './vault-token.ts';

const DAY_MS = 86_400_000;

const schema = z.looseObject({
  value: z.string(),
  contentType: z.string().nullish(),
  tags: tagsSchema.nullish(),
  attributes: z
    .looseObject({ enabled: z.boolean().nullish(), exp: z.number().int().nullish(), nbf: z.number().int().nullish() })
    .nullish(),
});

/** What is asked of a vault: the permission that it takes and the work. */
interface Task {
  permission: string;
  dataAction: string;
  write?: boolean;
  work: (vault: Resource) => Answer;
}

/** A vault's own endpoint, for secrets (learn.microsoft.com, rest/api/keyvault/secrets). */
export class VaultDataPlane implements Plane {
  readonly #world: KeyVaultWorld;

  constructor(world: KeyVaultWorld) {
    this.#world = world;
  }

  serves(host: string): boolean {
    return vaultAt(this.#world.cloud, host) !== undefined;
  }

  isReachable(host: string): boolean {
    const vault = this.#vaultOf(host);
    return vault !== undefined && vault.properties.provisioningState !== 'RegisteringDns';
  }

  prepare(incoming: Incoming): Plan {
    const { cloud } = this.#world;
    const audience = `https://${cloud.vaultSuffix}`;
    const challenge = `Bearer authorization="https://${cloud.authority}/${SIMULATED_TENANT_ID}", resource="${audience}"`;
    // The first request of a client comes without token and body, to be told where to get one.
    const claims = readVaultToken(incoming.headers.authorization, audience, challenge);
    checkPath(incoming.path);
    checkVersion(incoming.query.get('api-version'));
    const task = this.#task(incoming);
    return {
      seconds: task.write ? DURATIONS.secret : DURATIONS.read,
      asynchronous: false,
      execute: () => {
        const vault = this.#vaultOf(incoming.host);
        // Gone while the request was on its way; what Azure says then is unverified.
        if (!vault) throw new HttpError(404, 'NotFound', `The vault ${vaultAt(cloud, incoming.host)} was not found.`);
        this.#authorize(vault, claims, task);
        return task.work(vault);
      },
    };
  }

  errorBody(error: HttpError): Answer {
    return json(error.status, error.body());
  }

  headers(): Record<string, string> {
    return {
      'x-ms-keyvault-service-version': '1.9.0.0',
      'x-ms-keyvault-region': 'simulated',
      'cache-control': 'no-cache',
    };
  }

  #vaultOf(host: string): Resource | undefined {
    const name = vaultAt(this.#world.cloud, host);
    return this.#world.resources.ofType('Microsoft.KeyVault/vaults').find((one) => one.name.toLowerCase() === name);
  }

  #authorize(vault: Resource, claims: Claims, task: Task): void {
    const rbac = at(vault.properties, 'enableRbacAuthorization') === true;
    const allowed = rbac
      ? this.#world.assignments.mayData(claims.oid, `Microsoft.KeyVault/vaults/secrets/${task.dataAction}`, vault.id)
      : maySecrets(vault, claims.oid, task.permission);
    if (allowed) return;
    const who = `appid=${claims.appid};oid=${claims.oid};iss=https://${this.#world.cloud.tokenIssuer}/${claims.tid}/`;
    const message = rbac
      ? `Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\nCaller: ${who}\r\nAction: 'Microsoft.KeyVault/vaults/secrets/${task.dataAction}'`
      : `The user, group or application '${who}' does not have secrets ${task.permission} permission on key vault '${vault.name};location=${vault.location}'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287`;
    throw new HttpError(403, 'Forbidden', message, {
      innererror: { code: rbac ? 'ForbiddenByRbac' : 'AccessDenied' },
    });
  }

  #task(incoming: Incoming): Task {
    const [collection = '', name, version, ...rest] = segmentsOf(incoming.path);
    const action = incoming.method === 'POST' ? `/${version}` : '/version';
    const key = `${incoming.method} ${collection.toLowerCase()}${name === undefined ? '' : '/name'}${version === undefined ? '' : action}`;
    const secret = name ?? '';
    const tasks: Record<string, () => Task> = {
      'PUT secrets/name': () => ({
        permission: 'set',
        dataAction: 'setSecret/action',
        write: true,
        work: (vault) => this.#set(vault, secret, incoming),
      }),
      'GET secrets': () => ({
        permission: 'list',
        dataAction: 'readMetadata/action',
        work: (vault) => this.#list(vault, false),
      }),
      'GET secrets/name': () => ({
        permission: 'get',
        dataAction: 'getSecret/action',
        work: (vault) => this.#get(vault, secret),
      }),
      'GET secrets/name/version': () => ({
        permission: 'get',
        dataAction: 'getSecret/action',
        work: (vault) => this.#get(vault, secret, version),
      }),
      'DELETE secrets/name': () => ({
        permission: 'delete',
        dataAction: 'delete',
        write: true,
        work: (vault) => this.#delete(vault, secret),
      }),
      'GET deletedsecrets': () => ({
        permission: 'list',
        dataAction: 'readMetadata/action',
        work: (vault) => this.#list(vault, true),
      }),
      'GET deletedsecrets/name': () => ({
        permission: 'get',
        dataAction: 'readMetadata/action',
        work: (vault) => this.#deleted(vault, secret),
      }),
      'DELETE deletedsecrets/name': () => ({
        permission: 'purge',
        dataAction: 'purge/action',
        write: true,
        work: (vault) => this.#purge(vault, secret),
      }),
      'POST deletedsecrets/name/recover': () => ({
        permission: 'recover',
        dataAction: 'recover/action',
        write: true,
        work: (vault) => this.#recover(vault, secret),
      }),
    };
    const task = rest.length === 0 ? tasks[key] : undefined;
    if (!task) throw new HttpError(404, 'NotFound', `The vault has nothing at ${incoming.path}.`);
    return task();
  }

  #set(vault: Resource, name: string, incoming: Incoming): Answer {
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
    checkSecret(this.#world, vault.name, name, value);
    const secret = writeSecret(this.#world, vault, name, {
      value,
      contentType: contentType ?? undefined,
      enabled: attributes?.enabled ?? undefined,
      tags: tags ?? undefined,
    });
    return json(200, this.#show(vault, secret, latestOf(secret), true));
  }

  #alive(vault: Resource, name: string): VaultSecret {
    const secret = this.#world.vaultSecrets.get(vault.name, name);
    if (secret && secret.deletedAt === undefined) return secret;
    throw new HttpError(
      404,
      'SecretNotFound',
      `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
    );
  }

  #get(vault: Resource, name: string, version?: string): Answer {
    const secret = this.#alive(vault, name);
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
    return json(200, this.#show(vault, secret, found, true));
  }

  #list(vault: Resource, deleted: boolean): Answer {
    const secrets = this.#world.vaultSecrets.of(vault.name).filter((one) => (one.deletedAt !== undefined) === deleted);
    const items = secrets.map((secret) => {
      const { id: _, ...item } = this.#show(vault, secret, latestOf(secret), false);
      return {
        ...item,
        ...(deleted && this.#deletion(vault, secret)),
        id: `${at(vault.properties, 'vaultUri')}secrets/${secret.name}`,
      };
    });
    return json(200, { value: items, nextLink: null });
  }

  #delete(vault: Resource, name: string): Answer {
    const secret = { ...this.#alive(vault, name), deletedAt: this.#world.now() };
    this.#world.vaultSecrets.put(secret);
    this.#world.resources.remove(secretResource(vault, secret).id);
    return this.#deleted(vault, name);
  }

  #inTrash(vault: Resource, name: string): VaultSecret {
    const secret = this.#world.vaultSecrets.get(vault.name, name);
    if (secret?.deletedAt !== undefined) return secret;
    throw new HttpError(404, 'SecretNotFound', `Deleted Secret not found: ${name}`);
  }

  #deleted(vault: Resource, name: string): Answer {
    const secret = this.#inTrash(vault, name);
    return json(200, { ...this.#show(vault, secret, latestOf(secret), false), ...this.#deletion(vault, secret) });
  }

  #purge(vault: Resource, name: string): Answer {
    const secret = this.#inTrash(vault, name);
    if (at(vault.properties, 'enablePurgeProtection') === true) {
      // Azure/sap-automation pull request 200.
      throw new HttpError(
        403,
        'Forbidden',
        `Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.\r\nVault: ${vault.name};location=${vault.location}`,
      );
    }
    this.#world.vaultSecrets.remove(vault.name, secret.name);
    this.#world.nextGeneration(secretResource(vault, secret).id);
    return empty(204);
  }

  #recover(vault: Resource, name: string): Answer {
    const { deletedAt: _, ...secret } = this.#inTrash(vault, name);
    this.#world.vaultSecrets.put(secret);
    this.#world.resources.put(secretResource(vault, secret));
    return json(200, this.#show(vault, secret, latestOf(secret), false));
  }

  #deletion(vault: Resource, secret: VaultSecret): JsonObject {
    const deletedAt = secret.deletedAt ?? 0;
    return {
      recoveryId: `${at(vault.properties, 'vaultUri')}deletedsecrets/${secret.name}`,
      deletedDate: Math.floor(deletedAt / 1000),
      scheduledPurgeDate: Math.floor((deletedAt + retentionDays(vault) * DAY_MS) / 1000),
    };
  }

  #show(vault: Resource, secret: VaultSecret, version: SecretVersion | undefined, withValue: boolean): JsonObject {
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
  }
}

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

export const VAULT_VERSIONS = [
  '2016-10-01',
  '7.0',
  '7.1',
  '7.2',
  '7.3',
  '7.4',
  '7.5',
  '7.6',
  '2025-06-01-preview',
  '2025-07-01',
];

/** Texts: from memory, unverified. */
const checkVersion = (version: string | null): void => {
  if (!version) throw new HttpError(400, 'BadParameter', 'The required query parameter api-version is missing.');
  if (VAULT_VERSIONS.includes(version)) return;
  throw new HttpError(
    400,
    'BadParameter',
    `The specified version (${version}) is not recognized. Consider using the latest supported version (${VAULT_VERSIONS.at(-1)}).`,
  );
};
