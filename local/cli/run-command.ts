import type { CommandContext, Program } from '../../command-line/program.ts';
import { processContext, runProgram } from '../../command-line/run-program.ts';
import { build } from './commands/build.ts';
import { checkInfra } from './commands/check-infra.ts';
import { demo } from './commands/demo.ts';
import { docs } from './commands/docs.ts';
import { host } from './commands/host.ts';
import { packageApp } from './commands/package.ts';
import { simulator } from './commands/simulator.ts';
import { start } from './commands/start.ts';
import { startFunc } from './commands/start-func.ts';
import { token } from './commands/token.ts';

const program: Program<CommandContext> = {
  call: 'npm run <command>',
  commands: [start, startFunc, demo, host, simulator, token, build, packageApp, checkInfra, docs],
  usageExitCode: 2,
};

/**
 * Carries out a command line.
 *
 * @param args - what follows `run.js`: a command's name and its flags.
 * @returns the exit code: 0, 1 when the command failed, 2 when the command line is wrong.
 */
export const runCommand = (args: readonly string[], context = processContext): Promise<number> =>
  runProgram(program, args, context);
