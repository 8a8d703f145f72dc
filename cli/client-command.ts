import type * as z from 'zod';
import { type Command, type CommandDefinition, defineCommand } from '../command-line/command.ts';
import type { CommandContext } from '../command-line/program.ts';
import type { connectionFlags } from './connection-flags.ts';
import type { Terminal } from './output/terminal.ts';
import { ApiClient } from './service/api-client.ts';
import { openConnection } from './service/connection.ts';

/** How every command is called. */
export const CALL = 'npm run cli -- <command>';

/** What surrounds a command line. */
export interface Surroundings extends CommandContext {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long pauses are, as a share of those in reality: less than 1 in tests. */
  readonly pace: number;
}

/** What a command works with. */
export interface Context extends Surroundings {
  readonly api: ApiClient;
  /** How a person types another command for the same service: `npm run cli -- status x --url …`. */
  readonly invocation: (words: string) => string;
}

/** The flags that every command takes, beside its own. */
type FlagsSchema = z.ZodObject<typeof connectionFlags>;

/** Declares one of the words that may follow `npm run cli --`. */
export const defineClientCommand = <S extends FlagsSchema>({
  run,
  ...described
}: CommandDefinition<S, Context>): Command<Surroundings> =>
  defineCommand<S, Surroundings>({
    ...described,
    run: async (flags, surroundings) => run(flags, openContext(flags, surroundings)),
  });

const openContext = (
  { url, 'key-file': keyFile, 'token-file': tokenFile }: Omit<z.output<FlagsSchema>, 'json'>,
  surroundings: Surroundings,
): Context => {
  const again = [
    ...(url === undefined ? [] : [` --url ${url}`]),
    ...(keyFile === undefined ? [] : [` --key-file ${keyFile}`]),
    ...(tokenFile === undefined ? [] : [` --token-file ${tokenFile}`]),
  ];
  return {
    ...surroundings,
    api: new ApiClient(openConnection({ url, keyFile, tokenFile, environment: surroundings.environment })),
    invocation: (words) => `${CALL.replace('<command>', words)}${again.join('')}`,
  };
};
