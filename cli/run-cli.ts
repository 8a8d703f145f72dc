import type { CommandError } from '../command-line/command-errors.ts';
import type { Program } from '../command-line/program.ts';
import { processContext, runProgram } from '../command-line/run-program.ts';
import { CALL, type Surroundings } from './client-command.ts';
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
import { EXIT } from './exit-codes.ts';
import { processTerminal } from './output/terminal.ts';
import { ApiError, UnreachableError } from './service/api-error.ts';

const ADDRESS_HINT = 'Its address is named by --url or AIRFLOW_ON_AKS_URL; npm start runs it on this machine.';

const program: Program<Surroundings> = {
  call: CALL,
  commands: [deploy, plan, status, list, outputs, kubeconfig, cancel, deleteDeployment, approve, reject, supportBundle],
  usageExitCode: EXIT.usage,
  describeError: (error, args) => {
    if (args.includes('--json')) return errorDocument(error);
    return error instanceof UnreachableError ? `${error.message}\n${ADDRESS_HINT}` : error.message;
  },
};

/** An error as one line of JSON, for scripts that asked for JSON. */
const errorDocument = (error: CommandError): string =>
  JSON.stringify({
    error: {
      message: error.message,
      exitCode: error.exitCode,
      ...(error instanceof ApiError && { status: error.status, problem: error.problem }),
    },
  });

const ownSurroundings: Surroundings = {
  ...processContext,
  terminal: processTerminal,
  environment: process.env,
  pace: 1,
};

/**
 * Carries out `npm run cli -- <command> …`.
 *
 * @returns the exit code, see {@link EXIT}.
 */
export const runCli = (args: readonly string[], surroundings = ownSurroundings): Promise<number> =>
  runProgram(program, args, surroundings);
