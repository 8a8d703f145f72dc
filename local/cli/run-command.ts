import type { Command } from '../../command-line/command.ts';
import { CommandError, UsageError } from '../../command-line/command-errors.ts';
import { parseFlags } from '../../command-line/parse-flags.ts';
import { commandUsage, overallUsage } from '../../command-line/usage.ts';
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

/**
 * Carries out a command line.
 *
 * @param args - what follows `run.js`: a command's name and its flags.
 * @returns the exit code: 0, 1 when the command failed, 2 when the command line is wrong.
 */
export const runCommand = async ([name, ...args]: readonly string[]): Promise<number> => {
  const overall = (): string =>
    overallUsage([
      start,
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
    ]);
  switch (name) {
    case 'start':
      return perform(start, args);
    case 'start:func':
      return perform(startFunc, args);
    case 'demo':
      return perform(demo, args);
    case 'host':
      return perform(host, args);
    case 'simulator':
      return perform(simulator, args);
    case 'token':
      return perform(token, args);
    case 'build':
      return perform(build, args);
    case 'package':
      return perform(packageApp, args);
    case 'bench':
      return perform(bench, args);
    case 'bench-host':
      return perform(benchHost, args);
    case 'crash-test':
      return perform(crashTest, args);
    case 'fault-matrix':
      return perform(faultMatrix, args);
    case 'check:infra':
      return perform(checkInfra, args);
    case 'conformance:az':
      return perform(conformanceAz, args);
    case 'docs':
      return perform(docs, args);
    case 'role':
      return perform(role, args);
    case '--help':
    case '-h':
      console.log(overall());
      return 0;
    default:
      console.error(`${name === undefined ? 'No command given.' : `Unknown command "${name}".`}\n\n${overall()}`);
      return 2;
  }
};

const perform = async <S extends Command['flags']>(command: Command<S>, args: readonly string[]): Promise<number> => {
  try {
    const parsed = parseFlags(command.flags, args);
    if (!parsed.help) return await command.run(parsed.flags);
    console.log(commandUsage(command));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${commandUsage(command)}`);
      return 2;
    }
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    return 1;
  }
};
