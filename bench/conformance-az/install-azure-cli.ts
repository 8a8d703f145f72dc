import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CommandError } from '../../command-line/command-errors.ts';
import { withLockFile } from '../../local/build/lock-file.ts';
import { AZURE_CLI_VERSION, azureCliFolder } from './azure-cli-folder.ts';
import { runShown } from './run-shown.ts';

const run = promisify(execFile);

/** What the Azure CLI's package asks for (its metadata, Requires-Python). */
const NEEDED_MINOR = 10;

/** Whether there is a `python3` at all. */
export const hasPython = async (): Promise<boolean> => {
  try {
    await run('python3', ['--version']);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw new CommandError(`python3 --version failed: ${String(error)}`, { cause: error });
  }
};

/**
 * Makes the virtual environment with the Azure CLI, unless an earlier run did. It is made beside its place and moved there when it is whole, so that
 * an interrupted installation is never used; its programs are started through its `python`, which finds its folder by itself.
 *
 * @returns the environment's `python`.
 * @throws {@link CommandError} with what to do when Python is too old or the packages cannot be had.
 */
export const installAzureCli = async (say: (line: string) => void, signal: AbortSignal): Promise<string> => {
  const folder = azureCliFolder();
  const parent = dirname(folder);
  const python = join(folder, 'bin', 'python');
  if (existsSync(folder)) return python;
  mkdirSync(parent, { recursive: true });
  const onWait = (holder: number): void => say(`Waiting for process ${holder}, which installs the Azure CLI…`);
  return withLockFile(`${folder}.lock`, { onWait }, async () => {
    if (existsSync(folder)) return python;
    await assertPython();
    removeLeftovers(folder);
    say(`Installing azure-cli ${AZURE_CLI_VERSION} into ${folder}: once, one to three minutes, some 750 MB…`);
    const partial = mkdtempSync(`${folder}.partial-`);
    try {
      await makeEnvironment(partial, say, signal);
      renameSync(partial, folder);
    } finally {
      remove(partial);
    }
    return python;
  });
};

/** What interrupted installations left; while this process has the lock, nobody makes one. */
const removeLeftovers = (folder: string): void => {
  for (const name of readdirSync(dirname(folder)))
    if (name.startsWith(`${basename(folder)}.partial-`)) remove(join(dirname(folder), name));
};

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

const assertPython = async (): Promise<void> => {
  const { stdout } = await run('python3', ['-c', 'import sys; print(sys.version_info.major, sys.version_info.minor)']);
  const [major = 0, minor = 0] = stdout.trim().split(' ').map(Number);
  if (major > 3 || (major === 3 && minor >= NEEDED_MINOR)) return;
  throw new CommandError(
    `azure-cli ${AZURE_CLI_VERSION} needs Python 3.${NEEDED_MINOR} or newer, but python3 is ${major}.${minor}. Put a newer python3 first on the PATH.`,
  );
};

const makeEnvironment = async (folder: string, say: (line: string) => void, signal: AbortSignal): Promise<void> => {
  const venv = await runShown('python3', ['-m', 'venv', folder], { say, signal });
  if (venv.code !== 0) {
    const remedy = 'On Debian and Ubuntu the package python3-venv is missing.';
    throw new CommandError(`python3 -m venv failed. ${remedy}\n${venv.lastLines.join('\n')}`);
  }
  const pip = await runShown(
    join(folder, 'bin', 'python'),
    ['-m', 'pip', 'install', '--no-input', '--progress-bar', 'off', `azure-cli==${AZURE_CLI_VERSION}`],
    { say, signal },
  );
  if (pip.code !== 0) {
    const remedy =
      'Is there a way to the package index? pip takes its settings from the environment (PIP_INDEX_URL, HTTPS_PROXY, PIP_CERT).';
    throw new CommandError(
      `pip could not install azure-cli ${AZURE_CLI_VERSION}. ${remedy}\n${pip.lastLines.join('\n')}`,
    );
  }
};
