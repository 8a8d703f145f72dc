/**
 * Reads APPLICATIONINSIGHTS_AUTHENTICATION_STRING as the Functions host does (azure-webjobs-sdk `TokenCredentialOptions.ParseAuthenticationString`): parts
 * `key=value` apart by semicolons, in any order.
 *
 * @returns the identity to be: with a client id for a user-assigned one; undefined when no string is set.
 * @throws Error when `Authorization` is not AAD.
 */
export const authenticationOf = (text: string | undefined): { readonly clientId?: string } | undefined => {
  if (text === undefined) return undefined;
  const parts = new Map(
    text.split(';').map((part) => {
      const [key = '', ...value] = part.split('=');
      return [key.trim().toLowerCase(), value.join('=').trim()] as const;
    }),
  );
  if (parts.get('authorization')?.toUpperCase() !== 'AAD') {
    throw new Error(
      'The app setting APPLICATIONINSIGHTS_AUTHENTICATION_STRING must be "Authorization=AAD", or "ClientId=<client id>;Authorization=AAD".',
    );
  }
  const clientId = parts.get('clientid');
  return clientId ? { clientId } : {};
};
