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
  if (lower === 'rewind') {
    if (status !== 'Failed') return NOT_REWINDABLE;
  } else if (isTerminal(status)) return GONE;
  const inWrongState =
    (lower === 'suspend' && status === 'Suspended') || (lower === 'resume' && status !== 'Suspended');
  if (inWrongState) {
    return unexpected(
      `Cannot ${lower} the orchestration instance ${instanceId} because instance is in the ${status} state.`,
    );
  }
  const reason = query.text('reason') ?? null;
  await (lower === 'rewind' ? hub.rewind(instanceId, reason ?? '') : hub[lower](instanceId, reason));
  return ACCEPTED;
};

/**
 * 412 since azure-functions-durable-extension#3227, which durable-functions 3.5.0 expects (azure-functions-durable-js#661); before, 410 or 500.
 * That the text is the body is what that client takes; the body itself is unverified.
 */
const NOT_REWINDABLE = jsonResponse(412, 'The rewind operation is only supported on failed orchestration instances.');

/**
 * `DELETE instances/{id}`: a running instance is purged too, as in extension 2.13.7. Extensions since January 2026 check the status first
 * (azure-functions-durable-extension#3311); what they answer then is unverified and not imitated.
 */
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
