import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BicepFile } from './bicep-file.ts';
import { keyAndValue, partsOf } from './nodes.ts';
import { INTERFACES } from './read-project.ts';
import { summarizeModule } from './summarize-module.ts';

const run = promisify(execFile);

const SOURCE = /^br\/public:(.+):(.+)$/;

/**
 * Writes the interfaces of all modules of the registry that the files use, out of a clone of https://github.com/Azure/bicep-registry-modules, which
 * has a tag for each published version.
 *
 * @returns the sources that were written.
 * @throws Error of git when the clone lacks a tag.
 */
export const writeInterfaces = async (
  root: string,
  clone: string,
  files: readonly BicepFile[],
): Promise<readonly string[]> => {
  const folder = join(root, INTERFACES);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) await rm(join(folder, name));
  const used = new Map<string, Set<string>>();
  for (const { source, params } of files.flatMap((file) => [...file.modules.values()])) {
    if (!source.startsWith('br')) continue;
    const names = (params ? partsOf(params) : []).map((property) => keyAndValue(property).key ?? '');
    used.set(source, new Set([...(used.get(source) ?? []), ...names]));
  }
  const isUsed = (variant: string): boolean => files.some(({ root: tree }) => tree.text.includes(`'${variant}'`));
  for (const [source, deep] of used) {
    const [, path = '', version = ''] = SOURCE.exec(source) ?? [];
    const git = ['-C', clone, 'show', `refs/tags/${path}/${version}:${path}/main.json`];
    const { stdout } = await run('git', git, { maxBuffer: 64 * 1024 * 1024 });
    const name = `${path.replace(/^avm\//, '').replaceAll('/', '-')}.json`;
    const known = summarizeModule(source, JSON.parse(stdout), deep, isUsed);
    await writeFile(join(folder, name), `${JSON.stringify(known, null, 1)}\n`);
  }
  return [...used.keys()];
};
