import type { Route } from '../arm/route.ts';
import { ServiceError } from '../http/service-error.ts';

/** The segments of a path, decoded; doubled slashes count as one, which Resource Manager tolerates. */
export const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean).map(decode);

/** @throws ServiceError 400 for escapes that stand for nothing, or for a character that cannot be in a name. Code: from memory, unverified. */
export const checkPath = (path: string): void => {
  for (const segment of path.split('/')) {
    const decoded = decode(segment);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    const isInvalid = /[/\\\x00-\x1f]/.test(decoded) || (decoded === segment && segment.includes('%'));
    if (isInvalid) {
      throw new ServiceError(400, 'BadRequest', `The request URL is invalid: '${segment}'.`, { shape: 'standard' });
    }
  }
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** The parameters of a path that has the form of a template, or undefined. */
const matchPath = (template: readonly string[], segments: readonly string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  let pattern = template;
  let rest = segments;
  if (template[0] === '{scope}') {
    pattern = template.slice(1);
    const scopeLength = segments.length - pattern.length;
    if (scopeLength < 0) return undefined;
    parameters.scope = scopeLength === 0 ? '' : `/${segments.slice(0, scopeLength).join('/')}`;
    rest = segments.slice(scopeLength);
  }
  if (pattern.length !== rest.length) return undefined;
  for (const [index, part] of pattern.entries()) {
    const segment = rest[index] ?? '';
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return parameters;
};

export type Match =
  | { kind: 'route'; route: Route; parameters: Record<string, string> }
  | { kind: 'otherMethod' }
  | { kind: 'none' };

/** Finds the route of a request; earlier routes win. */
export class Router {
  readonly #routes: { route: Route; template: string[] }[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes.map((route) => ({ route, template: segmentsOf(route.path) }));
  }

  find(method: string, segments: readonly string[]): Match {
    let pathKnown = false;
    for (const { route, template } of this.#routes) {
      const parameters = matchPath(template, segments);
      if (!parameters) continue;
      if (route.method === method) return { kind: 'route', route, parameters };
      pathKnown = true;
    }
    return { kind: pathKnown ? 'otherMethod' : 'none' };
  }
}
