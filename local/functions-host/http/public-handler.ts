import type { TaskHub } from '../engine/task-hub.ts';
import type { Tracer } from '../tracing/tracer.ts';
import type { LoadedApp } from '../worker/loaded-app.ts';
import { mayAdminister, mayCallDurableWebhook, mayCallFunction } from './authorize.ts';
import { type CorsSettings, corsHeaders, preflightResponse } from './cors.ts';
import { refuseForeignCaller } from './foreign-callers.ts';
import { fromRpcHttp } from './from-rpc-http.ts';
import type { HostKeys } from './host-keys.ts';
import type { HostHandler, HostResponse, UnreadHandler, UnreadRequest } from './host-message.ts';
import { homePage } from './host-pages.ts';
import { type HttpRoute, matchRoute } from './http-routes.ts';
import { FUNCTION_NOT_STORED } from './not-stored.ts';
import { inRequestSpan } from './request-span.ts';
import { toRpcHttp } from './to-rpc-http.ts';

/** Where the extension's API stands on the public port. */
export const DURABLE_WEBHOOK_PATH = '/runtime/webhooks/durabletask';

/** What the public port serves. */
export interface PublicHandlerOptions {
  readonly app: LoadedApp;
  readonly routes: readonly HttpRoute[];
  readonly hub: Pick<TaskHub, 'storage'>;
  readonly management: HostHandler;
  readonly admin: HostHandler;
  readonly keys: HostKeys;
  /** Whether keys are asked for. */
  readonly auth: boolean;
  readonly cors: CorsSettings;
  /** @see KnownCallers; counts while no keys are asked for. */
  readonly allowedHosts: readonly string[];
  readonly customHeaders: Readonly<Record<string, string>>;
  readonly tracer?: Tracer | undefined;
}

const UNAUTHORIZED: HostResponse = { status: 401 };
const NOT_FOUND: HostResponse = { status: 404 };

/** Everything that the host answers on its public port: functions, the durable webhook, `/admin` and the home page. */
export const createPublicHandler = (options: PublicHandlerOptions): UnreadHandler => {
  const { cors, customHeaders, auth, allowedHosts } = options;
  const known = { hosts: allowedHosts, origins: cors.origins };
  return async (request) => {
    const refusal = auth ? undefined : refuseForeignCaller(request, known);
    if (refusal) return refusal;
    const preflight = preflightResponse(request, cors);
    if (preflight) return preflight;
    const response = await dispatch(options, request);
    const extra = [...corsHeaders(request, cors), ...Object.entries(customHeaders)];
    return extra.length === 0 ? response : { ...response, headers: [...(response.headers ?? []), ...extra] };
  };
};

/** Whether a path belongs to the extension's API. */
export const isDurableWebhook = (path: string): boolean => {
  const lower = path.toLowerCase();
  return lower === DURABLE_WEBHOOK_PATH || lower.startsWith(`${DURABLE_WEBHOOK_PATH}/`);
};

const dispatch = async (options: PublicHandlerOptions, request: UnreadRequest): Promise<HostResponse> => {
  const { auth, keys } = options;
  const path = request.url.pathname;
  if (isDurableWebhook(path)) {
    return auth && !mayCallDurableWebhook(request, keys) ? UNAUTHORIZED : options.management(await request.read());
  }
  if (/^\/admin(\/|$)/i.test(path))
    return auth && !mayAdminister(request, keys) ? UNAUTHORIZED : options.admin(await request.read());
  const matched = matchRoute(options.routes, request.method, path.replace(/^\//, ''));
  if (matched) {
    const { target, authLevel } = matched.route;
    if (auth && !mayCallFunction(request, authLevel, target.name, keys)) return UNAUTHORIZED;
    if (options.app.isDisabled(target)) return NOT_FOUND;
    const whole = await request.read();
    const call = () => callFunction(options, target, toRpcHttp(whole, matched.values));
    return options.tracer ? await inRequestSpan(options.tracer, request, matched.route, call) : await call();
  }
  return path === '/' ? homePage(request) : NOT_FOUND;
};

const callFunction = async (
  { app, hub }: PublicHandlerOptions,
  target: HttpRoute['target'],
  rpcHttp: object,
): Promise<HostResponse> => {
  const { refusals } = hub.storage;
  try {
    return fromRpcHttp(await app.invokeHttp(target, rpcHttp));
  } catch (error) {
    app.reportFailure(target, error);
    // An answer of the function's own is left as it is.
    return hub.storage.refusals > refusals ? FUNCTION_NOT_STORED : { status: 500 };
  }
};
