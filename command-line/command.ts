import type * as z from 'zod';

/** One of the words that may follow `run.js`. The schema's fields are its flags; see {@link flagMeta} for their descriptions. */
export interface Command<S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  /** How a person calls it, e.g. `npm run host`. */
  readonly script: string;
  readonly summary: string;
  readonly flags: S;
  /** @returns the process's exit code. */
  run(flags: z.output<S>): Promise<number>;
}

/** Lets TypeScript infer the flags' types of a command. */
export const defineCommand = <S extends z.ZodObject>(command: Command<S>): Command<S> => command;
