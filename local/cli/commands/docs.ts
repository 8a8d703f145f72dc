import { writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { defineCommand } from '../../../command-line/command.ts';
import { coveragePage } from '../../azure-simulator/coverage/coverage-page.ts';
import { inProject } from '../../project.ts';

/** `npm run docs`. */
export const docs = defineCommand({
  name: 'docs',
  summary: 'Writes docs/simulator-coverage.md from what the simulator declares.',
  flags: z.object({}),
  run: async () => {
    await writeFile(inProject('docs', 'simulator-coverage.md'), coveragePage());
    console.error('Wrote docs/simulator-coverage.md.');
    return 0;
  },
});
