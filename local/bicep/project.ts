import { dirname, join } from 'node:path/posix';
import type { BicepFile } from './bicep-file.ts';
import type { ModuleInterface, ModuleType } from './module-interface.ts';

/** Everything that the checks read; paths from the root of the repository, with `/`. */
export interface InfraProject {
  /** Texts by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly bicep: ReadonlyMap<string, BicepFile>;
  /** By source: `br/public:…:0.24.0`. */
  readonly interfaces: ReadonlyMap<string, ModuleInterface>;
  /** What resources take, by `<type>@<version>`. */
  readonly resources: ReadonlyMap<string, ModuleType>;
  /** App settings that something reads, with who does. */
  readonly settings: {
    readonly app: ReadonlySet<string>;
    readonly others: ReadonlySet<string>;
    readonly notSettable: ReadonlySet<string>;
  };
}

/** A path that a file names, from the root of the repository. */
export const pathFrom = (file: string, relative: string): string => join(dirname(file), relative);

/** What a module takes and gives: of our own files as declared, of the registry's as kept in `interfaces`; undefined when there is none such. */
export const interfaceOf = (project: InfraProject, file: BicepFile, source: string): ModuleInterface | undefined => {
  if (source.startsWith('br')) return project.interfaces.get(source);
  const target = project.bicep.get(pathFrom(file.path, source));
  if (target === undefined) return undefined;
  return {
    source,
    parameters: Object.fromEntries(
      [...target.parameters.values()].map(({ name, type, optional, allowed }) => [
        name,
        typeOf(type, optional, allowed),
      ]),
    ),
    definitions: {},
    outputs: Object.fromEntries(target.outputs),
    roles: [],
  };
};

const typeOf = (written: string, optional: boolean, allowed: readonly string[] | undefined): ModuleType => {
  const base = { ...(optional && { optional: true }), ...(allowed && { allowed }) };
  if (written.endsWith('[]'))
    return { ...base, type: 'array' as const, items: typeOf(written.slice(0, -2), false, undefined) };
  switch (written) {
    case 'string':
    case 'bool':
    case 'array':
    case 'object':
      return { ...base, type: written };
    case 'int':
      return { ...base, type: written, ...(allowed && { allowed: allowed.map(Number) }) };
    default:
      return { ...base, type: 'any' as const };
  }
};
