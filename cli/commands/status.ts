import * as z from 'zod';
import { switchFlag } from '../../command-line/flags.ts';
import { defineClientCommand } from '../client-command.ts';
import { connectionFlags, idArgument } from '../connection-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { statusLines } from '../output/status-lines.ts';
import { readStatus } from '../service/read-status.ts';
import { watch } from '../watch.ts';

/** `status`. */
export const status = defineClientCommand({
  name: 'status',
  summary: 'Shows how a deployment stands, step by step, or how it goes on until it ends.',
  example: 'npm run cli -- status apache-airflow-rg --watch',
  flags: z.object({
    ...idArgument,
    watch: switchFlag.meta({ description: 'watch it to its end; Ctrl-C leaves it running' }),
    ...connectionFlags,
  }),
  run: async ({ id, watch: isWatched, json }, context) => {
    const { api, terminal } = context;
    const { status: seen, now } = await readStatus(api, id);
    if (isWatched) {
      const isUndone = seen.status === 'Deleting' || seen.status === 'Deleted';
      return watch(id, context, { json, goal: isUndone ? 'Deleted' : 'Succeeded' });
    }
    if (json) terminal.out(JSON.stringify(seen, undefined, 2));
    else for (const line of statusLines(seen, now, terminal.paint)) terminal.out(line);
    return EXIT.ok;
  },
});
