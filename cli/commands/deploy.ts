import * as z from 'zod';
import { UsageError } from '../../command-line/command-errors.ts';
import { switchFlag } from '../../command-line/flags.ts';
import { type Context, defineClientCommand } from '../client-command.ts';
import { connectionFlags } from '../connection-flags.ts';
import { bodyFlags, readBody } from '../deployment-body.ts';
import { EXIT } from '../exit-codes.ts';
import { planLines } from '../output/plan-lines.ts';
import { hasChanges, isBlocked } from '../service/plan-schema.ts';
import { readPlan } from '../service/read-plan.ts';
import { acceptedSchema } from '../service/status-schema.ts';
import { watch } from '../watch.ts';

/** `deploy`. */
export const deploy = defineClientCommand({
  name: 'deploy',
  summary: 'Shows what would be done, asks, and deploys. The same deploy again changes only what differs.',
  example: 'npm run cli -- deploy --set cluster.nodeCount=5 --wait',
  flags: z.object({
    ...bodyFlags,
    'auto-approve': switchFlag.meta({ description: 'deploy without showing the plan and asking' }),
    wait: switchFlag.meta({ description: 'watch it to its end; Ctrl-C leaves it running' }),
    ...connectionFlags,
  }),
  run: async ({ file, set, 'auto-approve': autoApprove, wait, json }, context) => {
    const { api, terminal, invocation } = context;
    const body = readBody({ file, set });
    const decision = autoApprove ? { planHash: undefined } : await askFor(body, context, json || file === '-');
    if ('exitCode' in decision) return decision.exitCode;
    const { planHash } = decision;
    const accepted = await api.read(acceptedSchema, {
      method: 'POST',
      path: '/deployments',
      body: { ...body, ...(planHash !== undefined && { planHash }) },
    });
    const { id } = accepted;
    if (wait) return watch(id, context, { json, goal: 'Succeeded' });
    if (json) terminal.out(JSON.stringify(accepted, undefined, 2));
    else
      terminal.out(`The deployment "${id}" is ${accepted.status}. To watch it: ${invocation(`status ${id} --watch`)}`);
    return EXIT.ok;
  },
});

type Decision = { readonly planHash: string } | { readonly exitCode: number };

/** Shows the plan and asks; what is approved is that plan and no other. */
const askFor = async (body: object, { api, terminal }: Context, cannotAsk: boolean): Promise<Decision> => {
  if (!terminal.isInteractive || cannotAsk) {
    throw new UsageError('There is nobody to ask whether to deploy. --auto-approve deploys without asking.');
  }
  const plan = await readPlan(api, body);
  for (const line of planLines(plan, terminal.paint)) terminal.out(line);
  if (isBlocked(plan)) return { exitCode: EXIT.failed };
  if (!hasChanges(plan)) return { exitCode: EXIT.ok };
  const answer = await terminal.ask("\nDo you want to do this? Only 'yes' will be accepted.\n\n  Enter a value: ");
  if (answer?.trim() === 'yes') return { planHash: plan.hash };
  terminal.err('\nNothing was deployed.');
  return { exitCode: EXIT.failed };
};
