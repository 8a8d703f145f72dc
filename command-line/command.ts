import type * as z from 'zod';
import { parseFlags } from './parse-flags.ts';

/** What a command's author writes. The fields of the schema `flags` are its flags; see {@link flagMeta} for their descriptions. */
export interface CommandDefinition<S extends z.ZodObject, C> {
  readonly name: string;
  /** How a person calls it, where that is not the program's own way, e.g. `npm start`. */
  readonly script?: string;
  readonly summary: string;
  /** One line that works as it stands. */
  readonly example?: string;
  readonly flags: S;
  /**
   * @param context - what the program gives to all its commands.
   * @returns the process's exit code.
   */
  run(flags: z.output<S>, context: C): Promise<number>;
}

/** One of a program's commands. The types of its flags are its own affair, so that all kinds of commands fit into one list. */
export interface Command<C> extends Omit<CommandDefinition<z.ZodObject, C>, 'run'> {
  /**
   * Reads what stands after the command's name.
   *
   * @returns what is to be done then; undefined for the wish to read the usage.
   * @throws UsageError naming the flag and its rule.
   */
  parse(args: readonly string[]): ((context: C) => Promise<number>) | undefined;
}

/** Declares a command. */
export const defineCommand = <S extends z.ZodObject, C>(definition: CommandDefinition<S, C>): Command<C> => {
  const { run, ...described } = definition;
  return {
    ...described,
    parse: (args) => {
      const flags = parseFlags(definition.flags, args);
      return flags && ((context) => run(flags, context));
    },
  };
};
