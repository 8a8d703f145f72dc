import type { BicepFile } from '../bicep-file.ts';
import { keyAndValue, partsOf } from '../nodes.ts';
import type { Problem } from '../problem.ts';
import type { InfraProject } from '../project.ts';

/** Settings that nobody reads, and settings of the app that nobody can set. */
export const checkSettings = (
  main: BicepFile,
  { app, others, notSettable }: InfraProject['settings'],
): readonly Problem[] => {
  const settings = main.variables.get('settings');
  if (settings === undefined) return [{ file: main.path, line: 1, message: 'There is no variable "settings".' }];
  const set = partsOf(settings).map((property) => ({ name: keyAndValue(property).key ?? '', line: property.line }));
  const unread = set
    .filter(({ name }) => !app.has(name) && !others.has(name))
    .map(({ name, line }) => ({ file: main.path, line, message: `Nothing reads the setting ${name}.` }));
  const names = new Set(set.map(({ name }) => name));
  const unset = [...app]
    .filter((name) => !names.has(name) && !notSettable.has(name))
    .map((name) => ({
      file: main.path,
      line: settings.line,
      message: `The app reads ${name}, which is not among the settings.`,
    }));
  return [...unread, ...unset];
};
