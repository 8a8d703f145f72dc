import { isAuthority } from '../base/cloud-hosts.ts';
import { DURATIONS } from '../base/durations.ts';
import {
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
  SIMULATED_OPERATOR_SECRET,
  SIMULATED_TENANT_ID,
} from '../base/identities.ts';
import { withoutTrailingSlashes } from '../base/without-trailing-slashes.ts';
import { type Answer, json } from '../http/answer.ts';
import { formOf } from '../http/form.ts';
import { HttpError } from '../http/http-error.ts';
import type { Incoming } from '../http/incoming.ts';
import { segmentsOf } from '../http/path.ts';
import type { Plan, Plane } from '../http/plane.ts';
import { isAudience } from './audiences.ts';
import { instanceDiscovery, keySet, openIdConfiguration } from './discovery.ts';
import type { EntraWorld } from './entra-world.ts';
import { issueToken } from './tokens.ts';

/** What an administrator has consented to for the operator, so that the CLI's look-ups in Graph are answered. */
const GRAPH_ROLES = ['Application.Read.All', 'Directory.Read.All'];

/**
 * Microsoft Entra's log-in, as far as a service principal with a secret goes: authority discovery and the client credentials grant
 * (learn.microsoft.com, v2-oauth2-client-creds-grant-flow; error codes: reference-error-codes). People cannot log in.
 */
export class EntraPlane implements Plane {
  readonly #world: EntraWorld;

  constructor(world: EntraWorld) {
    this.#world = world;
  }

  serves(host: string): boolean {
    return isAuthority(this.#world.cloud, host);
  }

  prepare(incoming: Incoming): Plan {
    return { seconds: DURATIONS.read, asynchronous: false, execute: () => this.#answer(incoming) };
  }

  errorBody(error: HttpError): Answer {
    const [, number] = /^AADSTS(\d+)/.exec(error.message) ?? [];
    return json(error.status, {
      error: error.code,
      error_description: error.message,
      error_codes: number === undefined ? [] : [Number(number)],
      timestamp: `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`,
    });
  }

  headers(incoming: Incoming): Record<string, string> {
    const echoed = incoming.headers['client-request-id'];
    return { 'cache-control': 'no-store, no-cache', ...(echoed && { 'client-request-id': echoed }) };
  }

  #answer(incoming: Incoming): Answer {
    const { cloud } = this.#world;
    const [tenant = '', ...rest] = segmentsOf(incoming.path);
    const request = `${incoming.method} ${rest.join('/')}`;
    if (tenant === 'common' && request === 'GET discovery/instance') return instanceDiscovery(cloud);
    const isDiscovery = request === 'GET v2.0/.well-known/openid-configuration';
    // Of no tenant in particular; the CLI asks even when it logs out.
    if (isDiscovery && ['common', 'organizations'].includes(tenant))
      return openIdConfiguration(cloud, tenant, '{tenantid}');
    if (tenant.toLowerCase() !== SIMULATED_TENANT_ID) {
      throw refused(
        'invalid_tenant',
        90002,
        `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
      );
    }
    if (isDiscovery) return openIdConfiguration(cloud, SIMULATED_TENANT_ID, SIMULATED_TENANT_ID);
    if (request === 'GET discovery/v2.0/keys') return keySet(this.#world, cloud);
    if (request === 'POST oauth2/v2.0/token') return this.#token(formOf(incoming));
    throw new HttpError(404, 'not_found', `The authority has nothing at ${incoming.path}.`);
  }

  #token(form: URLSearchParams): Answer {
    const { cloud } = this.#world;
    const grant = required(form, 'grant_type');
    if (grant !== 'client_credentials') {
      throw refused(
        'unsupported_grant_type',
        70003,
        `The app requested an unsupported grant type '${grant}'. The simulated tenant has no users: log in as a service principal or a managed identity.`,
      );
    }
    const client = required(form, 'client_id');
    if (client.toLowerCase() !== SIMULATED_OPERATOR_CLIENT_ID) {
      throw refused(
        'unauthorized_client',
        700016,
        `Application with identifier '${client}' was not found in the directory '${SIMULATED_TENANT_ID}'.`,
      );
    }
    const secret = form.get('client_secret');
    if (!secret) {
      throw refused(
        'invalid_client',
        7000216,
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
        401,
      );
    }
    if (secret !== SIMULATED_OPERATOR_SECRET) {
      throw refused('invalid_client', 7000215, 'Invalid client secret provided.', 401);
    }
    const scope = required(form, 'scope');
    const [, resource] = /^(\S+)\/\.default$/.exec(scope) ?? [];
    if (resource === undefined) {
      throw refused(
        'invalid_scope',
        1002012,
        `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
      );
    }
    const audience = withoutTrailingSlashes(resource);
    if (!isAudience(cloud, audience)) {
      throw refused(
        'invalid_resource',
        500011,
        `The resource principal named ${resource} was not found in the tenant named ${SIMULATED_TENANT_ID}.`,
      );
    }
    const lifetime = this.#world.settings.values.tokenLifetimeSeconds;
    const operator = { clientId: SIMULATED_OPERATOR_CLIENT_ID, objectId: SIMULATED_OPERATOR_OBJECT_ID };
    const roles = audience === `https://${cloud.graph}` ? GRAPH_ROLES : undefined;
    const { token } = issueToken(cloud, resource, lifetime, operator, { appidacr: '1', ...(roles && { roles }) });
    this.#world.secrets.add('token', token);
    return json(200, { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: token });
  }
}

const required = (form: URLSearchParams, name: string): string => {
  const value = form.get(name);
  if (value) return value;
  throw refused('invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);
};

const refused = (error: string, code: number, text: string, status = 400): HttpError =>
  new HttpError(status, error, `AADSTS${code}: ${text}`);
