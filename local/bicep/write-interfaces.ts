import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BicepFile } from './bicep-file.ts';
import type { ModuleType } from './module-interface.ts';
import { keyAndValue, partsOf } from './nodes.ts';
import { INTERFACES, RESOURCES } from './read-project.ts';
import { openResourceTypes } from './resource-types.ts';
import { derivedPlaces, summarizeModule } from './summarize-module.ts';

const run = promisify(execFile);

const SOURCE = /^br\/public:([^:]+):([^:]+)$/;

/**
 * Writes the interfaces of all modules of the registry that the files use and the types of all resources that they make.
 *
 * @param clones - a folder with clones of https://github.com/Azure/bicep-registry-modules, which has a tag for each published version, and of
 *   https://github.com/Azure/bicep-types-az
 *
 * @returns the sources that were written.
 * @throws Error of git when the clone lacks a tag.
 */
export const writeInterfaces = async (
  root: string,
  clones: string,
  files: readonly BicepFile[],
): Promise<readonly string[]> => {
  const clone = join(clones, 'bicep-registry-modules');
  const typeAt = await openResourceTypes(join(clones, 'bicep-types-az'));
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
    const template: unknown = JSON.parse(stdout);
    const derived = new Map<string, ModuleType>();
    for (const place of derivedPlaces(template, deep)) derived.set(place, await typeAt(place));
    const known = summarizeModule(source, template, deep, isUsed, derived);
    await writeFile(join(folder, name), `${JSON.stringify(known)}\n`);
  }
  const made = files.flatMap(({ resources }) => [...resources.values()]).filter(({ body }) => body !== undefined);
  const types = [...new Set(made.map(({ type }) => type))].toSorted();
  const resources = Object.fromEntries(
    await Promise.all(types.map(async (type) => [type, await typeAt(type)] as const)),
  );
  await writeFile(join(root, RESOURCES), `${JSON.stringify(resources)}\n`);
  return [...used.keys(), ...types];
};
