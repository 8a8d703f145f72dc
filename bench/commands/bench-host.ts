import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { switchFlag } from '../../command-line/flags.ts';

/** `npm run bench:host`. */
export const benchHost = defineCommand({
  name: 'bench:host',
  summary: 'Measures the local Functions host on tiny functions and prints tables; fails when a limit is broken.',
  flags: z.object({
    json: switchFlag.meta({ description: 'print one JSON document' }),
  }),
  run: async ({ json }) => {
    const { runHostBench } = await import('../host/run-host-bench.ts');
    return runHostBench({ json });
  },
});
