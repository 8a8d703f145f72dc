import { isTerminal } from '../../engine/task-hub.ts';
import { type HostResponse, jsonResponse } from '../host-message.ts';
import { NOT_FOUND } from './management-answers.ts';
import type { ManagementCall } from './management-context.ts';
import { shapeHistory } from './shape-history.ts';
import { statusPayload } from './status-payload.ts';

/**
 * `GET instances/{id}` (EXT `HttpApiHandler.HandleGetStatusRequestAsync`).
 *
 * @param failureIsError - whether a failed instance is answered with 500; undefined to ask the query.
 */
export const getInstance = (
  { hub, query, request }: ManagementCall,
  instanceId: string,
  failureIsError: boolean | undefined = query.flag('returnInternalServerErrorOnFailure'),
): HostResponse => {
  const state = hub.get(instanceId);
  if (!state) return NOT_FOUND;
  const showInput = query.flag('showInput') ?? true;
  const showHistoryOutput = query.flag('showHistoryOutput') ?? false;
  const history = query.flag('showHistory')
    ? shapeHistory(hub.history(instanceId), { showInput, showHistoryOutput })
    : undefined;
  // A pending instance has no history yet, and the extension leaves the property out.
  const payload = statusPayload(state, showInput, history && history.length > 0 ? history : undefined);
  if (!isTerminal(state.runtimeStatus)) {
    return jsonResponse(202, payload, [
      ['Location', request.url.href],
      ['Retry-After', '5'],
    ]);
  }
  return jsonResponse(state.runtimeStatus === 'Failed' && failureIsError ? 500 : 200, payload);
};

/** `GET instances` (EXT `HttpApiHandler.HandleGetStatusRequestAsync`, the overload without an id). */
export const listInstances = ({ hub, query, request }: ManagementCall): HostResponse => {
  const page = hub.list(query.instanceQuery(request.headers.get(CONTINUATION_HEADER)));
  const showInput = query.flag('showInput') ?? true;
  return jsonResponse(
    200,
    page.instances.map((state) => statusPayload(state, showInput)),
    [[CONTINUATION_HEADER, page.continuationToken]],
  );
};

/** Present on every page, empty on the last one. */
export const CONTINUATION_HEADER = 'x-ms-continuation-token';
