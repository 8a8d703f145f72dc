import { apiVersionsOf, checkApiVersion } from '../arm/api-versions.ts';
import { HttpError } from '../http/http-error.ts';
import type { Incoming } from '../http/incoming.ts';

/** What Resource Manager says to a path that no provider here serves: never a success. */
export const unknownPath = (segments: string[], incoming: Incoming, otherMethodExists: boolean): HttpError => {
  const provider = segments.findLastIndex((segment) => segment.toLowerCase() === 'providers');
  const namespace = provider < 0 ? undefined : segments[provider + 1];
  try {
    checkApiVersion(
      namespace && apiVersionsOf(namespace) ? namespace : 'Microsoft.Resources',
      incoming.query.get('api-version'),
    );
  } catch (error) {
    if (error instanceof HttpError && (error.code === 'MissingApiVersionParameter' || namespace)) return error;
  }
  if (otherMethodExists) {
    return new HttpError(
      405,
      'MethodNotAllowed',
      `The requested resource does not support http method '${incoming.method}'.`,
    );
  }
  if (namespace === undefined) {
    return new HttpError(404, 'NotFound', `The requested path '${incoming.path}' does not exist.`);
  }
  if (!apiVersionsOf(namespace)) {
    return new HttpError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`);
  }
  const names = segments.slice(provider + 2);
  const type = names.filter((_, index) => index % 2 === 0).join('/');
  return new HttpError(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${incoming.query.get('api-version')}'. The supported api-versions are '${apiVersionsOf(namespace)?.join(',')}'.`,
  );
};
