import { writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { inProject } from '../../local/project.ts';

/** The half of `npm run docs` that reads the app. */
export const docs = defineCommand({
  name: 'docs',
  summary: 'Writes docs/steps.md from the list of steps.',
  flags: z.object({}),
  run: async () => {
    const { stepsPage } = await import('../docs/steps-page.ts');
    await writeFile(inProject('docs', 'steps.md'), stepsPage());
    console.error('Wrote docs/steps.md.');
    return 0;
  },
});
