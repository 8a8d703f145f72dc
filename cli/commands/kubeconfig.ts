import { existsSync } from 'node:fs';
import * as z from 'zod';
import { CommandError } from '../../command-line/command-errors.ts';
import { pathFlag, switchFlag } from '../../command-line/flags.ts';
import { defineClientCommand } from '../client-command.ts';
import { connectionFlags, idArgument } from '../connection-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { deploymentPath } from '../service/api-client.ts';
import { writePrivately } from '../write-privately.ts';

/** `kubeconfig`. */
export const kubeconfig = defineClientCommand({
  name: 'kubeconfig',
  summary: "Writes the cluster's user kubeconfig to a file that only you can read.",
  example: 'npm run cli -- kubeconfig apache-airflow-rg --out airflow.kubeconfig',
  flags: z.object({
    ...idArgument,
    out: pathFlag('file').meta({ argument: 'FILE', description: 'where to write it' }),
    force: switchFlag.meta({ description: 'replace the file when there is one' }),
    ...connectionFlags,
  }),
  run: async ({ id, out, force, json }, { api, terminal }) => {
    if (!force && existsSync(out)) throw new CommandError(`${out} exists. --force replaces it.`);
    const { text } = await api.send({ method: 'POST', path: `${deploymentPath(id)}/kubeconfig` });
    writePrivately(out, text);
    if (json) terminal.out(JSON.stringify({ file: out }));
    else terminal.out(`Wrote ${out}. To use it: kubectl --kubeconfig ${out} get nodes`);
    return EXIT.ok;
  },
});
