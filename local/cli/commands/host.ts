import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { assertPortFree } from '../../../command-line/assert-port-free.ts';
import { defineCommand } from '../../../command-line/command.ts';
import { CommandError } from '../../../command-line/command-errors.ts';
import { pathFlag, switchFlag } from '../../../command-line/flags.ts';
import { buildApp } from '../../build/build-app.ts';
import { openStoredClock } from '../../clock/stored-clock.ts';
import { allowHostFlag, keptSpeedFlag, portFlag } from '../../emulator-flags.ts';
import { readLogLevels } from '../../functions-host/settings/host-json.ts';
import { readLocalSettings } from '../../functions-host/settings/local-settings.ts';
import { createTerminalLog } from '../../functions-host/settings/terminal-log.ts';
import { projectRoot } from '../../project.ts';
import { holdDirectory } from '../../world/data-directory.ts';
import { appDataDirectory } from '../services/app-data-directory.ts';
import { endWithAppError } from '../services/end-with-app-error.ts';
import { endWithTimeout } from '../services/end-with-timeout.ts';
import { runService } from '../services/service.ts';

/** `npm run host`. */
export const host = defineCommand({
  name: 'host',
  summary:
    'Runs the app on the local Functions host alone, on 127.0.0.1. It works with Azure, or with the simulator that AZURE_SIMULATOR_URL names. With --app, any other compiled app of the Node.js programming model v4.',
  flags: z.object({
    port: portFlag.optional().meta({
      argument: 'PORT',
      description: 'the port (that of local.settings.json, else 7071); 0 for any free one',
    }),
    data: pathFlag('folder').optional().meta({
      argument: 'DIR',
      description: 'where the task hub is kept, made if missing (.data/host, or .data/host-… for another app)',
    }),
    speed: keptSpeedFlag,
    auth: switchFlag.meta({ description: 'ask for function keys, as in Azure' }),
    'allow-host': allowHostFlag,
    verbose: switchFlag.meta({ description: 'show every line of the log from debug upwards' }),
    app: pathFlag('folder')
      .default(projectRoot)
      .meta({ argument: 'DIR', description: 'the folder of the compiled app, with its host.json (this project)' }),
  }),
  run: ({ port, app, data = appDataDirectory(app), speed, auth, 'allow-host': allowedHosts, verbose }) =>
    runService('The Functions host', async () => {
      assertAppFolder(app);
      if (app === projectRoot) await buildApp(projectRoot, console.log);
      await assertPortFree('The Functions host', port ?? readLocalSettings(app).localHttpPort ?? DEFAULT_PORT);
      holdDirectory(data);
      const clock = openStoredClock(data, speed);
      const log = createTerminalLog({
        now: () => clock.now(),
        write: (line) => console.log(line),
        verbose,
        colour: process.stdout.hasColors?.() ?? false,
        levels: readLogLevels(app),
      });
      endWithAppError();
      const { startFunctionsHost } = await import('../../functions-host/functions-host.ts');
      const running = await startFunctionsHost({
        appDirectory: app,
        port,
        clock,
        dataDirectory: data,
        auth,
        allowedHosts,
        log,
        onFunctionTimeout: endWithTimeout,
      });
      console.log(running.functionsList);
      return running;
    }),
});

const DEFAULT_PORT = 7071;

/** @throws {@link CommandError} when there is nothing that could be an app. */
const assertAppFolder = (app: string): void => {
  const stats = statSync(app, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) {
    throw new CommandError(
      `--app ${app}: ${stats ? 'it is not a folder' : 'there is no such folder'}. ${WHAT_IS_WANTED}`,
    );
  }
  for (const name of ['host.json', 'package.json']) {
    if (!existsSync(join(app, name))) throw new CommandError(`--app ${app}: it holds no ${name}. ${WHAT_IS_WANTED}`);
  }
};

const WHAT_IS_WANTED =
  'Name the root folder of a function app: the one with host.json and package.json, whose "main" names the compiled files.';
