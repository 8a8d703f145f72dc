import { authoritiesOf } from '../base/cloud-hosts.ts';
import type { Cloud } from '../base/clouds.ts';
import { SIMULATED_TENANT_ID } from '../base/identities.ts';
import { type Answer, json } from '../http/answer.ts';
import type { EntraWorld } from './entra-world.ts';

/** Where a tenant's endpoints are (OpenID Connect Discovery 1.0); `issuer` is the tenant, or a placeholder for none in particular. */
export const openIdConfiguration = (cloud: Cloud, tenant: string, issuer: string): Answer => {
  const base = `https://${cloud.preferredAuthority}/${tenant}`;
  return json(200, {
    issuer: `https://${cloud.preferredAuthority}/${issuer}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'token id_token', 'token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    cloud_instance_name: cloud.preferredAuthority.replace(/^login\./, ''),
    msgraph_host: cloud.graph,
  });
};

/** The keys that the tenant's tokens for registered APIs are signed with. */
export const keySet = (world: EntraWorld, { authority }: Cloud): Answer =>
  json(200, { keys: world.signingKeys.published(`https://${authority}/${SIMULATED_TENANT_ID}/v2.0`) });

/** Which hosts mean the same authority, as MSAL asks. */
export const instanceDiscovery = (cloud: Cloud): Answer =>
  json(200, {
    tenant_discovery_endpoint: `https://${cloud.preferredAuthority}/${SIMULATED_TENANT_ID}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      {
        preferred_network: cloud.preferredAuthority,
        preferred_cache: cloud.preferredAuthority,
        aliases: authoritiesOf(cloud),
      },
    ],
  });
