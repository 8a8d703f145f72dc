import * as z from 'zod';
import { switchFlag } from '../../command-line/flags.ts';
import { defineClientCommand } from '../client-command.ts';
import { connectionFlags } from '../connection-flags.ts';
import { bodyFlags, readBody } from '../deployment-body.ts';
import { EXIT } from '../exit-codes.ts';
import { planLines } from '../output/plan-lines.ts';
import { hasChanges, isBlocked } from '../service/plan-schema.ts';
import { readPlan } from '../service/read-plan.ts';

/** `plan`. */
export const plan = defineClientCommand({
  name: 'plan',
  summary: 'Shows what a deploy would do and what would be in its way, without doing anything.',
  example: 'npm run cli -- plan --set cluster.nodeCount=5',
  flags: z.object({
    ...bodyFlags,
    'detailed-exitcode': switchFlag.meta({ description: 'end with 2 when there is something to change, else with 0' }),
    commands: switchFlag.meta({ description: 'show the az commands that do the same' }),
    ...connectionFlags,
  }),
  run: async ({ file, set, 'detailed-exitcode': detailed, commands, json }, { api, terminal }) => {
    const planned = await readPlan(api, readBody({ file, set }), commands);
    if (json) terminal.out(JSON.stringify(planned, undefined, 2));
    else for (const line of planLines(planned, terminal.paint)) terminal.out(line);
    if (isBlocked(planned)) return EXIT.failed;
    return detailed && hasChanges(planned) ? EXIT.changes : EXIT.ok;
  },
});
