import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Call } from './http/handle.ts';
import { ProblemError } from './http/problem.ts';

/** A route of the API, as far as it decides how an unknown request is answered. */
interface Route {
  /** e.g. `deployments/{id}` */
  readonly route: string;
  readonly methods: readonly string[];
}

/**
 * The catch-all that the host tries last: a known path with another verb is 405 with `Allow`, an unknown path 404, both as problem documents. Without it
 * the host answers either with an empty 404. A path with an empty segment (`/api//deployments`) is unknown: no host finds a route for it.
 */
export const unknownRoute =
  (routes: readonly Route[]) =>
  async ({ request }: Call): Promise<HttpResponseInit> => {
    const path = request.params.path ?? '';
    const allowed = routes.filter(({ route }) => matches(route, path)).flatMap(({ methods }) => methods);
    throw allowed.length > 0 ? methodNotAllowed(request, allowed) : notFound(routes);
  };

const matches = (route: string, path: string): boolean => {
  const expected = route.split('/');
  const actual = (path.endsWith('/') ? path.slice(0, -1) : path).split('/');
  return (
    expected.length === actual.length &&
    expected.every((segment, index) => segment.startsWith('{') || segment === actual[index]?.toLowerCase())
  );
};

const methodNotAllowed = (request: HttpRequest, allowed: readonly string[]): ProblemError => {
  const allow = allowed.join(', ');
  const detail = `This path takes ${allow}, not ${request.method}.`;
  return new ProblemError(405, 'method-not-allowed', 'The verb is not allowed here', detail, {
    headers: { Allow: allow },
  });
};

const notFound = (routes: readonly Route[]): ProblemError =>
  new ProblemError(404, 'unknown-path', 'There is no such path', 'The paths of this API are listed in `paths`.', {
    extensions: { paths: routes.map(({ route, methods }) => `${methods.join(', ')} /api/${route}`) },
  });
