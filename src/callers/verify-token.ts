import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { shownName } from '../deployment/run/actor.ts';
import type { EntraAuthentication } from './authentication.ts';
import type { Caller } from './caller.ts';
import { isRole } from './role.ts';
import { KeysUnavailableError } from './signing-keys.ts';

/** A token that is not taken; the message is for its sender. */
export class TokenRefusedError extends Error {
  override readonly name = 'TokenRefusedError';
}

/** How far the clocks of Entra and of this machine may be apart. */
const CLOCK_TOLERANCE_SECONDS = 60;

const optionalText = z.string().optional().catch(undefined);

/** Source: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
const claimsSchema = z.object({
  oid: z.guid(),
  tid: z.guid(),
  roles: z.array(z.string()).default([]),
  /** The client: `appid` in tokens of version 1, `azp` in those of version 2. An ID token, which opens no API, has neither. */
  appid: optionalText,
  azp: optionalText,
  idtyp: optionalText,
  /** In tokens of people alone. */
  scp: optionalText,
  preferred_username: optionalText,
  upn: optionalText,
  unique_name: optionalText,
  name: optionalText,
  app_displayname: optionalText,
});

/**
 * Checks an access token of Microsoft Entra: signature (RS256 alone), issuer, tenant, audience, times.
 *
 * @returns who sent it, with the roles of this service that it carries.
 * @throws TokenRefusedError for a token that is not taken, KeysUnavailableError when that cannot be decided.
 */
export const verifyToken = async (
  token: string,
  { tenantId, audiences, issuers }: Pick<EntraAuthentication, 'tenantId' | 'audiences' | 'issuers'>,
  keys: JWTVerifyGetKey,
): Promise<Caller> => {
  let payload: unknown;
  try {
    const verified = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: [...issuers],
      audience: [...audiences],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['exp', 'iat', 'nbf'],
    });
    payload = verified.payload;
  } catch (error) {
    if (error instanceof KeysUnavailableError) throw error;
    throw new TokenRefusedError(whyRefused(error), { cause: error });
  }
  const claims = claimsSchema.safeParse(payload).data;
  const client = claims?.azp ?? claims?.appid;
  if (!claims || client === undefined) {
    throw new TokenRefusedError('It is no access token of Microsoft Entra: oid, tid, or appid and azp are missing');
  }
  if (claims.tid.toLowerCase() !== tenantId) throw new TokenRefusedError('It is of another tenant');
  const { preferred_username, upn, unique_name, name, app_displayname } = claims;
  const id = claims.oid.toLowerCase();
  const isUser = claims.idtyp === undefined ? claims.scp !== undefined : claims.idtyp === 'user';
  return {
    id,
    name: shownName(id, isUser ? [preferred_username, upn, unique_name, name] : [app_displayname, client]),
    kind: isUser ? 'user' : 'application',
    roles: claims.roles.filter(isRole),
  };
};

/** Nothing of the token itself is repeated. */
const whyRefused = (error: unknown): string => {
  if (error instanceof errors.JWTExpired) return 'It has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return whyClaim(error.claim);
  if (error instanceof errors.JWKSNoMatchingKey) return 'It is signed with a key that the tenant does not have';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'Its signature is wrong';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'It is not signed with RS256';
  return 'It is not a signed token (JWT)';
};

const whyClaim = (claim: string): string => {
  if (claim === 'aud') return 'It is for another audience';
  if (claim === 'iss') return 'It is of another issuer or tenant';
  if (claim === 'nbf') return 'It is not valid yet';
  return `Its claim ${claim} is missing or wrong`;
};
