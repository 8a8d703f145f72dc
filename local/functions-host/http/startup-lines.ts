import type { LoadedApp } from '../worker/loaded-app.ts';
import type { LoadedFunction } from '../worker/loaded-function.ts';
import type { HttpRoute } from './http-routes.ts';

/**
 * The list of functions that Core Tools prints when the host has started: HTTP functions first, then the others, then the disabled ones
 * (azure-functions-core-tools `DisplayFunctionsInfoUtilities.cs`).
 *
 * @param hidden - functions in error.
 */
export const startupLines = (
  origin: string,
  app: LoadedApp,
  routes: readonly HttpRoute[],
  hidden: readonly string[],
): string => {
  const listed = app.functions.filter(({ name }) => !hidden.includes(name));
  if (listed.length === 0) {
    return 'No functions found in the app. Does "main" in package.json name the files that register them?';
  }
  const routeOf = (candidate: LoadedFunction) => routes.find(({ target }) => target === candidate);
  const enabled = listed.filter((candidate) => !app.isDisabled(candidate));
  const http = enabled.flatMap((candidate) => {
    const route = routeOf(candidate);
    if (!route) return [];
    const methods = route.methods.length > 0 ? `[${route.methods.join(',')}] ` : '';
    return [`\t${candidate.name}: ${methods}${origin}/${route.template}`, ''];
  });
  const others = enabled
    .filter((candidate) => !routeOf(candidate))
    .flatMap(({ name, triggerType }) => [`\t${name}: ${triggerType}`, '']);
  const disabled = listed
    .filter((candidate) => app.isDisabled(candidate))
    .map(({ name }) => `Function ${name} is disabled.`);
  return [...(enabled.length > 0 ? ['', 'Functions:', ''] : []), ...http, ...others, ...disabled].join('\n');
};
