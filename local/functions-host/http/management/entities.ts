import { TaskHubError } from '../../engine/task-hub.ts';
import { type HostResponse, jsonResponse } from '../host-message.ts';
import { mediaType } from './change-instance.ts';
import { CONTINUATION_HEADER } from './get-instance.ts';
import { ACCEPTED, checkJson, errorResponse, NOT_FOUND } from './management-answers.ts';
import type { ManagementCall } from './management-context.ts';
import { parseStoredText } from './status-payload.ts';

/** Stands for an empty entity key in the path of a GET. */
const EMPTY_KEY = '$';

/** `GET entities/{name}/{key}` (EXT `HttpApiHandler.HandleGetEntityRequestAsync`). */
export const getEntity = ({ hub }: ManagementCall, name: string, key: string): HostResponse => {
  const state = hub.entityState(name, key === EMPTY_KEY ? '' : key);
  return state === undefined ? NOT_FOUND : jsonResponse(200, parseStoredText(state));
};

/** `POST` and `DELETE entities/{name}/{key}` (EXT `HttpApiHandler.HandlePostEntityOperationRequestAsync`); `$` is a key like any other here. */
export const signalEntity = async (
  { hub, request, query }: ManagementCall,
  name: string,
  key: string,
): Promise<HostResponse> => {
  const operation = request.method === 'DELETE' ? 'delete' : (query.text('op') ?? '');
  const text = request.body.toString('utf8');
  let input: string | null = null;
  if (text !== '') {
    const isJson = mediaType(request.headers) === 'application/json';
    if (isJson) {
      const json = checkJson(text);
      if (!json.ok) return errorResponse(400, `Could not parse JSON content: ${json.reason}`);
    }
    input = isJson ? text : JSON.stringify(text);
  }
  try {
    await hub.signalEntity(name, key, operation, input);
  } catch (error) {
    if (error instanceof TaskHubError && error.kind === 'invalid-argument') return errorResponse(400, error.message);
    throw error;
  }
  return ACCEPTED;
};

/** `GET entities/{name?}` (EXT `HttpApiHandler.HandleListEntitiesRequestAsync`). */
export const listEntities = ({ hub, query, request }: ManagementCall, name: string | undefined): HostResponse => {
  const continuationToken = request.headers.get(CONTINUATION_HEADER);
  const top = query.wholeNumber('top');
  const from = query.instant('lastOperationTimeFrom') ?? Number.NEGATIVE_INFINITY;
  const to = query.instant('lastOperationTimeTo') ?? Number.POSITIVE_INFINITY;
  const page = hub.list({
    instanceIdPrefix: name ? `@${name.toLowerCase()}@` : '@',
    top: top !== undefined && top > 0 ? top : 100,
    ...(continuationToken && { continuationToken }),
  });
  const entities = page.instances.flatMap(({ instanceId, lastUpdatedTime }) => {
    const match = /^@([^@]*)@(.*)$/s.exec(instanceId);
    const [entityName, entityKey] = [match?.[1], match?.[2]];
    if (entityName === undefined || entityKey === undefined || lastUpdatedTime < from || to < lastUpdatedTime)
      return [];
    const state = hub.entityState(entityName, entityKey);
    if (state === undefined) return [];
    return [
      {
        entityId: { name: entityName, key: entityKey },
        lastOperationTime: new Date(lastUpdatedTime).toISOString(),
        state: query.flag('fetchState') ? parseStoredText(state) : null,
      },
    ];
  });
  return jsonResponse(200, entities, [[CONTINUATION_HEADER, page.continuationToken]]);
};
