import type { BicepFile } from '../bicep-file.ts';
import { callOf, textOf, walk } from '../nodes.ts';
import type { Problem } from '../problem.ts';
import { type InfraProject, pathFrom } from '../project.ts';

const PINNED = /^br\/public:avm\/[a-z/-]+:\d+\.\d+\.\d+$/;

/** Files that are named but not there, modules of the registry without an exact version or without a known interface, and files nobody uses. */
export const checkFiles = (project: InfraProject): readonly Problem[] => {
  const used = new Set<string>();
  const problems = [...project.bicep.values()].flatMap((file) => {
    const at = (line: number, message: string): Problem => ({ file: file.path, line, message });
    return [
      ...[...file.modules.values()].flatMap(({ source, line }) => {
        if (!source.startsWith('br')) return missing(project, used, file, source).map((text) => at(line, text));
        used.add(source);
        if (!PINNED.test(source))
          return [at(line, `${source} is not pinned to a version of an Azure Verified Module.`)];
        return project.interfaces.has(source)
          ? []
          : [at(line, `The interface of ${source} is not known: see "Changing the files" in docs/deploying.md.`)];
      }),
      ...[...walk(file.root)].flatMap((node) => {
        const call = callOf(node);
        const path = call?.name.startsWith('load') && call.given[0] ? textOf(call.given[0]) : undefined;
        return path === undefined ? [] : missing(project, used, file, path).map((text) => at(node.line, text));
      }),
    ];
  });
  const leftovers = [...project.interfaces.keys()].filter((source) => !used.has(source));
  const strays = [...project.bicep.keys()].filter((path) => path.includes('/modules/') && !used.has(path));
  return [
    ...problems,
    ...leftovers.map((source) => ({
      file: 'local/bicep/interfaces',
      line: 1,
      message: `No file uses ${source} any more.`,
    })),
    ...strays.map((path) => ({ file: path, line: 1, message: 'No other file uses this one.' })),
  ];
};

const missing = (project: InfraProject, used: Set<string>, file: BicepFile, relative: string): readonly string[] => {
  const path = pathFrom(file.path, relative);
  used.add(path);
  return project.texts.has(path) ? [] : [`${relative} is not there.`];
};
