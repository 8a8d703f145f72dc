import { spawn } from 'node:child_process';
import { CommandError } from '../../command-line/command-errors.ts';

/** The first whose Node.js worker takes Node 24 (azure-functions-core-tools `eng/build/Packages.props`: worker 3.11.0, azure-functions-host#11251). */
const OLDEST = [4, 4, 0] as const;
/** The first that listens on 127.0.0.1 alone (azure-functions-core-tools#5484). */
const LOOPBACK_ONLY = [4, 14, 0] as const;
const ANSWER_MS = 120_000;

/** What of the installed Core Tools matters here. */
export interface FuncVersion {
  /** As `func --version` prints it. */
  readonly version: string;
  /** Whether other machines can reach what it serves, unless a firewall stands before it. */
  readonly listensEverywhere: boolean;
}

/**
 * Asks the `func` on the PATH which version it is.
 *
 * @throws {@link CommandError} that says what to install when there is none, or too old a one.
 */
export const funcVersion = async (environment: NodeJS.ProcessEnv): Promise<FuncVersion> => {
  const output = await versionOutput(environment);
  // The npm package's launcher may first say that it fetches the program.
  const [version, ...parts] = output.match(/^(\d+)\.(\d+)\.(\d+)/m) ?? [];
  if (version === undefined) {
    throw new CommandError(`func --version printed no version, but:\n${output.trim() || '(nothing)'}\n${INSTALL}`);
  }
  const numbers = parts.map(Number);
  if (isBefore(numbers, OLDEST)) {
    throw new CommandError(`func is ${version}; Node 24 needs Core Tools ${OLDEST.join('.')} or newer. ${INSTALL}`);
  }
  return { version, listensEverywhere: isBefore(numbers, LOOPBACK_ONLY) };
};

const INSTALL = [
  'Install Azure Functions Core Tools: npm install -g azure-functions-core-tools@4',
  '(other ways: https://learn.microsoft.com/azure/azure-functions/functions-run-local).',
  'Without it, npm start runs the app on the local Functions host.',
].join('\n');

const versionOutput = (env: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('func', ['--version'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      // Not `timeout`, whose timer stays behind when there is no such program.
      signal: AbortSignal.timeout(ANSWER_MS),
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    child.on('error', (error) => {
      reject(new CommandError(`func is not on the PATH, or cannot be started. ${INSTALL}`, { cause: error }));
    });
    child.on('close', () => resolve(output));
  });

const isBefore = (version: readonly number[], other: readonly number[]): boolean => {
  const index = other.findIndex((part, at) => part !== version[at]);
  return index >= 0 && (version[index] ?? 0) < (other[index] ?? 0);
};
