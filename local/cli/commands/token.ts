import * as z from 'zod';
import { defineCommand } from '../../../command-line/command.ts';
import { CommandError, UsageError } from '../../../command-line/command-errors.ts';
import { fetchJson } from '../../world/deployment-client.ts';

const DEFAULT_SIMULATOR = 'http://127.0.0.1:7072';

const tokenSchema = z.object({ access_token: z.string() });

/** `npm run token`. */
export const token = defineCommand({
  name: 'token',
  summary: 'Prints a token of the simulated Microsoft Entra, for an app that runs with AUTH_MODE=entra.',
  flags: z.object({
    roles: z
      .string()
      .default('Deployments.Deploy')
      .meta({ argument: 'ROLES', description: 'the app roles, separated by commas (Deployments.Deploy)' }),
    name: z.string().default('ada@example.com').meta({ argument: 'NAME', description: 'who calls (ada@example.com)' }),
    kind: z
      .enum(['user', 'application'], { error: 'must be user or application' })
      .default('user')
      .meta({ argument: 'user|application', description: 'what that is (user)' }),
    simulator: z
      .string()
      .optional()
      .meta({
        argument: 'URL',
        description: `the simulator (AZURE_SIMULATOR_URL, else ${DEFAULT_SIMULATOR})`,
      }),
  }),
  run: async ({ roles, name, kind, simulator = process.env.AZURE_SIMULATOR_URL || DEFAULT_SIMULATOR }) => {
    if (!URL.canParse(simulator)) throw new UsageError('--simulator must be an address such as http://127.0.0.1:7072.');
    const asked = {
      name,
      kind,
      roles: roles
        .split(',')
        .map((role) => role.trim())
        .filter(Boolean),
    };
    try {
      const { access_token } = await fetchJson(new URL('/_simulator/tokens', simulator).href, tokenSchema, {
        method: 'POST',
        body: JSON.stringify(asked),
      });
      console.log(access_token);
      return 0;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new CommandError(
        `No token from the simulator at ${simulator}: ${reason} npm start and npm run simulator print where theirs is.`,
        { cause },
      );
    }
  },
});
