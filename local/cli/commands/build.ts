import * as z from 'zod';
import { defineCommand } from '../../../command-line/command.ts';
import { buildApp } from '../../build/build-app.ts';
import { projectRoot } from '../../project.ts';

/** `npm run build`. */
export const build = defineCommand({
  name: 'build',
  summary: 'Compiles the app (src/) to dist/, unless nothing changed since the last time.',
  flags: z.object({}),
  run: async () => {
    const result = await buildApp(projectRoot, console.error);
    console.error(result === 'built' ? 'Built dist/.' : 'dist/ is up to date.');
    return 0;
  },
});
