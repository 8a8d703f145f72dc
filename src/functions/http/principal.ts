import type { HttpRequest } from '@azure/functions';
import { readSettings } from '../../azure/settings/settings.ts';
import type { Call } from './handle.ts';

export interface Principal {
  readonly name: string;
  /** The object id in the directory. */
  readonly id: string | undefined;
}

/** Whom Entra vouches for: by the caller's token, or else by the platform's sign-in. */
export const principalOf = ({ caller, request }: Call): Principal | undefined => caller ?? signedIn(request);

/**
 * Who the platform's own sign-in (Easy Auth) says is calling; undefined without it. The headers are believed only when it is on: it takes them out of
 * requests from outside, while without it anybody may send them.
 * Source: https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
 */
const signedIn = (request: HttpRequest): Principal | undefined => {
  if (readSettings().WEBSITE_AUTH_ENABLED?.toLowerCase() !== 'true') return undefined;
  const id = request.headers.get('x-ms-client-principal-id') || undefined;
  // A service principal has an id alone.
  const name = request.headers.get('x-ms-client-principal-name') || id;
  return name === undefined ? undefined : { name, id };
};
