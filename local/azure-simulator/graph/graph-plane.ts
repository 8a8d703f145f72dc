import { z } from 'zod';
import { jsonBody } from '../arm/json-body.ts';
import { isGraph } from '../base/cloud-hosts.ts';
import type { Cloud } from '../base/clouds.ts';
import { DURATIONS } from '../base/durations.ts';
import { SIMULATED_TENANT_ID } from '../base/identities.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { EntraWorld } from '../entra/entra-world.ts';
import type { Claims } from '../entra/tokens.ts';
import { type Answer, json } from '../http/answer.ts';
import { HttpError } from '../http/http-error.ts';
import type { Incoming } from '../http/incoming.ts';
import { segmentsOf } from '../http/path.ts';
import type { Plan, Plane } from '../http/plane.ts';
import { servicePrincipals } from './directory.ts';
import { readGraphToken } from './graph-token.ts';
import { conditionOf } from './principal-filter.ts';

const getByIdsSchema = z.looseObject({
  ids: z.array(z.guid()).max(1000),
  types: z.array(z.string()).nullish(),
});

/** One of them has to be granted to an app that reads others' service principals (learn.microsoft.com, serviceprincipal-list, permissions). */
const READERS = ['Application.Read.All', 'Directory.Read.All', 'Application.ReadWrite.All', 'Directory.ReadWrite.All'];

/**
 * Microsoft Graph, as far as the Azure CLI looks up who it is and whom it assigns a role to (azure-cli 2.91, role/_msgrpah/_graph_client.py): service principals
 * by id or filter, objects by their ids, and no users or groups, since the simulated tenant has none. Every caller is an app.
 */
export class GraphPlane implements Plane {
  readonly #world: EntraWorld;

  constructor(world: EntraWorld) {
    this.#world = world;
  }

  serves(host: string): boolean {
    return isGraph(this.#world.cloud, host);
  }

  prepare(incoming: Incoming): Plan {
    const { cloud } = this.#world;
    const claims = readGraphToken(
      incoming.headers.authorization,
      `https://${cloud.graph}`,
      `Bearer realm="", authorization_uri="https://${cloud.authority}/common/oauth2/authorize"`,
    );
    return { seconds: DURATIONS.read, asynchronous: false, execute: () => this.#answer(incoming, cloud, claims) };
  }

  errorBody(error: HttpError, incoming: Incoming): Answer {
    return json(error.status, {
      error: {
        code: error.code,
        message: error.message,
        innerError: {
          date: new Date(this.#world.now()).toISOString().slice(0, 19),
          'request-id': this.#requestId(incoming),
          'client-request-id': incoming.headers['client-request-id'] ?? this.#requestId(incoming),
        },
      },
    });
  }

  headers(incoming: Incoming): Record<string, string> {
    return { 'cache-control': 'no-cache', 'odata-version': '4.0', 'request-id': this.#requestId(incoming) };
  }

  #requestId(incoming: Incoming): string {
    return this.#world.seeded.guid(incoming.target, `Graph request ${incoming.method} at ${this.#world.now()}`);
  }

  #answer(incoming: Incoming, cloud: Cloud, claims: Claims): Answer {
    const [version = '', collection = '', ...rest] = segmentsOf(incoming.path);
    if (version !== 'v1.0' && version !== 'beta') {
      throw new HttpError(400, 'BadRequest', `Invalid version: ${version}`);
    }
    const request = `${incoming.method} ${[collection, ...(rest[0] === undefined ? [] : [isGuid(rest[0]) ? '{id}' : rest[0]]), ...rest.slice(1)].join('/')}`;
    if (request === 'GET me') {
      throw new HttpError(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
    }
    const context = (what: string): JsonObject => ({
      '@odata.context': `https://${cloud.graph}/${version}/$metadata#${what}`,
    });
    const list = (what: string, value: JsonObject[]): Answer => json(200, { ...context(what), value });
    const filter = incoming.query.get('$filter');
    switch (request) {
      case 'GET servicePrincipals':
        checkRole(claims);
        return list('servicePrincipals', servicePrincipals(this.#world).filter(conditionOf(filter)));
      case 'GET servicePrincipals/{id}':
        checkRole(claims);
        return json(200, { ...context('servicePrincipals/$entity'), ...this.#one(rest[0] ?? '') });
      case 'GET users':
      case 'GET groups':
        checkRole(claims);
        return list(collection, []);
      case 'POST directoryObjects/getByIds':
        checkRole(claims);
        return list('directoryObjects', this.#byIds(incoming));
    }
    throw new HttpError(400, 'BadRequest', `Resource not found for the segment '${collection}'.`);
  }

  #one(id: string): JsonObject {
    const found = servicePrincipals(this.#world).find((one) => one.id === id.toLowerCase());
    if (found) return found;
    throw new HttpError(
      404,
      'Request_ResourceNotFound',
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }

  #byIds(incoming: Incoming): JsonObject[] {
    const parsed = getByIdsSchema.safeParse(bodyOf(incoming));
    if (!parsed.success) {
      throw new HttpError(400, 'Request_BadRequest', `Invalid body: ${z.prettifyError(parsed.error)}`);
    }
    const { ids, types } = parsed.data;
    const wanted = new Set(ids.map((id) => id.toLowerCase()));
    const kinds = types?.map((type) => type.toLowerCase()) ?? ['directoryobject'];
    if (!kinds.includes('serviceprincipal') && !kinds.includes('directoryobject')) return [];
    return servicePrincipals(this.#world)
      .filter(({ id }) => typeof id === 'string' && wanted.has(id))
      .map((one) => ({ '@odata.type': '#microsoft.graph.servicePrincipal', ...one }));
  }
}

/** The JSON of a request. @throws HttpError 400, or 413 for more than 4 MB: Graph's limit is from memory, unverified. */
const bodyOf = (incoming: Incoming): Json | undefined => {
  try {
    return jsonBody(incoming);
  } catch (error) {
    if (!(error instanceof HttpError) || error.status === 413) throw error;
    // microsoftgraph/microsoft-graph-docs issue 6259.
    throw new HttpError(
      400,
      'BadRequest',
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
};

const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** @throws HttpError 403 for an app without consent, such as a managed identity. */
const checkRole = ({ roles = [], tid }: Claims): void => {
  if (tid === SIMULATED_TENANT_ID && roles.some((role) => READERS.includes(role))) return;
  throw new HttpError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
};
