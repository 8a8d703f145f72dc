import { audienceOf, type Claims, invalidToken, readToken } from '../../entra/tokens.ts';
import { HttpError } from '../../http/http-error.ts';

/**
 * The token of a request to a vault's own endpoint.
 *
 * @throws HttpError 401 Unauthorized, with the challenge that says where a client gets a token (Azure/azure-sdk-for-python issue 24557,
 * argoproj-labs/argocd-vault-plugin issue 621). The words for a garbled or expired token are Resource Manager's: unverified.
 */
export const readVaultToken = (authorization: string | undefined, audience: string, challenge: string): Claims => {
  const claims = readAny(authorization, challenge);
  if (audienceOf(claims) === audience) return claims;
  throw invalidToken(
    challenge,
    'Unauthorized',
    `AKV10022: Invalid audience. Expected ${audience}, found: ${claims.aud}.`,
  );
};

const readAny = (authorization: string | undefined, challenge: string): Claims => {
  try {
    return readToken(authorization, challenge);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const isMissing = error.code === 'AuthenticationFailed';
    const message = isMissing ? 'AKV10000: Request is missing a Bearer or PoP token.' : error.message;
    throw new HttpError(401, 'Unauthorized', message, error.options);
  }
};
