import * as z from 'zod';
import { switchFlag } from '../../command-line/flags.ts';
import { defineClientCommand } from '../client-command.ts';
import { connectionFlags, idArgument } from '../connection-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { continuedLines } from '../output/summary.ts';
import { deploymentPath } from '../service/api-client.ts';
import { acceptedSchema } from '../service/status-schema.ts';
import { watch } from '../watch.ts';

/** `cancel`. */
export const cancel = defineClientCommand({
  name: 'cancel',
  summary: 'Stops a running deployment at the next step boundary. What was created stays.',
  example: 'npm run cli -- cancel apache-airflow-rg --wait',
  flags: z.object({
    ...idArgument,
    wait: switchFlag.meta({ description: 'watch it to its end' }),
    ...connectionFlags,
  }),
  run: async ({ id, wait, json }, context) => {
    const { api, terminal, invocation } = context;
    const accepted = await api.read(acceptedSchema, { method: 'POST', path: `${deploymentPath(id)}/cancel` });
    if (wait) return watch(id, context, { json, goal: 'Cancelled' });
    if (json) {
      terminal.out(JSON.stringify(accepted, undefined, 2));
      return EXIT.ok;
    }
    terminal.out(`The deployment "${id}" is asked to stop. To watch it: ${invocation(`status ${id} --watch`)}`);
    for (const line of continuedLines(accepted.afterCancel, terminal.paint)) terminal.out(line);
    return EXIT.ok;
  },
});
