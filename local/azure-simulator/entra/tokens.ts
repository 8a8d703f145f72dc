import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Cloud } from '../base/clouds.ts';
import { SIMULATED_TENANT_ID } from '../base/identities.ts';
import type { JsonObject } from '../base/json.ts';
import { withoutTrailingSlashes } from '../base/without-trailing-slashes.ts';
import { HttpError } from '../http/http-error.ts';

const claimsSchema = z.object({
  aud: z.string(),
  oid: z.string(),
  tid: z.string(),
  appid: z.string(),
  exp: z.number(),
  /** What an administrator has consented to, for an app at Graph. */
  roles: z.array(z.string()).optional(),
});

/** The claims of a token that matter here. */
export type Claims = z.infer<typeof claimsSchema>;

/** Not a secret: it only distinguishes this simulator's tokens from garbled ones, over restarts and resets. */
const SIGNING_KEY = 'azure-simulator';

/**
 * A token in the shape of Entra's. Its life counts in real seconds, whatever the modelled clock says, since the SDKs that cache it
 * know no other.
 */
export const issueToken = (
  { tokenIssuer }: Cloud,
  audience: string,
  lifetimeSeconds: number,
  principal: { clientId: string; objectId: string },
  more: JsonObject = {},
): { token: string; claims: Claims } => {
  const issued = Math.floor(Date.now() / 1000);
  const claims = {
    aud: audience,
    iss: `https://${tokenIssuer}/${SIMULATED_TENANT_ID}/`,
    iat: issued,
    nbf: issued,
    exp: issued + lifetimeSeconds,
    appid: principal.clientId,
    idtyp: 'app',
    oid: principal.objectId,
    sub: principal.objectId,
    tid: SIMULATED_TENANT_ID,
    ...more,
  };
  const payload = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
  return { token: `${payload}.${sign(payload)}`, claims };
};

/** @throws HttpError 401 as Resource Manager answers when the token is missing, garbled, expired or for somebody else. */
export const readBearer = (
  authorization: string | undefined,
  audiences: readonly string[],
  challenge: string,
): Claims => {
  const claims = readToken(authorization, challenge);
  if (audiences.includes(audienceOf(claims))) return claims;
  throw invalidToken(
    challenge,
    'InvalidAuthenticationTokenAudience',
    `The access token has been obtained for wrong audience or resource '${claims.aud}'. It should exactly match with one of the allowed audiences '${audiences.join("','")}'.`,
  );
};

/** Whom a token is for, without the slash at the end. */
export const audienceOf = ({ aud }: Claims): string => withoutTrailingSlashes(aud);

/** The refusal of a token that is there and will not do. */
export const invalidToken = (challenge: string, code: string, message: string): HttpError => {
  const reason = `, error="invalid_token", error_description="${message}"`;
  return new HttpError(401, code, message, {
    headers: { 'www-authenticate': challenge + reason },
    shape: 'standard',
  });
};

/** @throws HttpError 401 as Resource Manager answers when the token is missing, garbled or expired. */
export const readToken = (authorization: string | undefined, challenge: string): Claims => {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (!token) {
    // The plain challenge: a vault's clients come without a token first, to learn where to get one.
    throw new HttpError(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.", {
      headers: { 'www-authenticate': challenge },
      shape: 'standard',
    });
  }
  const claims = claimsOf(token);
  if (!claims) throw invalidToken(challenge, 'InvalidAuthenticationToken', 'The access token is invalid.');
  if (claims.exp * 1000 <= Date.now()) {
    throw invalidToken(
      challenge,
      'ExpiredAuthenticationToken',
      `The access token expiry UTC time '${new Date(claims.exp * 1000).toISOString()}' is earlier than current UTC time.`,
    );
  }
  return claims;
};

/** The claims of tokens that were read before, since a client sends the same one with each request. */
const known = new Map<string, Claims>();
const KNOWN_TOKENS = 100;

const claimsOf = (token: string): Claims | undefined => {
  const claims = known.get(token) ?? verify(token);
  if (known.size >= KNOWN_TOKENS) known.clear();
  if (claims) known.set(token, claims);
  return claims;
};

const verify = (token: string): Claims | undefined => {
  const [header, payload, signature, ...rest] = token.split('.');
  if (!header || !payload || !signature || rest.length > 0) return undefined;
  const expected = Buffer.from(sign(`${header}.${payload}`));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  try {
    return claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const sign = (payload: string): string => createHmac('sha256', SIGNING_KEY).update(payload).digest('base64url');
