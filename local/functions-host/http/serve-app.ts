import type { Clock } from '../../clock/clock.ts';
import { endsWithin } from '../ends-within.ts';
import type { TaskHub } from '../engine/task-hub.ts';
import type { DurableTaskSettings } from '../settings/durable-task-settings.ts';
import type { HostJson } from '../settings/host-json.ts';
import type { LocalSettings } from '../settings/local-settings.ts';
import { rememberTimerStatuses, type TimerStatuses } from '../timers/timer-statuses.ts';
import { planTimers, type RunningTimers, startTimers } from '../timers/timer-triggers.ts';
import type { Tracer } from '../tracing/tracer.ts';
import { bindingNotes } from '../worker/binding-support.ts';
import type { FunctionWorker } from '../worker/function-worker.ts';
import type { FunctionTimeout, LoadedApp } from '../worker/loaded-app.ts';
import type { Log } from '../worker/log.ts';
import type { Endpoints } from './endpoints.ts';
import { refuseForeignCaller } from './foreign-callers.ts';
import { type HostKeys, newHostKeys } from './host-keys.ts';
import { createAdminApi } from './host-pages.ts';
import { buildHttpRoutes } from './http-routes.ts';
import { createManagementApi } from './management/management-api.ts';
import { durableClientBinding, type ManagementUrlParts } from './management/management-urls.ts';
import { createPublicHandler, DURABLE_WEBHOOK_PATH, isDurableWebhook } from './public-handler.ts';
import { bodyLimit } from './read-request.ts';
import { serveRequests } from './serve-requests.ts';
import { startupLines } from './startup-lines.ts';

/** A task hub that runs in this process. */
export interface OpenTaskHub extends TaskHub {
  /** Lets running work end, then closes the store. */
  close(): Promise<void> | void;
  /** Stops as if the process had been killed. */
  abandon(): Promise<void> | void;
}

/** A running host of one app. */
export interface FunctionsHost<Hub extends OpenTaskHub = OpenTaskHub> {
  /** Of the public port, e.g. `http://localhost:7071`, without a slash at its end. */
  readonly url: string;
  /** Of the local RPC endpoint, e.g. `http://127.0.0.1:17071/durabletask/`. */
  readonly rpcUrl: string;
  /** What Core Tools prints of an app when it has started, several lines. */
  readonly functionsList: string;
  readonly hub: Hub;
  readonly app: LoadedApp;
  /** Takes no more requests, lets running ones end, then closes the task hub. */
  close(): Promise<void>;
  /** Stops at once: connections are dropped, running work is left as it is. */
  abandon(): Promise<void>;
}

/** What to serve, and how. */
export interface ServeOptions {
  readonly app: LoadedApp;
  readonly clock: Clock;
  readonly log: Log;
  /** host.json's `extensions.http`. */
  readonly http?: Partial<HostJson['http']> | undefined;
  /** Whether keys are asked for; default false, as in Core Tools. */
  readonly auth?: boolean | undefined;
  /** Names under which other machines may call while no keys are asked for, e.g. that of a tunnel; none by default. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly keys?: HostKeys | undefined;
  /** Where the statuses of timers are kept; they end with the process by default. */
  readonly timerStatuses?: TimerStatuses | undefined;
  readonly functionTimeout?: FunctionTimeout | undefined;
  readonly cors?: Pick<LocalSettings, 'corsOrigins' | 'corsCredentials'> | undefined;
  /** Traces requests and orchestrations; nothing is traced without one. */
  readonly tracer?: Tracer | undefined;
  /** Which requests (path and query) may be held by the app until modelled time has gone on, so that they must not stop a virtual clock. */
  readonly waitsForTime?: ((target: string) => boolean) | undefined;
}

/** How long running timer functions may take when the host closes, real ms. */
const CLOSING_MS = 2_000;
/** Where the local RPC endpoint stands on its port. */
const RPC_PATH = '/durabletask';
const NOBODY = { hosts: [], origins: [] };

