import { execFile } from 'node:child_process';
import { CommandError } from '../../command-line/command-errors.ts';

const ARGUMENTS = ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];

/**
 * Installs what the lock file of a folder says, without development dependencies. No script of a package runs: none of them needs one.
 *
 * @throws {@link CommandError} with npm's own words.
 */
export const installDependencies = (folder: string): Promise<void> => {
  // Within `npm run` the same npm, on the same Node.
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined;
  const [program, args] = npm === undefined ? ['npm', ARGUMENTS] : [process.execPath, [npm, ...ARGUMENTS]];
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: folder, shell: process.platform === 'win32' }, (error, stdout, stderr) => {
      if (!error) return resolve();
      const words = `${stdout}${stderr}`.trim() || error.message;
      reject(
        new CommandError(`The dependencies could not be installed (npm ci --omit=dev):\n${words}`, { cause: error }),
      );
    });
  });
};
