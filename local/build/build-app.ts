import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../../command-line/command-errors.ts';
import { buildStamp } from './build-stamp.ts';
import { withLockFile } from './lock-file.ts';

const STAMP = '.build-stamp';

/**
 * Compiles src/ to dist/ unless dist/ is what the sources give. Safe to call from several processes at once: one builds, the others wait for
 * it. dist/ is replaced as a whole, so nobody loads half of it.
 *
 * @param root - the project's root folder.
 * @param say - gets what happens, a line at a time.
 * @throws {@link CommandError} with the compiler's messages.
 */
export const buildApp = async (root: string, say: (line: string) => void): Promise<'built' | 'up to date'> => {
  if (isUpToDate(root)) return 'up to date';
  const lock = join(root, '.data', 'build.lock');
  mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
  const onWait = (pid: number): void => say(`Waiting for process ${pid}, which is building the app…`);
  return withLockFile(lock, { onWait }, async () => {
    if (isUpToDate(root)) return 'up to date';
    say('Building the app: src/ → dist/…');
    const stamp = buildStamp(root);
    const fresh = join(root, 'dist.new');
    const old = join(root, 'dist.old');
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(fresh);
    // Keeps the folder out of git and the linter for as long as it exists.
    writeFileSync(join(fresh, '.gitignore'), '*\n');
    try {
      await compile(root, 'tsconfig.build.json', fresh);
      await buildPages(root, fresh);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      throw error;
    }
    writeFileSync(join(fresh, STAMP), stamp);
    if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
    renameSync(fresh, join(root, 'dist'));
    rmSync(old, { recursive: true, force: true });
    return 'built';
  });
};

const isUpToDate = (root: string): boolean => {
  try {
    return readFileSync(join(root, 'dist', STAMP), 'utf8') === buildStamp(root);
  } catch {
    return false;
  }
};

/** The dashboard's scripts run in browsers: they are compiled for themselves. What browsers load stands beside the compiled app. */
const buildPages = async (root: string, fresh: string): Promise<void> => {
  const compiled = join(fresh, 'browser');
  await compile(root, join('src', 'dashboard', 'tsconfig.json'), compiled);
  renameSync(join(compiled, 'src', 'dashboard'), join(fresh, 'src', 'dashboard'));
  rmSync(compiled, { recursive: true });
  mkdirSync(join(fresh, 'src', 'reference'));
  const files = globSync(['src/dashboard/*.{html,css}', 'src/reference/*'], { cwd: root });
  for (const file of files) copyFileSync(join(root, file), join(fresh, file));
};

const compile = (root: string, project: string, outDir: string): Promise<void> => {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(compiler)) throw new CommandError('The TypeScript compiler is not installed. Run: npm ci');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      // More than one checker is faster on idle processors, but checks much twice.
      [compiler, '-p', project, '--noEmit', 'false', '--outDir', outDir, '--checkers', '1'],
      { cwd: root },
      (error, stdout, stderr) => {
        if (!error) return resolve();
        reject(new CommandError(`The app does not compile:\n${stdout}${stderr}`.trimEnd()));
      },
    );
  });
};
