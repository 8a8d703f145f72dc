import { type Claims, readBearer } from '../entra/tokens.ts';
import { HttpError } from '../http/http-error.ts';

/** Graph's words for what is wrong with a token: of a missing one, from memory; microsoftgraph/msgraph-training-dotnet issue 31; s1t5/mail-archiver issue 267. */
const WORDS: Record<string, string> = {
  AuthenticationFailed: 'Access token is empty.',
  InvalidAuthenticationToken: 'CompactToken parsing failed with error code: 80049217',
  ExpiredAuthenticationToken: 'Lifetime validation failed, the token is expired.',
  InvalidAuthenticationTokenAudience: 'Access token validation failure. Invalid audience.',
};

/**
 * The token of a request to Graph.
 *
 * @throws HttpError 401 InvalidAuthenticationToken, whatever is wrong with it (microsoftgraph/microsoft-graph-docs issue 16208).
 */
export const readGraphToken = (authorization: string | undefined, audience: string, challenge: string): Claims => {
  try {
    return readBearer(authorization, [audience], challenge);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw new HttpError(401, 'InvalidAuthenticationToken', WORDS[error.code] ?? error.message, error.options);
  }
};
