import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { switchFlag } from '../../command-line/flags.ts';
import type { CommandContext } from '../../command-line/program.ts';
import { INTERRUPTED } from '../../command-line/stop-on-interrupt.ts';
import { buildApp } from '../../local/build/build-app.ts';
import { speedFlagOf } from '../../local/emulator-flags.ts';
import { projectRoot } from '../../local/project.ts';

/** High enough for a run of less than four minutes, most of which `az` sleeps: that is in real seconds and not counted. */
const DEFAULT_SPEED = 20;

/** `npm run conformance:az`. */
export const conformanceAz = defineCommand({
  name: 'conformance:az',
  summary:
    "Runs the tutorial's commands through the real Azure CLI against the simulator and compares the end with one POST's.",
  flags: z.object({
    speed: speedFlagOf(DEFAULT_SPEED),
    json: switchFlag.meta({ description: 'print one JSON document on stdout, everything else on stderr' }),
  }),
  run: async ({ speed, json }, { takeInterrupt }: CommandContext) => {
    const say = json ? console.error : console.log;
    const { hasPython, installAzureCli } = await import('../conformance-az/install-azure-cli.ts');
    if (!(await hasPython())) {
      say('skipped: the Azure CLI is a Python program, and there is no python3 on this machine.');
      return 0;
    }
    const { signal } = takeInterrupt();
    try {
      const python = await installAzureCli(say, signal);
      await buildApp(projectRoot, say);
      const { runConformance } = await import('../conformance-az/run-conformance.ts');
      return await runConformance({ python, speed, json, say, signal });
    } catch (error) {
      if (!signal.aborted) throw error;
      say('\nInterrupted; nothing of this run is kept.');
      return INTERRUPTED;
    }
  },
});
