import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { countFlag, switchFlag } from '../../command-line/flags.ts';
import { buildApp } from '../../local/build/build-app.ts';
import { seedFlag } from '../../local/emulator-flags.ts';
import { projectRoot } from '../../local/project.ts';

/** `npm run crash-test`. */
export const crashTest = defineCommand({
  name: 'crash-test',
  summary:
    'Drops the host at every commit of a deployment and starts it again; fails when anything is lost or done twice.',
  flags: z.object({
    from: countFlag.default(1).meta({ argument: 'K', description: 'the first commit to drop at (1)' }),
    to: countFlag.optional().meta({ argument: 'K', description: 'the last one (the end of the deployment)' }),
    every: countFlag.default(1).meta({ argument: 'N', description: 'only every so many commits (1)' }),
    processes: switchFlag.meta({ description: 'real processes instead, killed with kill -9 at random moments' }),
    kills: countFlag.default(50).meta({ argument: 'N', description: 'how often, with --processes (50)' }),
    seed: seedFlag
      .default(1)
      .meta({ argument: 'N', description: 'what the moments are a function of, with --processes (1)' }),
  }),
  run: async ({ from, to, every, processes, kills, seed }) => {
    await buildApp(projectRoot, console.error);
    if (processes) {
      const { runKills } = await import('../crash-test/run-kills.ts');
      return runKills({ kills, seed });
    }
    const { runCrashTest } = await import('../crash-test/run-crash-test.ts');
    return runCrashTest({ from, to, every });
  },
});
