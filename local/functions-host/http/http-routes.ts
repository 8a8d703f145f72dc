import { trimSlashes } from '../trim-slashes.ts';
import type { LoadedFunction } from '../worker/loaded-function.ts';
import { compileRoute, type RouteMatcher, type RouteValues } from './route-template.ts';

/** How one HTTP function is reached. */
export interface HttpRoute {
  readonly target: LoadedFunction;
  /** In upper case; empty for all. */
  readonly methods: readonly string[];
  readonly authLevel: 'anonymous' | 'function' | 'admin' | 'system';
  /** With the route prefix, without a leading slash. */
  readonly template: string;
  readonly match: RouteMatcher;
}

/** How an app is reached. */
export interface HttpRoutes {
  readonly routes: readonly HttpRoute[];
  /** Functions that cannot be reached, with the reason. */
  readonly errors: readonly { readonly name: string; readonly message: string }[];
}

/**
 * The routes of an app's HTTP functions, in the order in which they are tried: that of the functions' names, with no preference for
 * literals. Imitates azure-functions-host `ScriptHost.cs` and azure-webjobs-sdk-extensions `WebJobsRouteBuilder.cs`.
 */
export const buildHttpRoutes = (functions: readonly LoadedFunction[], routePrefix: string): HttpRoutes => {
  const routes: HttpRoute[] = [];
  const errors: { name: string; message: string }[] = [];
  for (const target of functions) {
    if (target.triggerType.toLowerCase() !== 'httptrigger') continue;
    try {
      const route = toRoute(target, routePrefix);
      const rival = routes.find((other) => conflicts(other, route));
      if (rival)
        throw new Error(`The route specified conflicts with the route defined by function '${rival.target.name}'.`);
      routes.push(route);
    } catch (error) {
      errors.push({ name: target.name, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { routes, errors };
};

/** The first route that takes the method and the path; a wrong method is no match, hence 404 and never 405. */
export const matchRoute = (
  routes: readonly HttpRoute[],
  method: string,
  path: string,
): { readonly route: HttpRoute; readonly values: RouteValues } | undefined => {
  for (const route of routes) {
    if (route.methods.length > 0 && !route.methods.includes(method)) continue;
    const values = route.match(path);
    if (values) return { route, values };
  }
  return undefined;
};

const toRoute = (target: LoadedFunction, routePrefix: string): HttpRoute => {
  const { route, methods, authLevel } = target.trigger;
  const own = trimSlashes(typeof route === 'string' && route !== '' ? route : target.name);
  const template = [routePrefix, own].filter(Boolean).join('/');
  if (/^(admin|runtime)(\/|$)/i.test(template)) {
    throw new Error('The specified route conflicts with one or more built in routes.');
  }
  return {
    target,
    methods: Array.isArray(methods) ? methods.map((method) => String(method).toUpperCase()) : [],
    authLevel: toAuthLevel(authLevel),
    template,
    match: compileRoute(template),
  };
};

const toAuthLevel = (written: unknown): HttpRoute['authLevel'] => {
  const level = typeof written === 'string' ? written.toLowerCase() : 'function';
  if (level === 'anonymous' || level === 'admin' || level === 'system') return level;
  return 'function';
};

const conflicts = (left: HttpRoute, right: HttpRoute): boolean =>
  left.template.toLowerCase() === right.template.toLowerCase() &&
  (left.methods.length === 0 ||
    right.methods.length === 0 ||
    left.methods.some((method) => right.methods.includes(method)));
