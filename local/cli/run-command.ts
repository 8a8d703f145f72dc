import type { CommandContext, Program } from '../../command-line/program.ts';
import { processContext, runProgram } from '../../command-line/run-program.ts';
import { bench } from './bench.ts';
import { benchHost } from './bench-host.ts';
import { build } from './build.ts';
import { checkInfra } from './check-infra.ts';
import { conformanceAz } from './conformance-az.ts';
import { crashTest } from './crash-test.ts';
import { demo } from './demo.ts';
import { docs } from './docs.ts';
import { faultMatrix } from './fault-matrix.ts';
import { host } from './host.ts';
import { packageApp } from './package.ts';
import { role } from './role.ts';
import { simulator } from './simulator.ts';
import { start } from './start.ts';
import { startFunc } from './start-func.ts';
import { token } from './token.ts';

const program: Program<CommandContext> = {
  call: 'npm run <command>',
  commands: [
    start,
    startFunc,
    demo,
    host,
    simulator,
    token,
    build,
    packageApp,
    bench,
    benchHost,
    crashTest,
    faultMatrix,
    conformanceAz,
    checkInfra,
    docs,
    role,
  ],
  usageExitCode: 2,
};

/**
 * Carries out a command line.
 *
 * @param args - what follows `run.js`: a command's name and its flags.
 * @returns the exit code: 0, 1 when the command failed, 2 when the command line is wrong.
 */
export const runCommand = (args: readonly string[]): Promise<number> => runProgram(program, args, processContext);
