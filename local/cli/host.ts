import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { pathFlag, switchFlag } from '../../command-line/flags.ts';
import { openStoredClock } from '../clock/stored-clock.ts';
import { createTerminalLog } from '../functions-host/settings/terminal-log.ts';
import { buildApp } from './build-app.ts';
import { holdDirectory } from './data-directory.ts';
import { endWithAppError } from './end-with-app-error.ts';
import { portFlag, speedFlag } from './flags.ts';
import { inProject, projectRoot } from './project.ts';
import { assertPortFree, runService } from './service.ts';

/** `npm run host`. */
export const host = defineCommand({
  name: 'host',
  script: 'npm run host',
  summary:
    'Runs the app on the local Functions host alone, on 127.0.0.1. It works with Azure, or with the simulator that AZURE_SIMULATOR_URL names.',
  flags: z.object({
    port: portFlag.default(7071).meta({ argument: 'PORT', description: 'the port (7071); 0 for any free one' }),
    data: pathFlag('folder')
      .default(inProject('.data', 'host'))
      .meta({ argument: 'DIR', description: 'where the task hub is kept, made if missing (.data/host)' }),
    speed: speedFlag
      .optional()
      .meta({ argument: 'N', description: 'modelled seconds per second (as before with this data, else 1)' }),
    auth: switchFlag.meta({ description: 'ask for function keys, as in Azure' }),
    app: pathFlag('folder')
      .default(projectRoot)
      .meta({ argument: 'DIR', description: 'the folder of the compiled app, with its host.json (this project)' }),
  }),
  run: ({ port, data, speed, auth, app }) =>
    runService('The Functions host', async () => {
      if (app === projectRoot) await buildApp(projectRoot, console.log);
      await assertPortFree('The Functions host', port);
      holdDirectory(data);
      const clock = openStoredClock(data, speed);
      const log = createTerminalLog({
        now: () => clock.now(),
        write: (line) => console.log(line),
        colour: process.stdout.hasColors?.() ?? false,
      });
      endWithAppError();
      const { startFunctionsHost } = await import('../functions-host/functions-host.ts');
      return startFunctionsHost({ appDirectory: app, port, clock, dataDirectory: data, auth, log });
    }),
});
