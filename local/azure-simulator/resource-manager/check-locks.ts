import type { AccessWorld } from '../access/access-world.ts';
import { LOCK_TYPE, type ManagementLock } from '../access/management-locks.ts';
import type { ArmRequest } from '../arm/arm-request.ts';
import { actionOf, type Route } from '../arm/route.ts';
import { HttpError } from '../http/http-error.ts';

/**
 * Refuses what a management lock forbids: under CanNotDelete to delete, under ReadOnly to change as well, and every POST that is no question, such as
 * listKeys. Nothing is deleted that holds something locked. Locks themselves can always be removed.
 * Sources: learn.microsoft.com, azure-resource-manager/management/lock-resources; of a POST, which counts as a write of the resource:
 * Azure/azure-sdk-for-java#2560; that assignments of roles are kept too: MicrosoftDocs/azure-docs#110791. That several scopes stand between commas: unverified.
 *
 * @throws HttpError 409 ScopeLocked
 */
export const checkLocks = (
  request: ArmRequest<AccessWorld>,
  { type, action }: Pick<Route, 'type' | 'action'>,
): void => {
  const { method, path, parameters, world } = request;
  if (type === LOCK_TYPE || method === 'GET' || method === 'HEAD') return;
  if (method === 'POST' && !/\/(action|write)$/i.test(actionOf({ action }, parameters) ?? '')) return;
  const scope = method === 'POST' ? path.replace(/\/[^/]+$/, '') : path;
  const isDelete = method === 'DELETE';
  const holding = [...world.locks.over(scope), ...(isDelete ? world.locks.below(scope) : [])].filter(
    ({ level }) => level === 'ReadOnly' || (isDelete && level === 'CanNotDelete'),
  );
  if (holding.length > 0) throw scopeLocked(scope, isDelete, holding);
};

/** Text: Azure/azure-cli#20232 for a deletion, Azure/azure-sdk-for-java#2560 for a change. */
const scopeLocked = (scope: string, isDelete: boolean, locks: readonly ManagementLock[]): HttpError => {
  const scopes = [...new Set(locks.map((lock) => lock.scope))].join(',');
  return new HttpError(
    409,
    'ScopeLocked',
    `The scope '${scope}' cannot perform ${isDelete ? 'delete' : 'write'} operation because following scope(s) are locked: '${scopes}'. Please remove the lock and try again.`,
    { shape: 'standard' },
  );
};
