import { StorageError } from '../../../storage/storage-error.ts';
import { TaskHubError } from '../../engine/task-hub.ts';
import { trimSlashes } from '../../trim-slashes.ts';
import type { HostHandler, HostRequest, HostResponse } from '../host-message.ts';
import { changeInstance, purgeInstance, purgeInstances, raiseEvent } from './change-instance.ts';
import { getEntity, listEntities, signalEntity } from './entities.ts';
import { getInstance, listInstances } from './get-instance.ts';
import { badArgument, errorResponse, NOT_FOUND, notStored, unexpected } from './management-answers.ts';
import type { ManagementCall, ManagementContext } from './management-context.ts';
import { QueryParameters } from './query-parameters.ts';
import { restartInstance, startInstance } from './start-instance.ts';

/**
 * The HTTP API of the Durable Task extension, mounted publicly and as the local RPC endpoint of the language SDK. Imitates EXT
 * `HttpApiHandler.cs`; authentication is the caller's business.
 *
 * @param basePath - where it is mounted, e.g. `/runtime/webhooks/durabletask`, without a slash at its end.
 */
export const createManagementApi =
  (context: ManagementContext, basePath: string): HostHandler =>
  async (request) => {
    try {
      const path = pathBelow(request, basePath);
      const call: ManagementCall = { ...context, request, query: new QueryParameters(request.url) };
      const otherHub = otherHubOf(call);
      if (otherHub !== undefined) {
        return unexpected(
          `The local Functions host serves the task hub '${context.urls.hubName}' only, not '${otherHub}'.`,
        );
      }
      return (await route(call, path)) ?? NOT_FOUND;
    } catch (error) {
      return toErrorResponse(error);
    }
  };

/** The whole path is decoded before it is split, plus signs included (.NET `WebUtility.UrlDecode`). */
const pathBelow = ({ url }: HostRequest, basePath: string): readonly string[] => {
  const below = url.pathname.slice(basePath.length).replaceAll('+', ' ');
  let decoded = below;
  try {
    decoded = decodeURIComponent(below);
  } catch {
    // Not an encoding: taken as it is.
  }
  return trimSlashes(decoded).split('/');
};

const otherHubOf = ({ query, urls }: ManagementCall): string | undefined => {
  const wanted = query.text('taskHub')?.trim();
  return wanted && wanted.toLowerCase() !== urls.hubName.toLowerCase() ? wanted : undefined;
};

type Answer = HostResponse | undefined | Promise<HostResponse | undefined>;

const route = (call: ManagementCall, path: readonly string[]): Answer => {
  if (path.slice(1).includes('')) return undefined;
  switch (path[0]?.toLowerCase()) {
    case 'orchestrators':
      return routeOrchestrators(call, path);
    case 'instances':
      return routeInstances(call, path);
    case 'entities':
      return routeEntities(call, path);
    case 'makeprimary':
      return path.length === 1 ? { status: 200 } : undefined;
    default:
      return undefined;
  }
};

const routeOrchestrators = (call: ManagementCall, [, functionName, instanceId, ...more]: readonly string[]): Answer => {
  if (call.request.method !== 'POST' || functionName === undefined || more.length > 0) return undefined;
  return startInstance(call, functionName, instanceId);
};

const routeInstances = (call: ManagementCall, path: readonly string[]): Answer => {
  const [, instanceId, operation, eventName, ...more] = path;
  const { method } = call.request;
  if (more.length > 0) return undefined;
  if (instanceId === undefined) {
    if (method === 'GET') return listInstances(call);
    return method === 'DELETE' ? purgeInstances(call) : undefined;
  }
  if (operation === undefined) {
    if (method === 'GET') return getInstance(call, instanceId);
    return method === 'DELETE' ? purgeInstance(call, instanceId) : undefined;
  }
  if (method !== 'POST') return undefined;
  if (eventName !== undefined) {
    return operation.toLowerCase() === 'raiseevent' ? raiseEvent(call, instanceId, eventName) : undefined;
  }
  if (operation.toLowerCase() === 'restart') return restartInstance(call, instanceId);
  return changeInstance(call, instanceId, operation);
};

const routeEntities = (call: ManagementCall, [, name, key, ...more]: readonly string[]): Answer => {
  const { method } = call.request;
  if (more.length > 0) return undefined;
  if (method === 'GET') {
    return name !== undefined && key !== undefined ? getEntity(call, name, key) : listEntities(call, name);
  }
  if (method !== 'POST' && method !== 'DELETE') return undefined;
  if (name === undefined)
    return errorResponse(400, 'Invalid entity id: entity name must not be a null or empty string.');
  return signalEntity(call, name, key ?? '');
};

const toErrorResponse = (error: unknown): HostResponse => {
  if (error instanceof StorageError) return notStored(error.message);
  if (!(error instanceof TaskHubError))
    return unexpected(error instanceof Error ? error.message : String(error), 'System.Exception');
  switch (error.kind) {
    case 'invalid-argument':
      return badArgument(error.message);
    case 'not-found':
      return NOT_FOUND;
    case 'terminal':
      return { status: 410 };
    case 'already-exists':
      return unexpected(error.message, 'DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException');
    case 'invalid-operation':
      return unexpected(error.message);
  }
};
