import { delimiter, join } from 'node:path';
import * as z from 'zod';
import { assertPortFree } from '../../../command-line/assert-port-free.ts';
import { defineCommand } from '../../../command-line/command.ts';
import { numberFlag, pathFlag, switchFlag } from '../../../command-line/flags.ts';
import type { CommandContext } from '../../../command-line/program.ts';
import { SIMULATED_SUBSCRIPTION_ID } from '../../azure-simulator/base/identities.ts';
import { buildApp } from '../../build/build-app.ts';
import { AZURITE, azuriteConnectionString, DEFAULT_AZURITE_PORT, ensureAzurite } from '../../core-tools/azurite.ts';
import { funcVersion } from '../../core-tools/func-version.ts';
import { ProcessGroup } from '../../core-tools/process-group.ts';
import { readLocalSettings } from '../../functions-host/settings/local-settings.ts';
import { inProject, projectRoot } from '../../project.ts';
import { ChildService } from '../../world/child-service.ts';
import { callbackKeys } from '../services/callback-keys.ts';
import { warnOfReaders } from '../services/warn-of-readers.ts';

const DEFAULT_PORT = 7071;

const fixedPort = (last: number) =>
  numberFlag(
    `a port: a whole number from 1 to ${last}`,
    (value) => Number.isInteger(value) && value >= 1 && value <= last,
  );

/** `npm run start:func`. */
export const startFunc = defineCommand({
  name: 'start:func',
  summary:
    'Runs the app on the real Functions host: Azure Functions Core Tools (func, on the PATH) and Azurite, which is fetched when none is running.',
  flags: z.object({
    port: fixedPort(65_535)
      .default(DEFAULT_PORT)
      .meta({ argument: 'PORT', description: `the host's port (${DEFAULT_PORT})` }),
    data: pathFlag('folder').default(inProject('.data')).meta({
      argument: 'DIR',
      description: 'where Azurite and the simulator keep what they have, made if missing (.data)',
    }),
    'azurite-port': fixedPort(65_533)
      .default(DEFAULT_AZURITE_PORT)
      .meta({
        argument: 'PORT',
        description: `Azurite's first port (${DEFAULT_AZURITE_PORT}); the next two are its too`,
      }),
    simulator: switchFlag.meta({ description: 'work with the Azure simulator instead of Azure' }),
    auth: switchFlag.meta({ description: 'ask for function keys, as in Azure' }),
  }),
  run: async (
    { port, data, 'azurite-port': azuritePort, simulator: simulated, auth },
    { takeInterrupt }: CommandContext,
  ) => {
    const environment = {
      ...process.env,
      // Core Tools starts the first `node` on the PATH as its worker: the one that the project is tested with.
      PATH: `${inProject('node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
      FUNCTIONS_CORE_TOOLS_TELEMETRY_OPTOUT: process.env.FUNCTIONS_CORE_TOOLS_TELEMETRY_OPTOUT ?? '1',
    };
    const func = await funcVersion(environment);
    await assertPortFree('Core Tools', port, '--port', false);
    await buildApp(projectRoot, console.log);
    warnOfReaders(data);

    const running: { stop(): Promise<void>; kill(): void }[] = [];
    const interrupt = takeInterrupt(() => {
      for (const each of running) each.kill();
    });
    try {
      const settings: Record<string, string> = { ...callbackKeys(data) };
      const storage = process.env.AzureWebJobsStorage ?? readLocalSettings(projectRoot).values.AzureWebJobsStorage;
      if (storage === DEVELOPMENT_STORAGE) {
        console.log(`Checking for Azurite on port ${azuritePort}; ${AZURITE} is started when there is none…`);
        const azuriteData = join(data, 'azurite');
        warnOfReaders(azuriteData);
        const started = await ensureAzurite({
          port: azuritePort,
          data: azuriteData,
          onStart: (azurite) => running.push(azurite),
          isCancelled: () => interrupt.signal.aborted,
        });
        console.log(
          started ? `Azurite runs on port ${azuritePort}.` : 'Azurite was running already; it is left alone.',
        );
        settings.AzureWebJobsStorage = azuriteConnectionString(azuritePort);
      }
      if (interrupt.signal.aborted) return 0;
      if (simulated) {
        const simulator = new ChildService({
          command: 'simulator',
          args: ['--port', '0', '--data', join(data, 'simulator')],
          onLine: (line) => console.log(`simulator | ${line}`),
        });
        running.push(simulator);
        settings.AZURE_SIMULATOR_URL = await simulator.ready();
        settings.AZURE_SUBSCRIPTION_ID = SIMULATED_SUBSCRIPTION_ID;
      }
      if (interrupt.signal.aborted) return 0;
      console.log(`Core Tools ${func.version} start…`);
      if (func.listensEverywhere) {
        console.log(
          `They listen on every address of this machine, not on 127.0.0.1 alone; 4.14.0 and newer do better.`,
        );
      }
      const host = new ProcessGroup('func', ['start', '--port', String(port), ...(auth ? ['--enableAuth'] : [])], {
        cwd: projectRoot,
        env: { ...environment, ...settings },
        output: 'shown',
      });
      running.push(host);
      const code = await Promise.race([host.ended, interrupt.requested.then(() => undefined)]);
      if (code === undefined || interrupt.signal.aborted) return 0;
      console.error(`func ended by itself${code === null ? '' : ` with code ${code}`}; its last lines are above.`);
      return code || 1;
    } catch (error) {
      if (interrupt.signal.aborted) return 0;
      throw error;
    } finally {
      // The host first: it writes to the storage until it has ended.
      for (const each of running.toReversed()) await each.stop();
    }
  },
});

const DEVELOPMENT_STORAGE = 'UseDevelopmentStorage=true';
