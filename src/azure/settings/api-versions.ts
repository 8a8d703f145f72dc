import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { lastProvider } from '../../deployment/names/last-provider.ts';
import { currentCloud } from './cloud.ts';
import { readSettings } from './settings.ts';

/** The api-version that a resource type is asked for: the client's, unless AZURE_API_VERSIONS has another for its provider. */
export const apiVersionOf = ({ type, apiVersion }: { readonly type: string; readonly apiVersion: string }): string => {
  const [namespace = ''] = type.toLowerCase().split('/');
  return readSettings().AZURE_API_VERSIONS[namespace] ?? apiVersion;
};

/** A URL of Resource Manager with the api-version that the setting AZURE_API_VERSIONS has for its provider; any other URL as it is. */
export const withApiVersion = (url: string): string => {
  const versions = readSettings().AZURE_API_VERSIONS;
  if (Object.keys(versions).length === 0) return url;
  const parsed = new URL(url);
  if (parsed.origin !== currentCloud().resourceManager) return url;
  const version = versions[namespaceOf(parsed.pathname)];
  if (version === undefined || !parsed.searchParams.has('api-version')) return url;
  return url.replace(/([?&]api-version=)[^&]*/, `$1${version}`);
};

/** The last provider in a path, in lower case; the provider itself, its registration and what has none are Resource Manager's own. */
const namespaceOf = (path: string): string => {
  const [namespace, type] = lastProvider(path);
  return !type || type === 'register' ? 'microsoft.resources' : namespace.toLowerCase();
};

/** Has every client ask for the versions that the setting names: new ones come to the sovereign clouds later. */
export const apiVersionPolicy: PipelinePolicy = {
  name: 'apiVersionPolicy',
  sendRequest(request, next) {
    request.url = withApiVersion(request.url);
    return next(request);
  },
};
