import { join, resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type { Clock } from '../clock/clock.ts';
import { makeDataFolder } from '../storage/make-data-folder.ts';
import { endsWithin } from './ends-within.ts';
import { type Engine, type EngineOptions, openEngine } from './engine/engine.ts';
import { openEndpoints } from './http/endpoints.ts';
import { hostKeysFile, newHostKeys, openHostKeys, withoutKeys } from './http/host-keys.ts';
import { type FunctionsHost as HostOf, type OpenTaskHub, type ServeOptions, serveApp } from './http/serve-app.ts';
import { applyHostEnvironment, applySettings } from './settings/apply-settings.ts';
import type { DurableTaskSettings } from './settings/durable-task-settings.ts';
import { parseDurableTaskSettings } from './settings/durable-task-settings.ts';
import { readHostJson } from './settings/host-json.ts';
import { readLocalSettings } from './settings/local-settings.ts';
import { openTimerStatuses, rememberTimerStatuses } from './timers/timer-statuses.ts';
import { openTracer } from './tracing/open-tracer.ts';
import type { FunctionWorker } from './worker/function-worker.ts';
import { loadApp } from './worker/load-app.ts';
import type { Log } from './worker/log.ts';

export { type Engine, Store } from './engine/engine.ts';
export type { ServeOptions } from './http/serve-app.ts';
export type { FunctionWorker } from './worker/function-worker.ts';
export type { Log } from './worker/log.ts';

/** A running host of one app. */
export type FunctionsHost<Hub extends OpenTaskHub = Engine> = HostOf<Hub>;

/** @see createFunctionsHost */
export interface CreateFunctionsHostOptions extends ServeOptions {
  /** A database file, an open store that stays the caller's, or `:memory:`, which is the default. */
  readonly store?: EngineOptions['store'] | undefined;
  /** Stands between the engine and the app's functions, for measurements. */
  readonly watch?: ((worker: FunctionWorker) => FunctionWorker) | undefined;
  /** Wins over the extension's defaults; host.json is not read. */
  readonly durableTask?: Partial<DurableTaskSettings> | undefined;
  /** Of the engine, for tests and measurements. */
  readonly engine?: Pick<EngineOptions, 'commitOrder' | 'maximumShortTimerMs' | 'longTimerIntervalMs' | 'onCommit'>;
  /** 0 or undefined for any free port. */
  readonly port?: number;
  /** 0 or undefined for any free port. */
  readonly rpcPort?: number;
}

/**
 * Serves an app that is already loaded, for tests and measurements: many hosts can run in one process, each with its own clock and store.
 *
 * @throws when a port is taken.
 */
export const createFunctionsHost = async (options: CreateFunctionsHostOptions): Promise<FunctionsHost> => {
  const { store = ':memory:', clock, engine, watch = (worker) => worker, keys = newHostKeys() } = options;
  const log = withoutKeys(options.log, keys);
  const durableTask = { ...parseDurableTaskSettings('host.json', undefined, () => undefined), ...options.durableTask };
  const endpoints = await openEndpoints(options.port ?? 0, options.rpcPort ?? 0);
  // durable-functions rewrites its URLs to port 7071 when this is not set; any value will do.
  process.env.WEBSITE_HOSTNAME ||= `localhost:${endpoints.port}`;
  try {
    const open = (worker: FunctionWorker): Engine =>
      openEngine({
        ...engine,
        worker: watch(worker),
        clock,
        store,
        hubName: durableTask.hubName,
        settings: durableTask,
        log,
        tracer: options.tracer,
      });
    return await serveApp(endpoints, { ...options, keys, log, durableTask }, open);
  } catch (error) {
    endpoints.abandon();
    throw error;
  }
};

/** @see startFunctionsHost */
export interface StartFunctionsHostOptions {
  /** The app's root: host.json, local.settings.json, package.json. */
  readonly appDirectory: string;
  /** 0 for any free port; undefined for that of local.settings.json, else 7071. */
  readonly port?: number | undefined;
  /** 0 for any free port; undefined for 17071, else one between 30000 and 31000. */
  readonly rpcPort?: number | undefined;
  readonly clock: Clock;
  /** Where keys and the task hub are kept, created when missing; `:memory:` keeps nothing. */
  readonly dataDirectory: string | ':memory:';
  /** Whether keys are asked for; default false, as in Core Tools. */
  readonly auth?: boolean | undefined;
  /** @see ServeOptions */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly log: Log;
  /** Ends the process, as the platform does when a function has taken too long. By default the function goes on, and only the log knows. */
  readonly onFunctionTimeout?: ((name: string, invocationId: string) => void) | undefined;
  /** Wins over host.json's `extensions.durableTask`. */
  readonly durable?: Partial<DurableTaskSettings> | undefined;
}

/**
 * Starts a host for the compiled app in a directory, as `func start` does: settings go into the environment, the working directory becomes
 * the app's root, timers begin.
 *
 * @throws with a message for the person at the terminal: a taken port, a wrong setting, an app that does not load.
 */
export const startFunctionsHost = async (options: StartFunctionsHostOptions): Promise<FunctionsHost> => {
  const { clock, auth, allowedHosts } = options;
  const appDirectory = resolve(options.appDirectory);
  const directory = options.dataDirectory === ':memory:' ? undefined : resolve(options.dataDirectory);
  const exposed = directory ? makeDataFolder(directory) : undefined;
  if (exposed !== undefined) options.log('warning', 'Host.Startup', exposed);

  const keys = directory ? openHostKeys(directory) : newHostKeys();
  const log = withoutKeys(options.log, keys);
  const local = readLocalSettings(appDirectory);
  const endpoints = await openEndpoints(options.port ?? local.localHttpPort ?? DEFAULT_PORT, options.rpcPort);
  try {
    applySettings(local.values, log);
    applyHostEnvironment(endpoints.port, appDirectory);
    const hostJson = readHostJson(appDirectory, (name) => process.env[name]);
    const { http, durableTask: fromFile, functionTimeoutMs } = hostJson;
    const tracer = openTracer(hostJson.telemetryMode, process.env, clock, log);
    const durableTask = { ...fromFile, ...options.durable };
    if (isMainThread) process.chdir(appDirectory);
    const app = await loadApp(appDirectory, { log });
    const { hubName } = durableTask;
    const store = directory ? join(directory, `${hubName}.sqlite`) : ':memory:';
    const functionTimeout =
      functionTimeoutMs === undefined
        ? undefined
        : { ms: functionTimeoutMs, onExceeded: options.onFunctionTimeout ?? (() => {}) };
    const timerStatuses = directory ? openTimerStatuses(directory) : rememberTimerStatuses();
    const host = await serveApp(
      endpoints,
      {
        app,
        clock,
        log,
        http,
        durableTask,
        auth,
        allowedHosts,
        keys,
        cors: local,
        functionTimeout,
        timerStatuses,
        tracer,
      },
      (worker) => openEngine({ worker, clock, store, hubName, settings: durableTask, log, tracer }),
    );
    if (auth && directory)
      log('information', 'Host.Startup', `Keys are asked for; they are in ${hostKeysFile(directory)}`);
    return {
      ...host,
      close: async () => {
        await host.close();
        const ended = await endsWithin(TERMINATE_MS, app.terminate());
        await tracer?.flush();
        if (!ended) log('warning', 'Host.Shutdown', `The appTerminate hooks did not end in ${TERMINATE_MS} ms.`);
      },
    };
  } catch (error) {
    endpoints.abandon();
    throw error;
  }
};

const DEFAULT_PORT = 7071;
/** How long the app's appTerminate hooks may take, real ms. */
const TERMINATE_MS = 2_000;
