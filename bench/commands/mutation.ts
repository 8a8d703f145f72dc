import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { switchFlag } from '../../command-line/flags.ts';
import { projectRoot } from '../../local/project.ts';

/** `npm run test:mutation`. */
export const mutation = defineCommand({
  name: 'test:mutation',
  summary:
    'Changes the code of steps, activities, deployment and azure in thousands of small ways; counts what unit tests notice.',
  example: 'npm run test:mutation -- --room deployment/names',
  flags: z.object({
    room: z.array(z.string()).default([]).meta({
      argument: 'ROOM',
      many: true,
      description: 'a folder of src, e.g. azure (all, which writes docs/mutation.md)',
    }),
    file: z
      .array(z.string())
      .default([])
      .meta({ argument: 'FILE', many: true, description: 'only this file, e.g. src/azure/settings/cloud.ts' }),
    tests: z.array(z.string()).default([]).meta({
      argument: 'PATH',
      many: true,
      description: 'only tests of this folder or file: quicker while you write them',
    }),
    fresh: switchFlag.meta({ description: 'forget the results of earlier runs' }),
    all: switchFlag.meta({ description: 'print survivors that have a reason, too' }),
  }),
  run: async ({ room, file, tests, fresh, all }) => {
    const { runMutation } = await import('../mutation/run-mutation.ts');
    return runMutation({ root: projectRoot, rooms: room, files: file, tests, fresh, all, say: console.log });
  },
});
