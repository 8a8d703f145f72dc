import * as z from 'zod';
import { defineCommand } from '../../../command-line/command.ts';
import { CommandError } from '../../../command-line/command-errors.ts';
import { displayed } from '../../../command-line/displayed.ts';
import { switchFlag } from '../../../command-line/flags.ts';
import type { CommandContext } from '../../../command-line/program.ts';
import { INTERRUPTED } from '../../../command-line/stop-on-interrupt.ts';
import { buildApp } from '../../build/build-app.ts';
import { newCloudFlag, seedFlag, speedFlagOf } from '../../emulator-flags.ts';
import { projectRoot } from '../../project.ts';
import { Processes } from '../../world/processes.ts';
import { runDemo } from '../demo/run-demo.ts';
import { callbackKeys } from '../services/callback-keys.ts';
import { entraSettings } from '../services/entra-settings.ts';

/** Six to seven modelled minutes then take about ten seconds, of which the emulators' own time is a small part. */
const DEFAULT_SPEED = 40;

/** `npm run demo`. */
export const demo = defineCommand({
  name: 'demo',
  summary: "Deploys the tutorial's infrastructure to a simulated Azure, from one POST, and shows what happens.",
  flags: z.object({
    speed: speedFlagOf(DEFAULT_SPEED),
    seed: seedFlag
      .default(1)
      .meta({ argument: 'N', description: 'what the simulated durations are a function of (1)' }),
    cloud: newCloudFlag,
    json: switchFlag.meta({ description: 'print one JSON document on stdout, everything else on stderr' }),
  }),
  run: async ({ speed, seed, cloud, json }, { takeInterrupt }: CommandContext) => {
    const print = json ? console.error : console.log;
    const say = (line: string): void => print(displayed(line));
    await buildApp(projectRoot, say);
    const processes = new Processes({ speed });
    const following = new AbortController();
    const interrupt = takeInterrupt(() => processes.kill());
    try {
      say('Starting the Azure simulator and the local Functions host…');
      const azure = await processes.startAzure({ seed, cloud });
      const settings = { ...callbackKeys(processes.dataDirectory), ...entraSettings() };
      const hostUrl = await processes.startHost({ azure, settings });
      const { clock } = processes;
      say(`The modelled time runs ${speed} times as fast as the real one.\n`);
      const run = runDemo({ hostUrl, simulatorUrl: azure.url, clock, speed, json, say, signal: following.signal });
      run.catch(() => {});
      const ended = await Promise.race([run, interrupt.requested, processes.ended]);
      if (interrupt.signal.aborted || ended === undefined) {
        say('\nInterrupted; nothing of this demo is kept.');
        return INTERRUPTED;
      }
      if (typeof ended === 'number') return ended;
      throw new CommandError(`The ${ended.command} ended by itself. Its last lines:\n${ended.lastLines.join('\n')}`);
    } finally {
      following.abort();
      await processes.stop();
    }
  },
});