/**
 * Serves a loaded app over open ports: its HTTP functions and the Durable Task extension's API.
 *
 * @param openTaskHub - opens the task hub for the app's durable functions.
 */
export const serveApp = async <Hub extends OpenTaskHub>(
  endpoints: Endpoints,
  options: ServeOptions & { readonly durableTask: Pick<DurableTaskSettings, 'hubName' | 'connectionName'> },
  openTaskHub: (worker: FunctionWorker) => Hub | Promise<Hub>,
): Promise<FunctionsHost<Hub>> => {
  const { clock, log, auth = false, keys = newHostKeys(), durableTask } = options;
  const url = `http://localhost:${endpoints.port}`;
  const rpcUrl = `http://127.0.0.1:${endpoints.rpcPort}${RPC_PATH}/`;
  const urls: ManagementUrlParts = {
    baseUrl: `${url}${DURABLE_WEBHOOK_PATH}`,
    hubName: durableTask.hubName,
    connectionName: durableTask.connectionName,
    systemKey: keys.systemKeys.durabletask_extension,
  };
  const binding = durableClientBinding(urls, rpcUrl);
  const app = options.app.within({ log, durableClient: () => binding, functionTimeout: options.functionTimeout });
  const { routes, errors: routeErrors } = buildHttpRoutes(app.functions, options.http?.routePrefix ?? 'api');
  const planned = planTimers(app.functions, (name) => process.env[name]);
  const errors = [...routeErrors, ...planned.errors];
  for (const { name, message } of errors)
    log('error', 'Host.Startup', `The '${name}' function is in error: ${message}`);
  for (const target of app.functions) {
    if (app.isDisabled(target)) continue;
    for (const note of bindingNotes(target, url)) log('warning', 'Host.Startup', note);
  }

  const hub = await openTaskHub(app);
  let timers: RunningTimers | undefined;
  const management = { hub, clock, urls };
  const rpc = createManagementApi(management, RPC_PATH);
  const handler = createPublicHandler({
    app,
    routes,
    hub,
    management: createManagementApi(management, DURABLE_WEBHOOK_PATH),
    admin: createAdminApi({ origin: url, app, routes, hub, timerInfo: (target) => timers?.info(target) }),
    keys,
    auth,
    allowedHosts: options.allowedHosts ?? [],
    cors: { origins: options.cors?.corsOrigins ?? [], credentials: options.cors?.corsCredentials ?? false },
    customHeaders: options.http?.customHeaders ?? {},
    tracer: options.tracer,
  });
  endpoints.serve({
    public: serveRequests({
      handler,
      bodyLimit,
      log,
      // Calls of the management API may wait for modelled time, so they must not hold it.
      track: ({ url: target = '/' }) =>
        isDurableWebhook(target.split('?', 1).join('')) || options.waitsForTime?.(target) ? () => {} : clock.hold(),
      now: () => clock.now(),
    }),
    rpc: serveRequests({
      // It never asks for keys: whoever is not this machine's worker has no business here.
      handler: async (request) => refuseForeignCaller(request, NOBODY) ?? rpc(await request.read()),
      bodyLimit: () => Number.POSITIVE_INFINITY,
      log,
    }),
  });
  log('debug', 'Host.Triggers.DurableTask', `Opened local http RPC endpoint: ${rpcUrl}`);
  timers = startTimers(planned, app, clock, options.timerStatuses ?? rememberTimerStatuses(), log);
  const inError = errors.map(({ name }) => name);
  return {
    url,
    functionsList: startupLines(url, app, routes, inError),
    rpcUrl,
    hub,
    app,
    close: async () => {
      const timersEnd = timers?.stop() ?? Promise.resolve();
      await endpoints.closePublic();
      if (!(await endsWithin(CLOSING_MS, timersEnd)))
        log(
          'warning',
          'Host.Shutdown',
          `A timer function did not end in ${CLOSING_MS} ms; it is past due at the next start.`,
        );
      await hub.close();
      await endpoints.closeRpc();
    },
    abandon: async () => {
      endpoints.abandon();
      timers?.abandon();
      await hub.abandon();
    },
  };
};
