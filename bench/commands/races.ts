import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { countFlag } from '../../command-line/flags.ts';
import { buildApp } from '../../local/build/build-app.ts';
import { projectRoot } from '../../local/project.ts';
import { patternFlag } from '../pattern-flag.ts';

/** `npm run races`. */
export const races = defineCommand({
  name: 'races',
  summary:
    'Sends pairs of conflicting requests at the same moment; fails when an answer is not documented or the callers and the status disagree.',
  flags: z.object({
    times: countFlag.default(200).meta({ argument: 'N', description: 'how often each pair is sent (200)' }),
    only: patternFlag.optional().meta({ argument: 'REGEX', description: 'only the pairs that match' }),
  }),
  run: async ({ times, only }) => {
    await buildApp(projectRoot, console.error);
    const { runRaces } = await import('../races/run-races.ts');
    return runRaces({ times, only });
  },
});
