import { HttpError } from '../http/http-error.ts';
import { type Operation, statusOf } from '../state/operation.ts';
import type { ArmRequest } from './arm-request.ts';

/**
 * The operation that a status URL names.
 *
 * @param prefix - what the provider writes before the id.
 * @throws HttpError 404 when it is none of the namespace's in the request's subscription.
 */
export const operationOf = (request: ArmRequest, namespace: string, prefix = ''): Operation => {
  const name = request.parameter('operation');
  const operation = name.startsWith(prefix) ? request.world.operations.get(name.slice(prefix.length)) : undefined;
  const own =
    operation?.kind === 'asynchronous' &&
    operation.resourceId.toLowerCase().startsWith(`${request.subscriptionPath.toLowerCase()}/`) &&
    namespaceOf(operation.resourceId) === namespace.toLowerCase();
  if (operation && own) return operation;
  throw new HttpError(404, 'NotFound', `The operation '${name}' was not found.`);
};

/** Resource groups lie in no provider. */
const namespaceOf = (resourceId: string): string =>
  (/\/providers\/([^/]+)/i.exec(resourceId)?.[1] ?? 'Microsoft.Resources').toLowerCase();

/**
 * Whether the operation behind a Location URL has succeeded: false while it runs.
 *
 * @throws HttpError when it has failed: such a URL answers what a synchronous call would have answered.
 */
export const hasSucceeded = (request: ArmRequest, { error, ...operation }: Operation): boolean => {
  if (statusOf(operation, request.now) === 'InProgress') return false;
  if (error) throw new HttpError(error.status ?? 409, error.code, error.message);
  return true;
};
