import type { HttpRequest } from '@azure/functions';
import { type Access, isOpen } from '../../callers/access.ts';
import type { Authentication, EntraAuthentication } from '../../callers/authentication.ts';
import type { Caller } from '../../callers/caller.ts';
import { type Role, roles } from '../../callers/role.ts';
import { KeysUnavailableError, RETRY_SECONDS, signingKeys } from '../../callers/signing-keys.ts';
import { TokenRefusedError, verifyToken } from '../../callers/verify-token.ts';
import { ProblemError } from './problem.ts';

/** Lets a request in, or refuses it. */
export type Guard = (request: HttpRequest, access: Access) => Promise<Caller | undefined>;

/**
 * What stands before every route.
 *
 * @returns who calls; undefined where that is unknown: on anonymous routes, and with function keys, which the host has checked by then.
 * @throws from the guard: ProblemError 401, 403 or 503, and 500 on every route while the settings are wrong.
 */
export const guardOf = (authentication: Authentication): Guard => {
  if (authentication.mode === 'keys') return async () => undefined;
  if (authentication.mode === 'misconfigured') {
    return async (_, access) => {
      if (access === 'always') return undefined;
      throw new ProblemError(500, 'misconfigured', 'The service is misconfigured', authentication.reason);
    };
  }
  const keys = signingKeys(authentication.keysUrl);
  return async (request, access) => {
    if (isOpen(access)) return undefined;
    const caller = await callerOf(request, authentication, keys);
    if (access.some((role) => caller.roles.includes(role))) return caller;
    throw forbidden(caller, access);
  };
};

/**
 * What the host itself asks for, by the route's access; fixed when a route is registered. While the settings are wrong the guard refuses everybody, and says why.
 * Source: https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#http-auth
 */
export const authLevelOf = ({ mode }: Authentication, access: Access): 'anonymous' | 'function' =>
  mode !== 'keys' || isOpen(access) ? 'anonymous' : 'function';

const callerOf = async (
  request: HttpRequest,
  entra: EntraAuthentication,
  keys: ReturnType<typeof signingKeys>,
): Promise<Caller> => {
  // The header alone: a session's cookie, which a browser sends along from anywhere, opens nothing.
  const [, token] = /^Bearer +([^\s,]+)$/i.exec(request.headers.get('authorization')?.trim() ?? '') ?? [];
  if (token === undefined) {
    throw unauthenticated('The request carries no bearer token. Send one of Microsoft Entra as Authorization', entra);
  }
  try {
    return await verifyToken(token, entra, keys);
  } catch (error) {
    if (error instanceof TokenRefusedError) {
      throw unauthenticated(`The token is not accepted: ${lowerFirst(error.message)}`, entra, error);
    }
    if (!(error instanceof KeysUnavailableError)) throw error;
    throw new ProblemError(
      503,
      'keys-unavailable',
      'Tokens cannot be checked',
      'The keys that Microsoft Entra signs tokens with cannot be fetched now. Send the request again.',
      { headers: { 'Retry-After': `${RETRY_SECONDS}` }, cause: error },
    );
  }
};

/**
 * The challenge of RFC 6750; `authorization_uri` and `resource_id` tell clients of Microsoft's where to get a token for what.
 * Source: https://learn.microsoft.com/entra/msal/dotnet/advanced/extract-authentication-parameters; that Easy Auth sends `resource_id` beside: unverified.
 */
const unauthenticated = (
  why: string,
  { authorizationUrl, audiences }: EntraAuthentication,
  refusal?: TokenRefusedError,
): ProblemError => {
  const resource = audiences.find((audience) => audience.includes('://')) ?? audiences[0] ?? '';
  const parts = [
    'realm="airflow-on-aks"',
    `authorization_uri="${authorizationUrl}"`,
    `resource_id="${resource}"`,
    ...(refusal ? ['error="invalid_token"', `error_description="${refusal.message}"`] : []),
  ];
  return new ProblemError(401, 'unauthenticated', 'The service does not know who calls', `${why}.`, {
    headers: { 'WWW-Authenticate': `Bearer ${parts.join(', ')}` },
    ...(refusal && { cause: refusal }),
  });
};

/** Says which role a caller lacks. */
export const forbidden = ({ roles: held }: Caller, needed: readonly Role[]): ProblemError => {
  const wanted = needed.length === roles.length ? 'an app role of this service' : `the app role ${needed.join(' or ')}`;
  const has = held.length > 0 ? `carries ${held.join(', ')}` : 'carries none';
  return new ProblemError(
    403,
    'forbidden',
    'The caller lacks a role',
    `This needs ${wanted}; the token ${has}. Have it assigned in Microsoft Entra, then get a new token.`,
    {
      headers: { 'WWW-Authenticate': `Bearer realm="airflow-on-aks", error="insufficient_scope"` },
      extensions: { roles: needed },
    },
  );
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
