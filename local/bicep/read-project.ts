import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModuleInterface, moduleInterfaceSchema, resourceTypesSchema } from './module-interface.ts';
import type { InfraProject } from './project.ts';
import { NOT_SETTABLE, READ_BY_OTHERS, settingsIn } from './settings.ts';

const FOLDERS = ['infra', 'integrations/logic-apps'];
const FILES = ['azure.yaml', 'docs/deploying.md'];

/** Where the interfaces of the registry's modules are kept. */
export const INTERFACES = 'local/bicep/interfaces';

/** Where the types of resources are kept. */
export const RESOURCES = `${INTERFACES}/resources.json`;

/** The files of the project that the checks read. */
export const readProject = async (root: string): Promise<Omit<InfraProject, 'bicep'>> => {
  const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
  const found = await Promise.all([...FOLDERS, 'src', INTERFACES].map((folder) => filesIn(root, folder)));
  const [paths, sources, interfaces] = [found.slice(0, FOLDERS.length).flat(), found.at(-2) ?? [], found.at(-1) ?? []];
  const texts = await Promise.all([...paths, ...FILES].map(async (path) => [path, await read(path)] as const));
  const code = await Promise.all(sources.filter((path) => path.endsWith('.ts')).map(read));
  const known = await Promise.all(
    interfaces
      .filter((path) => path !== RESOURCES)
      .map(async (path): Promise<ModuleInterface> => moduleInterfaceSchema.parse(JSON.parse(await read(path)))),
  );
  const resources = interfaces.includes(RESOURCES) ? resourceTypesSchema.parse(JSON.parse(await read(RESOURCES))) : {};
  return {
    resources: new Map(Object.entries(resources)),
    texts: new Map(texts),
    interfaces: new Map(known.map((one) => [one.source, one])),
    settings: { app: new Set(code.flatMap(settingsIn)), others: READ_BY_OTHERS, notSettable: NOT_SETTABLE },
  };
};

const filesIn = async (root: string, folder: string): Promise<readonly string[]> =>
  (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\//, ''));
