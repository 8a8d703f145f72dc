import { z } from 'zod';
import { LOCK_LEVELS, LOCK_TYPE, type ManagementLock } from '../../access/management-locks.ts';
import { existingScope } from '../../arm/existing-scope.ts';
import type { Route } from '../../arm/route.ts';
import { routesOf } from '../../arm/routes-of.ts';
import { DURATIONS } from '../../base/durations.ts';
import type { JsonObject } from '../../base/json.ts';
import { type Answer, empty, json, listOf } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { AuthorizationRequest, AuthorizationWorld } from './authorization-world.ts';

const PATH = `{scope}/providers/${LOCK_TYPE}`;

/** azure-rest-api-specs, Microsoft.Authorization 2020-05-01, ManagementLockObject; notes have 512 characters at most. */
const schema = z.looseObject({
  properties: z.looseObject({ level: z.enum(LOCK_LEVELS), notes: z.string().max(512).nullish() }),
});

const show = ({ scope, name, level, notes }: ManagementLock): JsonObject => ({
  properties: { level, ...(notes !== null && { notes }) },
  id: `${scope}/providers/${LOCK_TYPE}/${name}`,
  type: LOCK_TYPE,
  name,
});

const put = (request: AuthorizationRequest): Answer => {
  const { properties } = request.content(schema);
  const scope = existingScope(request);
  const name = request.parameter('lock');
  // Rule: learn.microsoft.com, azure-resource-manager/management/resource-name-rules. Code and text: unverified.
  if (!/^[-\w.()]{0,89}[-\w()]$/.test(name)) {
    throw new HttpError(400, 'InvalidLockName', `The lock name '${name}' is not valid.`);
  }
  const before = request.world.locks.get(scope, name);
  const { level, notes = null } = properties;
  const lock = { scope, name: before?.name ?? name, level, notes };
  request.world.locks.put(lock);
  return json(before ? 200 : 201, show(lock));
};

const find = (request: AuthorizationRequest): ManagementLock | undefined =>
  request.world.locks.get(existingScope(request), request.parameter('lock'));

const get = (request: AuthorizationRequest): Answer => {
  const lock = find(request);
  if (lock) return json(200, show(lock));
  // Code and text: unverified.
  throw new HttpError(404, 'LockNotFound', `The lock '${request.parameter('lock')}' could not be found.`);
};

const remove = (request: AuthorizationRequest): Answer => {
  const lock = find(request);
  if (!lock) return empty(204);
  request.world.locks.remove(lock);
  return empty(200);
};

/** All at, above and below the scope; `atScope()` leaves out those below (learn.microsoft.com, Get-AzResourceLock, -AtScope). */
const list = (request: AuthorizationRequest): Answer => {
  const scope = existingScope(request);
  const filter = request.query.get('$filter') ?? '';
  if (filter !== '' && !/^atScope\(\)$/i.test(filter)) {
    throw new HttpError(400, 'InvalidFilterInQueryString', `The filter '${filter}' is not supported.`);
  }
  const { locks } = request.world;
  const found = new Set([...locks.over(scope), ...(filter === '' ? locks.below(scope) : [])]);
  return listOf([...found].map(show));
};

/** Management locks on any scope. */
export const LOCK_ROUTES: Route<AuthorizationWorld>[] = [
  ...routesOf({ type: LOCK_TYPE, path: `${PATH}/{lock}` }, [
    { method: 'PUT', seconds: DURATIONS.lock, handle: put },
    { method: 'DELETE', seconds: DURATIONS.lock, handle: remove },
    { method: 'GET', handle: get },
  ]),
  ...routesOf({ type: LOCK_TYPE, path: PATH }, [{ method: 'GET', handle: list }]),
];
