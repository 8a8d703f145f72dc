import * as z from 'zod';
import { UsageError } from '../../command-line/command-errors.ts';
import { switchFlag } from '../../command-line/flags.ts';
import { type Context, defineClientCommand } from '../client-command.ts';
import { connectionFlags, idArgument } from '../connection-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { deploymentPath } from '../service/api-client.ts';
import { readStatus } from '../service/read-status.ts';
import { acceptedSchema, hasEnded } from '../service/status-schema.ts';
import { watch } from '../watch.ts';

/** `delete`. */
export const deleteDeployment = defineClientCommand({
  name: 'delete',
  summary: 'Undoes a deployment: deletes what it created and only that, the resource group too where it made that.',
  example: 'npm run cli -- delete apache-airflow-rg --wait',
  flags: z.object({
    ...idArgument,
    yes: switchFlag.meta({ description: "do not ask for the resource group's name" }),
    purge: switchFlag.meta({ description: 'delete the key vault for good, too: nothing brings its secrets back' }),
    wait: switchFlag.meta({ description: 'watch it to its end; Ctrl-C leaves it running' }),
    ...connectionFlags,
  }),
  run: async ({ id, yes, purge, wait, json }, context) => {
    const { api, terminal, invocation } = context;
    if (!yes && (!terminal.isInteractive || json)) {
      throw new UsageError('There is nobody to ask whether to delete. --yes deletes without asking.');
    }
    const { resourceGroupName } = (await readStatus(api, id)).status.names;
    if (!yes && !(await isConfirmed(id, resourceGroupName, purge, context))) {
      terminal.err('\nThat is not its name. Nothing was deleted.');
      return EXIT.failed;
    }
    const accepted = await api.read(acceptedSchema, {
      method: 'DELETE',
      path: deploymentPath(id),
      query: { confirm: resourceGroupName, purge: purge ? 'true' : undefined },
    });
    if (wait) {
      return watch(id, context, { json, goal: 'Deleted', isOver: (seen) => seen.undo !== undefined && hasEnded(seen) });
    }
    if (json) terminal.out(JSON.stringify(accepted, undefined, 2));
    else terminal.out(`The deployment "${id}" is being deleted. To watch it: ${invocation(`status ${id} --watch`)}`);
    return EXIT.ok;
  },
});

const isConfirmed = async (id: string, group: string, purge: boolean, { terminal }: Context): Promise<boolean> => {
  terminal.err(`All that the deployment "${id}" created in the resource group ${group} will be deleted.`);
  terminal.err(
    purge ? 'The key vault and its secrets are gone for good.' : 'The key vault can be recovered for 90 days.',
  );
  return (await terminal.ask("\nTo confirm, enter the resource group's name: "))?.trim() === group;
};
