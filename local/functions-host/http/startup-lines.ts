import type { LoadedApp } from '../worker/loaded-app.ts';
import type { HttpRoute } from './http-routes.ts';

/** The list of functions that Core Tools prints when the host has started (azure-functions-core-tools `StartHostAction.DisplayFunctionsInfo`). */
export const startupLines = (origin: string, app: LoadedApp, routes: readonly HttpRoute[]): string => {
  if (app.functions.length === 0) return 'No functions found in the app.';
  const lines = app.functions.map((candidate) => {
    const { name } = candidate;
    const route = routes.find(({ target }) => target === candidate);
    const methods = route && route.methods.length > 0 ? `[${route.methods.join(',')}] ` : '';
    const what = route ? `${methods}${origin}/${route.template}` : candidate.triggerType;
    return `\t${name}: ${app.isDisabled(candidate) ? 'disabled' : what}`;
  });
  return ['Functions:', ...lines].join('\n');
};
