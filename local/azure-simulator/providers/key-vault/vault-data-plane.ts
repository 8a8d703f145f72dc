import { vaultAt } from '../../base/cloud-hosts.ts';
import { DURATIONS } from '../../base/durations.ts';
import { SIMULATED_TENANT_ID } from '../../base/identities.ts';
import { at } from '../../base/json.ts';
import type { Claims } from '../../entra/tokens.ts';
import { type Answer, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Incoming } from '../../http/incoming.ts';
import { checkPath, segmentsOf } from '../../http/path.ts';
import type { Plan, Plane } from '../../http/plane.ts';
import type { Resource } from '../../state/resource.ts';
import { maySecrets } from './access-policies.ts';
import type { KeyVaultWorld } from './key-vault-world.ts';
import {
  deletedSecret,
  deleteSecret,
  getSecret,
  listSecrets,
  purgeSecret,
  recoverSecret,
  setSecret,
} from './secret-requests.ts';
import { readVaultToken } from './vault-token.ts';
import { checkVersion } from './vault-versions.ts';

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
    // The first request of a client comes without token and body, to learn where to get one.
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
        work: (vault) => setSecret(this.#world, vault, secret, incoming),
      }),
      'GET secrets': () => ({
        permission: 'list',
        dataAction: 'readMetadata/action',
        work: (vault) => listSecrets(this.#world, vault, false),
      }),
      'GET secrets/name': () => ({
        permission: 'get',
        dataAction: 'getSecret/action',
        work: (vault) => getSecret(this.#world, vault, secret),
      }),
      'GET secrets/name/version': () => ({
        permission: 'get',
        dataAction: 'getSecret/action',
        work: (vault) => getSecret(this.#world, vault, secret, version),
      }),
      'DELETE secrets/name': () => ({
        permission: 'delete',
        dataAction: 'delete',
        write: true,
        work: (vault) => deleteSecret(this.#world, vault, secret),
      }),
      'GET deletedsecrets': () => ({
        permission: 'list',
        dataAction: 'readMetadata/action',
        work: (vault) => listSecrets(this.#world, vault, true),
      }),
      'GET deletedsecrets/name': () => ({
        permission: 'get',
        dataAction: 'readMetadata/action',
        work: (vault) => deletedSecret(this.#world, vault, secret),
      }),
      'DELETE deletedsecrets/name': () => ({
        permission: 'purge',
        dataAction: 'purge/action',
        write: true,
        work: (vault) => purgeSecret(this.#world, vault, secret),
      }),
      'POST deletedsecrets/name/recover': () => ({
        permission: 'recover',
        dataAction: 'recover/action',
        write: true,
        work: (vault) => recoverSecret(this.#world, vault, secret),
      }),
    };
    const task = rest.length === 0 ? tasks[key] : undefined;
    if (!task) throw new HttpError(404, 'NotFound', `The vault has nothing at ${incoming.path}.`);
    return task();
  }
}
