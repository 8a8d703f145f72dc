import type { CommandContext, Program } from '../command-line/program.ts';
import { processContext, runProgram } from '../command-line/run-program.ts';
import { bench } from './commands/bench.ts';
import { benchHost } from './commands/bench-host.ts';
import { conformanceAz } from './commands/conformance-az.ts';
import { crashTest } from './commands/crash-test.ts';
import { docs } from './commands/docs.ts';
import { faultMatrix } from './commands/fault-matrix.ts';
import { mutation } from './commands/mutation.ts';
import { races } from './commands/races.ts';
import { role } from './commands/role.ts';

const program: Program<CommandContext> = {
  call: 'npm run <command>',
  commands: [bench, benchHost, crashTest, faultMatrix, races, conformanceAz, mutation, role, docs],
  usageExitCode: 2,
};

/**
 * Carries out a measurement or a campaign.
 *
 * @param args - what follows `run.js`: a command's name and its flags.
 * @returns the exit code: 0, 1 when the command failed or a limit is broken, 2 when the command line is wrong.
 */
export const runCommand = (args: readonly string[], context = processContext): Promise<number> =>
  runProgram(program, args, context);
