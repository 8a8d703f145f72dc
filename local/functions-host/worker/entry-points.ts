import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Log } from './log.ts';

const PackageJson = z.object({
  main: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
});

/** A file to load at the start. */
export interface EntryPoint {
  /** Relative to the app's directory, as `main` names it. */
  readonly name: string;
  readonly path: string;
  readonly kind: 'module' | 'commonjs';
}

/**
 * The files that `main` of the app's package.json names, a path or a glob. Imitates azure-functions-nodejs-worker `startApp.ts` and
 * `loadScriptFile.ts`.
 *
 * @throws when `main` names no file.
 */
export const findEntryPoints = (directory: string, log: Log): readonly EntryPoint[] => {
  const { main, type } = readPackageJson(directory, log);
  if (!main) {
    log('warning', 'Worker', `No "main" in ${join(directory, 'package.json')}: the app registers no functions.`);
    return [];
  }
  const isPattern = /[*?{[!]/.test(main);
  const names = isPattern ? globSync(main, { cwd: directory }).sort() : [main];
  if (names.length === 0 || !names.every((name) => existsSync(join(directory, name)))) {
    const why = isPattern ? 'Found zero files matching the supplied pattern' : 'File does not exist';
    throw new Error(`Worker was unable to load entry point "${main}": ${why} in ${directory}. Is the app built?`);
  }
  return names.map((name) => ({ name, path: join(directory, name), kind: kindOf(name, type) }));
};

const kindOf = (name: string, packageType: string | undefined): EntryPoint['kind'] => {
  if (name.endsWith('.mjs')) return 'module';
  if (name.endsWith('.cjs')) return 'commonjs';
  return packageType === 'module' ? 'module' : 'commonjs';
};

const readPackageJson = (directory: string, log: Log): z.infer<typeof PackageJson> => {
  const file = join(directory, 'package.json');
  try {
    return PackageJson.parse(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  } catch (error) {
    log('warning', 'Worker', `Worker failed to load package.json (${file}): ${String(error)}`);
    return {};
  }
};
