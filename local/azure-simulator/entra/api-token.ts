import { z } from 'zod';
import { SIMULATED_API_CLIENT_ID, SIMULATED_TENANT_ID } from '../base/identities.ts';
import type { EntraWorld } from './entra-world.ts';

/** What the control API takes to give a token for an API that is registered in the tenant. */
export const apiTokenSchema = z.strictObject({
  /** The app roles that were assigned. */
  roles: z.array(z.string()).default([]),
  version: z.enum(['1.0', '2.0']).default('2.0'),
  kind: z.enum(['application', 'user']).default('application'),
  /** Who it is for; its object id is a function of the name unless one is given. */
  name: z.string().default('someone'),
  objectId: z.guid().optional(),
  audience: z.string().optional(),
  tenantId: z.guid().default(SIMULATED_TENANT_ID),
  /** From now; negative for one that has expired. */
  lifetimeSeconds: z.int().optional(),
  /** From now until it is valid. */
  notBeforeSeconds: z.int().default(0),
});

/** What `POST tokens` takes. */
export type TokenWish = z.input<typeof apiTokenSchema>;

/**
 * A token in the shape of those that Entra gives for a registered API, of either version and for people as for applications.
 * Source: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export const issueApiToken = (world: EntraWorld, asked: z.infer<typeof apiTokenSchema>): string => {
  const { roles, version, kind, name, tenantId, notBeforeSeconds } = asked;
  const { lifetimeSeconds = world.settings.values.tokenLifetimeSeconds } = asked;
  const oid = asked.objectId ?? world.seeded.guid(name, 'object id');
  const client = world.seeded.guid(name, 'client id');
  const issued = Math.floor(Date.now() / 1000) + Math.min(0, lifetimeSeconds);
  const isUser = kind === 'user';
  const of = {
    '1.0': {
      aud: `api://${SIMULATED_API_CLIENT_ID}`,
      iss: `https://sts.windows.net/${tenantId}/`,
      appid: client,
      ...(isUser ? { unique_name: name } : { appidacr: '1', app_displayname: name }),
    },
    '2.0': {
      aud: SIMULATED_API_CLIENT_ID,
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      azp: client,
      ...(isUser ? { preferred_username: name } : { azpacr: '1' }),
    },
  }[version];
  const token = world.signingKeys.sign({
    ...of,
    ...(asked.audience !== undefined && { aud: asked.audience }),
    iat: issued,
    nbf: issued + notBeforeSeconds,
    exp: Math.floor(Date.now() / 1000) + lifetimeSeconds,
    oid,
    sub: oid,
    tid: tenantId,
    ver: version,
    ...(isUser && { scp: 'user_impersonation' }),
    ...(roles.length > 0 && { roles }),
  });
  world.secrets.add('token', token);
  return token;
};
