import type { Route } from '../arm/route.ts';
import { segmentsOf } from '../http/path.ts';
import type { World } from '../state/world.ts';

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

export type Match<W extends World> =
  | { kind: 'route'; route: Route<W>; parameters: Record<string, string> }
  | { kind: 'otherMethod' }
  | { kind: 'none' };

/** Finds the route of a request; earlier routes win. */
export class Router<W extends World> {
  readonly #routes: { route: Route<W>; template: string[] }[];

  constructor(routes: readonly Route<W>[]) {
    this.#routes = routes.map((route) => ({ route, template: segmentsOf(route.path) }));
  }

  find(method: string, segments: readonly string[]): Match<W> {
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
