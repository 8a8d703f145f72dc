import { type Claims, readBearer } from '../../entra/tokens.ts';
import { HttpError } from '../../http/http-error.ts';

const MESSAGE =
  'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.';

/** Of the details only that of a wrong audience was seen (Azure/AzureStor issue 119); the others are unverified. */
const DETAILS: Record<string, string> = {
  InvalidAuthenticationToken: 'Signature validation failed.',
  ExpiredAuthenticationToken: 'Lifetime validation failed. The token is expired.',
  InvalidAuthenticationTokenAudience: 'Audience validation failed. Audience did not match.',
};

/**
 * The token of a request to an account's own endpoint.
 *
 * @throws HttpError 401 NoAuthenticationInformation without one, 401 InvalidAuthenticationInfo with a wrong one (learn.microsoft.com, Common REST API error
 * codes).
 */
export const readBlobToken = (
  authorization: string | undefined,
  audiences: readonly string[],
  challenge: string,
): Claims => {
  try {
    return readBearer(authorization, audiences, challenge);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const headers = { 'www-authenticate': challenge };
    if (error.code === 'AuthenticationFailed') {
      throw new HttpError(401, 'NoAuthenticationInformation', MESSAGE, { headers });
    }
    const details = [{ AuthenticationErrorDetail: DETAILS[error.code] ?? error.message }];
    throw new HttpError(401, 'InvalidAuthenticationInfo', MESSAGE, { headers, details });
  }
};
