import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
 * The files that `main` of the app's package.json names: a path, a folder (all that is in it) or a glob. Imitates azure-functions-nodejs-worker
 * `startApp.ts` and `loadScriptFile.ts`, which give `main` to globby; tinyglobby is its successor with the same rules. Files come in the order of
 * their names; the worker's order is that of the file system.
 *
 * @throws when `main` names no file, or the app is of another programming model; the message says what to do.
 */
export const findEntryPoints = async (directory: string, log: Log): Promise<readonly EntryPoint[]> => {
  const { main, type } = readPackageJson(directory, log);
  if (!main) {
    refuseOlderModel(directory);
    log(
      'warning',
      'Worker',
      `No "main" in ${join(directory, 'package.json')}: the app registers no functions. Name the compiled files there, e.g. "main": "dist/src/functions/*.js".`,
    );
    return [];
  }
  const names = await filesOf(directory, main);
  if (names.length === 0) {
    refuseOlderModel(directory);
    const why = MAGIC.test(main) ? 'Found zero files matching the supplied pattern' : 'File does not exist';
    throw new Error(
      `Worker was unable to load entry point "${main}": ${why} in ${directory}. ${remedyFor(directory, main)}`,
    );
  }
  const source = names.find((name) => /\.[cm]?tsx?$/.test(name));
  if (source !== undefined) {
    log(
      'warning',
      'Worker',
      `"main" in ${join(directory, 'package.json')} names ${source}, which is TypeScript. Node may run it here as it is; in Azure, name compiled files.`,
    );
  }
  return names.map((name) => ({ name, path: join(directory, name), kind: kindOf(name, type) }));
};

const MAGIC = /[*?{}[\]!()]/;

const filesOf = async (directory: string, main: string): Promise<string[]> => {
  // The common case needs no glob library, which takes longer to load than many an app.
  const plain = main.replace(/^\.\//, '');
  if (!MAGIC.test(main) && /\.[cm]?js$/.test(plain)) return existsSync(join(directory, plain)) ? [plain] : [];
  const { glob } = await import('tinyglobby');
  return (await glob(main, { cwd: directory })).sort();
};

const kindOf = (name: string, packageType: string | undefined): EntryPoint['kind'] => {
  if (name.endsWith('.mjs')) return 'module';
  if (name.endsWith('.cjs')) return 'commonjs';
  return packageType === 'module' ? 'module' : 'commonjs';
};

/** The host would read `function.json` files when the worker registers nothing (azure-functions-host `FunctionMetadataProvider.cs`). */
const refuseOlderModel = (directory: string): void => {
  const folder = readdirSync(directory, { withFileTypes: true }).find(
    (entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'function.json')),
  );
  if (!folder) return;
  throw new Error(
    `${join(directory, folder.name, 'function.json')}: this app is of the Node.js programming model v3, and this host runs v4 only. Register the functions with app.http(…) and so on of @azure/functions 4 and name the files under "main" in package.json: https://aka.ms/azure-functions-node-v4-upgrade`,
  );
};

const remedyFor = (directory: string, main: string): string => {
  if (existsSync(join(directory, 'tsconfig.json')))
    return `The app is written in TypeScript and seems not to be compiled: run its build script there, e.g. npm run build.`;
  return `Build the app, or correct "main" (${JSON.stringify(main)}) in ${join(directory, 'package.json')}.`;
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
