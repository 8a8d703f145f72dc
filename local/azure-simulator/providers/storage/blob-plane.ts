import type { AccessWorld } from '../../access/access-world.ts';
import { authorize } from '../../access/authorize.ts';
import { storageAccountAt } from '../../base/cloud-hosts.ts';
import { DURATIONS } from '../../base/durations.ts';
import { SIMULATED_TENANT_ID } from '../../base/identities.ts';
import { objectAt, textAt } from '../../base/json.ts';
import { type Answer, empty } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Incoming } from '../../http/incoming.ts';
import { segmentsOf } from '../../http/path.ts';
import type { Plan, Plane } from '../../http/plane.ts';
import type { Resource } from '../../state/resource.ts';
import { ACCOUNT_TYPE } from './account-id.ts';
import { keyValues } from './account-keys.ts';
import { readBlobToken } from './blob-token.ts';
import {
  CONTAINER_TYPE,
  checkContainerName,
  containerId,
  existingContainer,
  removeContainer,
  writeContainer,
} from './container-store.ts';
import { checkSharedKey } from './shared-key.ts';

/** Since when requests are signed as is imitated here. */
const OLDEST_VERSION = '2015-02-21';

const ACTIONS: Record<string, string> = { PUT: 'write', DELETE: 'delete', GET: 'read', HEAD: 'read' };

/**
 * A storage account's blob endpoint, for containers: create, properties, delete (learn.microsoft.com, rest/api/storageservices/operations-on-containers; error
 * codes: blob-service-error-codes). Authorised by the account's key or by a token; no SAS, no blobs.
 */
export class BlobPlane implements Plane {
  readonly #world: AccessWorld;

  constructor(world: AccessWorld) {
    this.#world = world;
  }

