import { CommandError, UsageError } from './command-errors.ts';
import type { CommandContext, Program } from './program.ts';
import { type Interrupt, stopOnInterrupt } from './stop-on-interrupt.ts';
import { suggest } from './suggest.ts';
import { commandUsage, overallUsage } from './usage.ts';

/** This process's own. */
export const processContext: CommandContext = {
  terminal: { out: (line) => console.log(line), err: (line) => console.error(line) },
  takeInterrupt: stopOnInterrupt,
};

/**
 * Carries out a command line.
 *
 * @param args - a command's name and its flags.
 * @returns the exit code: the command's, that of its {@link CommandError}, or the program's own for a wrong command line.
 */
export const runProgram = async <C extends CommandContext>(
  program: Program<C>,
  [name, ...args]: readonly string[],
  context: C,
): Promise<number> => {
  const { commands, usageExitCode, describeError = ({ message }) => message } = program;
  const { out, err } = context.terminal;
  if (name === '--help' || name === '-h') {
    out(overallUsage(program));
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const names = commands.map((candidate) => candidate.name);
    const wrong = name === undefined ? 'No command given.' : `Unknown command "${name}".${suggest(name, names)}`;
    err(`${wrong}\n\n${overallUsage(program)}`);
    return usageExitCode;
  }
  const interrupts: Interrupt[] = [];
  const takeInterrupt = (kill?: () => void): Interrupt => {
    const interrupt = context.takeInterrupt(kill);
    interrupts.push(interrupt);
    return interrupt;
  };
  try {
    const act = command.parse(args);
    if (act) return await act({ ...context, takeInterrupt });
    out(commandUsage(program, command));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      err(`${error.message}\n\n${commandUsage(program, command)}`);
      return usageExitCode;
    }
    if (!(error instanceof CommandError)) throw error;
    err(describeError(error, args));
    return error.exitCode;
  } finally {
    for (const interrupt of interrupts) interrupt.release();
  }
};
