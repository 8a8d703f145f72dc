import { userInfo } from 'node:os';
import * as z from 'zod';
import { defineClientCommand } from '../client-command.ts';
import { connectionFlags, idArgument } from '../connection-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { deploymentPath } from '../service/api-client.ts';

const why = z.string().meta({ argument: 'TEXT', description: 'why; shown in the status' });

const decision = (
  name: 'approve' | 'reject',
  done: string,
  summary: string,
  reasonFlag: z.ZodType<string | undefined>,
) =>
  defineClientCommand({
    name,
    summary,
    example: `npm run cli -- ${name} apache-airflow-rg --reason "As agreed in CHG0031"`,
    flags: z.object({
      ...idArgument,
      reason: reasonFlag,
      by: z
        .string()
        .optional()
        .meta({ argument: 'NAME', description: "who decides; shown in the status (this system's user)" }),
      ...connectionFlags,
    }),
    run: async ({ id, reason, by, json }, { api, terminal, invocation }) => {
      const answer = await api.read(z.looseObject({}), {
        method: 'POST',
        path: `${deploymentPath(id)}/${name}`,
        body: { by: by ?? userInfo().username, ...(reason !== undefined && { reason }) },
      });
      if (json) terminal.out(JSON.stringify(answer, undefined, 2));
      else terminal.out(`The deployment "${id}" is ${done}. To watch it: ${invocation(`status ${id} --watch`)}`);
      return EXIT.ok;
    },
  });

/** `approve`. */
export const approve = decision(
  'approve',
  'approved',
  'Lets a deployment go on that waits for approval.',
  why.optional().meta(why.meta() ?? {}),
);

/** `reject`. */
export const reject = decision(
  'reject',
  'rejected',
  'Ends a deployment that waits for approval, before it changed anything.',
  why,
);
