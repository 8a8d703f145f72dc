import {
  SIMULATED_CALLER_CLIENT_ID,
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_IDENTITY_HEADER,
} from '../base/identities.ts';
import { type Answer, json } from '../http/answer.ts';
import type { Incoming } from '../http/incoming.ts';
import type { World } from '../state/world.ts';
import { isAudience } from './audiences.ts';
import { issueToken } from './tokens.ts';

const CALLER = { clientId: SIMULATED_CALLER_CLIENT_ID, objectId: SIMULATED_CALLER_OBJECT_ID };
const MANAGED_IDENTITY = '/subscriptions/simulated/providers/Microsoft.ManagedIdentity/userAssignedIdentities/caller';

/** The header that carries the secret, by version of the protocol. */
const SECRET_HEADERS: Record<string, string> = { '2019-08-01': 'x-identity-header', '2017-09-01': 'secret' };

/** Oldest first. */
export const TOKEN_ENDPOINT_VERSIONS: readonly string[] = Object.keys(SECRET_HEADERS).toSorted();

/**
 * The token endpoint of a managed identity as App Service offers it (learn.microsoft.com, overview-managed-identity, REST endpoint
 * reference): `GET /msi/token?resource=…&api-version=2019-08-01` with the header X-IDENTITY-HEADER, whose value is IDENTITY_HEADER; or the older
 * version 2017-09-01 with the header `secret`, whose value is MSI_SECRET. `expires_on` is in seconds since 1970 in both, as MSAL reads it (msal
 * 1.39.0, managed_identity.py). What it answers for a service of another cloud: Azure/azure-sdk-for-net issue 41521. Statuses and texts of the refusals: from memory, unverified.
 */
export const tokenEndpoint = (world: World, incoming: Incoming): Answer => {
  const refuse = (status: number, message: string): Answer => json(status, { statusCode: status, message });
  if (incoming.method !== 'GET') return refuse(405, 'Only GET is supported.');
  const version = incoming.query.get('api-version') ?? '';
  const header = SECRET_HEADERS[version];
  if (header === undefined) return refuse(400, 'The api-version must be 2019-08-01 or 2017-09-01.');
  const given = incoming.headers[header];
  if (!given) return refuse(401, `The header ${header.toUpperCase()} is missing.`);
  if (given !== SIMULATED_IDENTITY_HEADER) return refuse(401, `The header ${header.toUpperCase()} is wrong.`);
  const resource = incoming.query.get('resource');
  if (!resource) return refuse(400, 'The resource is missing.');
  if (!isAudience(world.cloud, resource)) {
    return refuse(500, 'An unexpected error occured while fetching the AAD Token.');
  }
  const clientId = incoming.query.get(version === '2017-09-01' ? 'clientid' : 'client_id');
  if (clientId !== null && clientId.toLowerCase() !== SIMULATED_CALLER_CLIENT_ID) {
    return refuse(400, `No managed identity has the client id ${clientId}.`);
  }
  const objectId = incoming.query.get('principal_id') ?? incoming.query.get('object_id');
  if (objectId !== null && objectId.toLowerCase() !== SIMULATED_CALLER_OBJECT_ID) {
    return refuse(400, `No managed identity has the object id ${objectId}.`);
  }
  const resourceId = incoming.query.get('mi_res_id');
  if (resourceId !== null) return refuse(400, `No managed identity has the resource id ${resourceId}.`);
  const lifetime = world.settings.values.tokenLifetimeSeconds;
  const { token, claims } = issueToken(world.cloud, resource, lifetime, CALLER, { xms_mirid: MANAGED_IDENTITY });
  world.secrets.add('token', token);
  return json(200, {
    access_token: token,
    expires_on: String(claims.exp),
    resource,
    token_type: 'Bearer',
    client_id: SIMULATED_CALLER_CLIENT_ID,
  });
};