  serves(host: string): boolean {
    return storageAccountAt(this.#world.cloud, host) !== undefined;
  }

  isReachable(host: string): boolean {
    return this.#accountAt(host) !== undefined;
  }

  prepare(incoming: Incoming): Plan {
    const [container, ...rest] = segmentsOf(incoming.path);
    return {
      seconds: incoming.method === 'PUT' || incoming.method === 'DELETE' ? DURATIONS.container : DURATIONS.read,
      asynchronous: false,
      execute: () => {
        const account = this.#accountAt(incoming.host);
        if (!account) throw new Error(`${incoming.host} does not resolve.`);
        checkVersion(incoming.headers['x-ms-version']);
        this.#authorize(incoming, account);
        const action = ACTIONS[incoming.method];
        const isContainer = incoming.query.get('restype') === 'container' && !incoming.query.has('comp');
        if (container === undefined || rest.length > 0 || !isContainer || action === undefined) {
          throw new HttpError(405, 'UnsupportedHttpVerb', "The resource doesn't support the specified HTTP verb.");
        }
        checkContainerName(container);
        return this.#perform(action, incoming, account, container);
      },
    };
  }

  errorBody(error: HttpError, incoming: Incoming): Answer {
    const details = (error.options.details ?? [])
      .flatMap((one) => Object.entries(one))
      .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`);
    const time = new Date(this.#world.now()).toISOString();
    const message = `${error.message}\nRequestId:${this.#requestId(incoming)}\nTime:${time}`;
    return {
      status: error.status,
      headers: { 'x-ms-error-code': error.code, 'content-type': 'application/xml' },
      text: `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${error.code}</Code><Message>${escaped(message)}</Message>${details.join('')}</Error>`,
    };
  }

  headers(incoming: Incoming): Record<string, string> {
    const { 'x-ms-version': version, 'x-ms-client-request-id': echoed } = incoming.headers;
    return {
      'x-ms-request-id': this.#requestId(incoming),
      ...(version && { 'x-ms-version': version }),
      ...(echoed && { 'x-ms-client-request-id': echoed }),
    };
  }

  #requestId(incoming: Incoming): string {
    return this.#world.seeded.guid(incoming.target, `blob request ${incoming.method} at ${this.#world.now()}`);
  }

  #accountAt(host: string): Resource | undefined {
    const name = storageAccountAt(this.#world.cloud, host);
    return this.#world.resources.ofType(ACCOUNT_TYPE).find((one) => one.name === name);
  }

  #authorize(incoming: Incoming, account: Resource): void {
    const { cloud } = this.#world;
    const { authorization = '' } = incoming.headers;
    if (authorization.startsWith('SharedKey ')) {
      if (account.properties.allowSharedKeyAccess === false) {
        throw new HttpError(
          403,
          'KeyBasedAuthenticationNotPermitted',
          'Key based authentication is not permitted on this storage account.',
        );
      }
      checkSharedKey(incoming, account.name, keyValues(this.#world, account));
      return;
    }
    const audience = 'https://storage.azure.com';
    const challenge = `Bearer authorization_uri=https://${cloud.authority}/${SIMULATED_TENANT_ID}/oauth2/authorize resource_id=${audience}`;
    const claims = readBlobToken(
      authorization,
      [audience, `https://${account.name}.blob.${cloud.storageSuffix}`],
      challenge,
    );
    const action = `${CONTAINER_TYPE}/${ACTIONS[incoming.method] ?? 'read'}`;
    if (authorize(this.#world, claims.oid, action, account.id, incoming.authorizations)) return;
    throw new HttpError(
      403,
      'AuthorizationPermissionMismatch',
      'This request is not authorized to perform this operation using this permission.',
    );
  }

  #perform(action: string, incoming: Incoming, account: Resource, name: string): Answer {
    const world = this.#world;
    const id = containerId(account.id, name);
    if (action === 'write') {
      if (world.resources.get(id))
        throw new HttpError(409, 'ContainerAlreadyExists', 'The specified container already exists.');
      return empty(201, stamps(writeContainer(world, account, name, givenIn(incoming))));
    }
    const before = existingContainer(world, id);
    if (action === 'read') {
      const metadata = Object.entries(objectAt(before.properties, 'metadata'));
      return empty(200, {
        ...stamps(before),
        'x-ms-lease-status': 'unlocked',
        'x-ms-lease-state': 'available',
        'x-ms-has-immutability-policy': 'false',
        'x-ms-has-legal-hold': 'false',
        ...Object.fromEntries(metadata.map(([key, value]) => [`x-ms-meta-${key}`, String(value)])),
      });
    }
    const removal = removeContainer(world, id);
    world.operations.add({
      id: world.seeded.guid(id, `operation ${world.operations.numberOf(id)}`),
      resourceId: removal.resourceId,
      operation: 'delete',
      kind: 'asynchronous',
      startedAt: world.now(),
      endsAt: world.now() + removal.durationMs,
      success: [],
      failure: [],
      settled: false,
    });
    return empty(202);
  }
}

/** What a create says of the container, as Resource Manager writes it. */
const givenIn = (incoming: Incoming): Record<string, string | Record<string, string>> => {
  const words: Record<string, string> = { container: 'Container', blob: 'Blob' };
  const access = incoming.headers['x-ms-blob-public-access'];
  const publicAccess = access === undefined ? undefined : words[access.toLowerCase()];
  if (access !== undefined && publicAccess === undefined) {
    throw invalidHeader('x-ms-blob-public-access', access);
  }
  const metadata = Object.entries(incoming.headers)
    .filter(([name]) => name.startsWith('x-ms-meta-'))
    .map(([name, value]) => [name.slice('x-ms-meta-'.length), value]);
  return {
    ...(publicAccess !== undefined && { publicAccess }),
    ...(metadata.length > 0 && { metadata: Object.fromEntries(metadata) }),
  };
};

const stamps = ({ properties }: Resource): Record<string, string> => ({
  etag: textAt(properties, 'etag') ?? '',
  'last-modified': new Date(textAt(properties, 'lastModifiedTime') ?? 0).toUTCString(),
});

/** Which versions are known is not: newer ones than the service's are refused too. */
const checkVersion = (version: string | undefined): void => {
  const isKnown = /^\d{4}-\d\d-\d\d$/.test(version ?? '') && (version ?? '') >= OLDEST_VERSION;
  if (!isKnown) throw invalidHeader('x-ms-version', version ?? '');
};

const invalidHeader = (HeaderName: string, HeaderValue: string): HttpError =>
  new HttpError(400, 'InvalidHeaderValue', 'The value for one of the HTTP headers is not in the correct format.', {
    details: [{ HeaderName, HeaderValue }],
  });

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
