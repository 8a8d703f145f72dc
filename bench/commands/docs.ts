import { writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { inProject } from '../../local/project.ts';

/** The half of `npm run docs` that reads the app. */
export const docs = defineCommand({
  name: 'docs',
  summary: 'Writes docs/steps.md and docs/errors/connection-errors.md from the list of steps and the table of errors.',
  flags: z.object({}),
  run: async () => {
    const { stepsPage } = await import('../docs/steps-page.ts');
    await writeFile(inProject('docs', 'steps.md'), stepsPage());
    const { connectionErrorsPage } = await import('../docs/connection-errors-page.ts');
    await writeFile(inProject('docs', 'errors', 'connection-errors.md'), connectionErrorsPage());
    console.error('Wrote docs/steps.md and docs/errors/connection-errors.md.');
    return 0;
  },
});
