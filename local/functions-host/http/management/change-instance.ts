import { isTerminal, TERMINAL_STATUSES } from '../../engine/task-hub.ts';
import { type HostResponse, jsonResponse } from '../host-message.ts';
import { ACCEPTED, checkJson, errorResponse, GONE, invalidJson, NOT_FOUND, unexpected } from './management-answers.ts';
import type { ManagementCall } from './management-context.ts';

/** `POST instances/{id}/raiseEvent/{eventName}` (EXT `HttpApiHandler.HandleRaiseEventRequestAsync`). */
export const raiseEvent = async (
  { hub, request }: ManagementCall,
  instanceId: string,
  eventName: string,
): Promise<HostResponse> => {
  const state = hub.get(instanceId);
  if (!state) return NOT_FOUND;
  if (isTerminal(state.runtimeStatus)) return GONE;
  if (mediaType(request.headers) !== 'application/json') {
    return errorResponse(400, 'Only application/json request content is supported');
  }
  const text = request.body.toString('utf8');
  const json = checkJson(text);
  if (!json.ok) return invalidJson(json.reason);
  await hub.raiseEvent(instanceId, eventName, text);
  return ACCEPTED;
};

/** The type of a request's body without its parameters, in lower case; empty when none is given. */
export const mediaType = (headers: ReadonlyMap<string, string>): string =>
  (headers.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase();

/** `POST instances/{id}/{operation}` for the operations that take a reason; undefined when there is no such operation. */
export const changeInstance = async (
  { hub, query }: ManagementCall,
  instanceId: string,
  operation: string,
): Promise<HostResponse | undefined> => {
  const lower = operation.toLowerCase();
  if (lower !== 'terminate' && lower !== 'suspend' && lower !== 'resume' && lower !== 'rewind') return undefined;
  const state = hub.get(instanceId);
  if (!state) return NOT_FOUND;
  const status = state.runtimeStatus;
  if (lower === 'rewind' ? isTerminal(status) && status !== 'Failed' : isTerminal(status)) return GONE;
  const inWrongState =
    (lower === 'suspend' && status === 'Suspended') ||
    (lower === 'resume' && status !== 'Suspended') ||
    (lower === 'rewind' && status !== 'Failed');
  if (inWrongState) {
    return unexpected(
      `Cannot ${lower} the orchestration instance ${instanceId} because instance is in the ${status} state.`,
    );
  }
  await hub[lower](instanceId, query.text('reason') ?? '');
  return ACCEPTED;
};

/** `DELETE instances/{id}`: a running instance is purged too. */
export const purgeInstance = async ({ hub }: ManagementCall, instanceId: string): Promise<HostResponse> => {
  if (!hub.get(instanceId)) return NOT_FOUND;
  return jsonResponse(200, { instancesDeleted: await hub.purge(instanceId) });
};

/**
 * `DELETE instances?createdTimeFrom=…`. Only statuses of ended instances count as filter, and a filter without any is none: then running
 * instances go too (DTFX `AzureStorageOrchestrationService.PurgeInstanceHistoryAsync`).
 */
export const purgeInstances = async ({ hub, query, clock }: ManagementCall): Promise<HostResponse> => {
  const createdTimeFrom = query.instant('createdTimeFrom');
  if (createdTimeFrom === undefined) return jsonResponse(400, "Please provide value for 'createdTimeFrom' parameter.");
  const createdTimeTo = query.instant('createdTimeTo') ?? clock.now();
  const runtimeStatus = query.statuses('runtimeStatus').filter((status) => TERMINAL_STATUSES.includes(status));
  const instancesDeleted = await hub.purgeBy({
    createdTimeFrom,
    createdTimeTo,
    ...(runtimeStatus.length > 0 && { runtimeStatus }),
  });
  return instancesDeleted === 0 ? NOT_FOUND : jsonResponse(200, { instancesDeleted });
};
