import type * as z from 'zod';
import type { Interrupt } from '../command-line/stop-on-interrupt.ts';
import type { ApiClient } from './api-client.ts';
import type { connectionFlags } from './connection-flags.ts';
import type { Terminal } from './terminal.ts';

/** What a command works with. */
export interface Context {
  readonly api: ApiClient;
  readonly terminal: Terminal;
  /** Takes Ctrl-C until it is released. */
  readonly takeInterrupt: () => Interrupt;
  /** How a person types another command for the same service: `npm run cli -- status x --url …`. */
  readonly invocation: (args: string) => string;
  /** How long its pauses are, as a share of those in reality: less than 1 in tests. */
  readonly pace: number;
}

/** The flags that every command takes, beside its own. */
export type FlagsSchema = z.ZodObject<typeof connectionFlags>;

/** One of the words that may follow `npm run cli --`. */
export interface ClientCommand<S extends FlagsSchema = FlagsSchema> {
  readonly name: string;
  readonly summary: string;
  readonly example: string;
  readonly flags: S;
  /** @returns the process's exit code. */
  run(flags: z.output<S>, context: Context): Promise<number>;
}

/** Lets TypeScript infer the flags' types of a command. */
export const defineClientCommand = <S extends FlagsSchema>(command: ClientCommand<S>): ClientCommand<S> => command;
