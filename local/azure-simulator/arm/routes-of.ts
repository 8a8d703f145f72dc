import type { World } from '../state/world.ts';
import type { Method, Route } from './route.ts';

/** What the routes at one path share. */
export interface SharedRoute extends Pick<Route, 'type' | 'path' | 'errors'> {
  /** What the actions are named after, where that is not the type. */
  resource?: string;
}

/** What a method does to a resource, as its action calls it; a POST's own action is named after its path. */
const VERBS: Readonly<Record<Exclude<Method, 'POST'>, string>> = {
  GET: 'read',
  HEAD: 'read',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
};

/** The routes at one path, whose actions follow from their methods: `Microsoft.KeyVault/vaults/write` for a PUT. */
export const routesOf = <W extends World = World>(
  { resource, ...shared }: SharedRoute,
  routes: readonly ({ method: keyof typeof VERBS } & Omit<Route<W>, 'method' | 'action' | keyof SharedRoute>)[],
): Route<W>[] =>
  routes.map((own) => ({ ...shared, ...own, action: `${resource ?? shared.type}/${VERBS[own.method]}` }));
