import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { countFlag } from '../../command-line/flags.ts';
import { buildApp } from '../../local/build/build-app.ts';
import { throttlingFlag } from '../../local/emulator-flags.ts';
import { projectRoot } from '../../local/project.ts';

/** `npm run bench`. */
export const bench = defineCommand({
  name: 'bench',
  summary: 'Measures the app on the emulators and prints tables; fails when a limit is broken.',
  flags: z.object({
    seeds: countFlag
      .default(100)
      .meta({ argument: 'N', description: 'how many seeds the makespan is measured with (100)' }),
    deployments: countFlag
      .default(200)
      .meta({ argument: 'N', description: 'how many deployments the host is given at once (200)' }),
    throttling: throttlingFlag,
  }),
  run: async ({ seeds, deployments, throttling }) => {
    await buildApp(projectRoot, console.error);
    const { runBench } = await import('../run-bench.ts');
    return runBench({ seeds, deployments, throttling: throttling === 'on' });
  },
});
