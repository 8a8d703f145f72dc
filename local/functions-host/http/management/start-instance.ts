import { type InstanceState, isTerminal, TaskHubError } from '../../engine/task-hub.ts';
import { parseTraceparent } from '../../tracing/trace-context.ts';
import { type HostResponse, jsonResponse } from '../host-message.ts';
import { getInstance } from './get-instance.ts';
import { badArgument, checkJson, errorResponse, invalidJson } from './management-answers.ts';
import type { ManagementCall } from './management-context.ts';
import { instanceUrls } from './management-urls.ts';
import { parseStoredText } from './status-payload.ts';

/** `POST orchestrators/{functionName}/{instanceId?}` (EXT `HttpApiHandler.HandleStartOrchestratorRequestAsync`). */
export const startInstance = async (
  call: ManagementCall,
  functionName: string,
  instanceId: string | undefined,
): Promise<HostResponse> => {
  const text = call.request.body.toString('utf8').replace(/^\uFEFF/, '');
  if (text !== '') {
    const json = checkJson(text);
    if (!json.ok) return invalidJson(json.reason);
  }
  const version = call.query.text('version');
  const { headers } = call.request;
  const id = await call.hub.start({
    name: functionName,
    input: text === '' ? null : text,
    ...(instanceId && { instanceId }),
    ...(version !== undefined && { version }),
    // EXT takes the caller's context from the headers that durable-functions sends (azure-functions-durable-js#632).
    trace: parseTraceparent(headers.get('traceparent'), headers.get('tracestate')),
  });
  return await waitOrCheckStatus(call, id);
};

/** `POST instances/{id}/restart` (EXT `HttpApiHandler.HandleRestartInstanceRequestAsync`). */
export const restartInstance = async (call: ManagementCall, instanceId: string): Promise<HostResponse> => {
  let id: string;
  try {
    id = await call.hub.restart(instanceId, call.query.flag('restartWithNewInstanceId') ?? true);
  } catch (error) {
    if (error instanceof TaskHubError && (error.kind === 'not-found' || error.kind === 'invalid-argument')) {
      return errorResponse(400, 'InstanceId does not match a valid orchestration instance.', {
        message: error.message,
        type: 'System.ArgumentException',
      });
    }
    throw error;
  }
  return await waitOrCheckStatus(call, id);
};

/** Waits when the caller gave both `timeout` and `pollingInterval`, else points to the status at once. */
const waitOrCheckStatus = async (call: ManagementCall, instanceId: string): Promise<HostResponse> => {
  const timeout = call.query.seconds('timeout');
  const interval = call.query.seconds('pollingInterval');
  if (timeout === undefined || interval === undefined) return checkStatus(call, instanceId);
  if (interval > timeout) {
    return badArgument(`Total timeout ${timeout / 1000} should be bigger than retry timeout ${interval / 1000}`);
  }
  const state = await waitForEnd(call, instanceId, timeout, interval);
  if (!state) return checkStatus(call, instanceId);
  if (state.runtimeStatus === 'Completed') return jsonResponse(200, parseStoredText(state.output));
  return getInstance(call, instanceId, false);
};

/**
 * Polls the instance every `interval` modelled ms, as the extension does.
 *
 * @returns its state once it has ended, undefined after `timeout`.
 */
const waitForEnd = async (
  { hub, clock }: ManagementCall,
  instanceId: string,
  timeout: number,
  interval: number,
): Promise<InstanceState | undefined> => {
  const until = clock.now() + timeout;
  for (;;) {
    const state = hub.get(instanceId);
    if (state && isTerminal(state.runtimeStatus)) return state;
    const now = clock.now();
    if (now >= until) return undefined;
    // Not a sleep: that would count as parked work, and this call holds no clock.
    await new Promise<void>((resolve) => clock.schedule(Math.min(now + Math.max(interval, 1), until), resolve));
  }
};

const checkStatus = ({ urls, request }: ManagementCall, instanceId: string): HostResponse => {
  const baseUrl = new URL(new URL(urls.baseUrl).pathname, request.url.origin).href;
  const { rewindPostUri: _, ...links } = instanceUrls({ ...urls, baseUrl }, encodeURIComponent(instanceId));
  return jsonResponse(202, { id: instanceId, ...links }, [
    ['Location', links.statusQueryGetUri],
    ['Retry-After', '10'],
  ]);
};
