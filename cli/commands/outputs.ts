import * as z from 'zod';
import { defineClientCommand } from '../client-command.ts';
import { connectionFlags, idArgument } from '../connection-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { deploymentPath } from '../service/api-client.ts';

/** `outputs`. */
export const outputs = defineClientCommand({
  name: 'outputs',
  summary: 'Prints the variables that the tutorial exports, of the last run that succeeded.',
  example: 'eval "$(npm run -s cli -- outputs apache-airflow-rg)"',
  flags: z.object({
    ...idArgument,
    format: z
      .enum(['env', 'json'], { error: 'must be env or json' })
      .default('env')
      .meta({ argument: 'env|json', description: 'lines for a shell, or one document (env)' }),
    ...connectionFlags,
  }),
  run: async ({ id, format, json }, { api, terminal }) => {
    const path = `${deploymentPath(id)}/outputs`;
    if (json || format === 'json') {
      const variables = await api.read(z.record(z.string(), z.string()), { path, query: { format: 'json' } });
      terminal.out(JSON.stringify(variables, undefined, 2));
    } else {
      terminal.out((await api.send({ path, query: { format: 'env' } })).text.trimEnd());
    }
    return EXIT.ok;
  },
});
