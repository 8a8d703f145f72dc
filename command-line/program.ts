import type { Command } from './command.ts';
import type { CommandError } from './command-errors.ts';
import type { Interrupt } from './stop-on-interrupt.ts';

/** What a command may use of the process that it runs in. */
export interface CommandContext {
  readonly terminal: {
    /** Writes a line of the answer. */
    out(line: string): void;
    /** Writes a line about the answer. */
    err(line: string): void;
  };
  /**
   * Takes Ctrl-C until the command has ended.
   *
   * @param kill - what a second Ctrl-C does before it ends the process.
   */
  takeInterrupt(kill?: () => void): Interrupt;
}

/** A list of commands that are called in one way. */
export interface Program<C extends CommandContext> {
  /** How a command is called, `<command>` standing for its name. */
  readonly call: string;
  readonly commands: readonly Command<C>[];
  /** What the process ends with when the command line is wrong. */
  readonly usageExitCode: number;
  /** How an error is shown, where its message is not enough. */
  describeError?(error: CommandError, args: readonly string[]): string;
}
