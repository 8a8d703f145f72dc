import { join } from 'node:path';
import { SIMULATED_SUBSCRIPTION_ID } from '../local/azure-simulator/base/identities.ts';
import type { Clock } from '../local/clock/clock.ts';
import type { Engine } from '../local/functions-host/engine/engine.ts';
import { createFunctionsHost, type FunctionsHost } from '../local/functions-host/functions-host.ts';
import { readHostJson } from '../local/functions-host/settings/host-json.ts';
import { loadApp } from '../local/functions-host/worker/load-app.ts';
import type { LoadedApp } from '../local/functions-host/worker/loaded-app.ts';
import { projectRoot } from '../local/project.ts';

const silent = (): void => {};

/** Loads the compiled app; once in a process, since the app reads where the simulator is from the environment. */
export const loadBenchApp = (simulatorUrl: string): Promise<LoadedApp> => {
  process.env.AZURE_SIMULATOR_URL = simulatorUrl;
  process.env.AZURE_SUBSCRIPTION_ID = SIMULATED_SUBSCRIPTION_ID;
  process.env.FUNCTIONS_WORKER_RUNTIME = 'node';
  return loadApp(projectRoot, { log: silent });
};

/**
 * Opens a host with the app's own host.json on any free port.
 *
 * @param dataDirectory - an existing folder, or `:memory:`.
 */
export const openBenchHost = (app: LoadedApp, clock: Clock, dataDirectory: string): Promise<FunctionsHost<Engine>> => {
  const { http, durableTask } = readHostJson(projectRoot, (name) => process.env[name]);
  return createFunctionsHost({
    app,
    clock,
    log: silent,
    http,
    durableTask,
    store: dataDirectory === ':memory:' ? dataDirectory : join(dataDirectory, `${durableTask.hubName}.sqlite`),
  });
};
