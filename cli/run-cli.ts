import type * as z from 'zod';
import { UsageError } from '../command-line/command-errors.ts';
import { parseFlags } from '../command-line/parse-flags.ts';
import { type Interrupt, stopOnInterrupt } from '../command-line/stop-on-interrupt.ts';
import { suggest } from '../command-line/suggest.ts';
import { commandUsage, overallUsage } from '../command-line/usage.ts';
import { ApiClient } from './api-client.ts';
import { ApiError, UnreachableError } from './api-error.ts';
import { CliError } from './cli-error.ts';
import type { ClientCommand, FlagsSchema } from './client-command.ts';
import { cancel } from './commands/cancel.ts';
import { approve, reject } from './commands/decide.ts';
import { deleteDeployment } from './commands/delete.ts';
import { deploy } from './commands/deploy.ts';
import { kubeconfig } from './commands/kubeconfig.ts';
import { list } from './commands/list.ts';
import { outputs } from './commands/outputs.ts';
import { plan } from './commands/plan.ts';
import { status } from './commands/status.ts';
import { supportBundle } from './commands/support-bundle.ts';
import { openConnection } from './connection.ts';
import { EXIT } from './exit-codes.ts';
import { processTerminal, type Terminal } from './terminal.ts';

const SCRIPT = 'npm run cli --';

/** What surrounds a command line; this process's own by default. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly takeInterrupt: () => Interrupt;
  /** @see Context.pace */
  readonly pace: number;
}

const ownSurroundings: Surroundings = {
  terminal: processTerminal,
  environment: process.env,
  takeInterrupt: () => stopOnInterrupt(() => {}),
  pace: 1,
};

/**
 * Carries out `npm run cli -- <command> …`.
 *
 * @returns the exit code, see {@link EXIT}.
 */
export const runCli = async (
  [name, ...args]: readonly string[],
  surroundings: Surroundings = ownSurroundings,
): Promise<number> => {
  const { terminal } = surroundings;
  const overall = overallUsage(entries, `${SCRIPT} <command>`);
  if (name === '--help' || name === '-h') {
    terminal.out(overall);
    return EXIT.ok;
  }
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry) return entry.perform(args, surroundings);
  const names = entries.map((candidate) => candidate.name);
  terminal.err(name === undefined ? 'No command given.' : `Unknown command "${name}".${suggest(name, names)}`);
  terminal.err(`\n${overall}`);
  return EXIT.usage;
};

/** A command without the type of its flags. */
interface Entry {
  readonly name: string;
  readonly summary: string;
  perform(args: readonly string[], surroundings: Surroundings): Promise<number>;
}

const toEntry = <S extends FlagsSchema>(command: ClientCommand<S>): Entry => ({
  name: command.name,
  summary: command.summary,
  perform: (args, surroundings) => perform(command, args, surroundings),
});

const entries: readonly Entry[] = [
  toEntry(deploy),
  toEntry(plan),
  toEntry(status),
  toEntry(list),
  toEntry(outputs),
  toEntry(kubeconfig),
  toEntry(cancel),
  toEntry(deleteDeployment),
  toEntry(approve),
  toEntry(reject),
  toEntry(supportBundle),
];

const perform = async <S extends FlagsSchema>(
  command: ClientCommand<S>,
  args: readonly string[],
  { terminal, environment, takeInterrupt, pace }: Surroundings,
): Promise<number> => {
  const usage = (): string => commandUsage({ ...command, script: `${SCRIPT} ${command.name}` });
  try {
    const parsed = parseFlags(command.flags, args);
    if (parsed.help) {
      terminal.out(usage());
      return EXIT.ok;
    }
    const { flags } = parsed;
    const {
      url,
      'key-file': keyFile,
      'token-file': tokenFile,
    }: Pick<z.output<FlagsSchema>, 'url' | 'key-file' | 'token-file'> = flags;
    const api = new ApiClient(openConnection({ url, keyFile, tokenFile, environment }));
    const again = [
      ...(url === undefined ? [] : [` --url ${url}`]),
      ...(keyFile === undefined ? [] : [` --key-file ${keyFile}`]),
      ...(tokenFile === undefined ? [] : [` --token-file ${tokenFile}`]),
    ];
    const invocation = (words: string): string => `${SCRIPT} ${words}${again.join('')}`;
    return await command.run(flags, { api, terminal, takeInterrupt, invocation, pace });
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`${error.message}\n\n${usage()}`);
      return EXIT.usage;
    }
    if (!(error instanceof CliError)) throw error;
    terminal.err(args.includes('--json') ? errorDocument(error) : error.message);
    if (error instanceof UnreachableError && !args.includes('--json')) terminal.err(ADDRESS_HINT);
    return error.exitCode;
  }
};

const ADDRESS_HINT = 'Its address is named by --url or AIRFLOW_ON_AKS_URL; npm start runs it on this machine.';

/** An error as one line of JSON, for scripts that asked for JSON. */
const errorDocument = (error: CliError): string =>
  JSON.stringify({
    error: {
      message: error.message,
      exitCode: error.exitCode,
      ...(error instanceof ApiError && { status: error.status, problem: error.problem }),
    },
  });
