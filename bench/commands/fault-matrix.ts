import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { switchFlag } from '../../command-line/flags.ts';
import { buildApp } from '../../local/build/build-app.ts';
import { projectRoot } from '../../local/project.ts';
import { patternFlag } from '../pattern-flag.ts';

/** `npm run fault-matrix`. */
export const faultMatrix = defineCommand({
  name: 'fault-matrix',
  summary: 'Tries every request of a deployment with every fault and prints the table; fails when a promise is broken.',
  flags: z.object({
    only: patternFlag.optional().meta({ argument: 'REGEX', description: 'only the requests that match' }),
    fault: z.string().optional().meta({ argument: 'NAME', description: 'only this fault' }),
    list: switchFlag.meta({ description: 'shows the requests and the faults, and tries nothing' }),
  }),
  run: async ({ only, fault, list }) => {
    await buildApp(projectRoot, console.error);
    const { runFaultMatrix } = await import('../fault-matrix/run-fault-matrix.ts');
    return runFaultMatrix({ only, fault, list });
  },
});
