import { SIMULATED_SUBSCRIPTION_ID } from '../azure-simulator/azure-simulator.ts';
import type { Clock } from '../clock/clock.ts';
import {
  type CreateFunctionsHostOptions,
  createFunctionsHost,
  type FunctionsHost,
} from '../functions-host/functions-host.ts';
import { readHostJson } from '../functions-host/settings/host-json.ts';
import { loadApp } from '../functions-host/worker/load-app.ts';
import { projectRoot } from '../project.ts';
import type { Azure } from './azure.ts';

/** Which app runs, and on what. */
export interface StartHostOptions extends Partial<Omit<CreateFunctionsHostOptions, 'app' | 'clock'>> {
  readonly clock: Clock;
  /** The folder of a compiled app with its host.json; this project when absent. */
  readonly app?: string | undefined;
  /** The simulated Azure that the app asks; an app that asks none needs none. */
  readonly azure?: Pick<Azure, 'url' | 'cloud'> | undefined;
}

/** The settings by which this project's app finds a simulated Azure. */
export const azureSettings = ({ url, cloud }: Pick<Azure, 'url' | 'cloud'>) => ({
  AZURE_CLOUD: cloud,
  AZURE_SIMULATOR_URL: url,
  AZURE_SUBSCRIPTION_ID: SIMULATED_SUBSCRIPTION_ID,
});

/**
 * Starts a Functions host in this process, on any free port and with the app's own host.json. An app reads where Azure is from the environment when it
 * is loaded, which happens once in a process.
 */
export const startHost = async ({
  clock,
  app: directory = projectRoot,
  azure,
  log = () => {},
  ...options
}: StartHostOptions): Promise<FunctionsHost> => {
  if (azure) Object.assign(process.env, azureSettings(azure));
  process.env.FUNCTIONS_WORKER_RUNTIME ||= 'node';
  const { http, durableTask } = readHostJson(directory, (name) => process.env[name]);
  const app = await loadApp(directory, { log });
  return createFunctionsHost({ app, clock, log, http, durableTask, ...options });
};
