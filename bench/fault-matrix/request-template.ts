const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** What a request has in common with its like: method and path without made-up ids. */
export interface RequestTemplate {
  /** For people, e.g. `PUT KeyVault/vaults/airflow-vault-dkmlfad-kv`. */
  readonly label: string;
  /** A regular expression for the path of such a request. */
  readonly pattern: string;
  /** The namespace and types without names, lower-case, e.g. `keyvault/vaults`; `kubernetes` for a cluster's API server, `registry` for a container registry. */
  readonly type: string;
}

export const requestTemplate = (method: string, url: URL): RequestTemplate => {
  const kubernetes = /\.azmk8s\.io$/.test(url.hostname);
  const registry = /^\/(v2\/|token$|oauth2\/)/.test(url.pathname);
  const outside = kubernetes ? 'kubernetes' : registry ? 'registry' : undefined;
  return {
    label: `${method} ${outside ? `${outside} ${url.pathname}` : shortened(url.pathname)}`,
    pattern: `^${url.pathname.replace(/[.+()[\]]/g, '\\$&').replace(GUID, '[^/?]+')}(\\?|$)`,
    type: outside ?? typeOf(url.pathname),
  };
};

const shortened = (path: string): string =>
  path
    .replace(/^\/subscriptions\/[^/]+$/i, 'subscription')
    .replace(/^\/subscriptions\/[^/]+\/(resourcegroups\/[^/]+$)/i, '$1')
    .replace(/^\/subscriptions\/[^/]+\/(resourcegroups\/[^/]+\/)?/i, '')
    .replace(/(^|\/)providers\/Microsoft\./gi, '$1')
    .replace(GUID, '{id}');

/** `…/providers/Microsoft.KeyVault/vaults/v/secrets/s` → `keyvault/vaults/secrets`. */
const typeOf = (path: string): string => {
  const segments = path.toLowerCase().split('/').filter(Boolean);
  const provider = segments.lastIndexOf('providers');
  if (provider < 0) return segments.length > 2 ? 'resources/resourcegroups' : 'resources/subscriptions';
  const [namespace = '', ...rest] = segments.slice(provider + 1);
  return [namespace.replace('microsoft.', ''), ...rest.filter((_, index) => index % 2 === 0)].join('/');
};
