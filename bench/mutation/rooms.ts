import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The folders of src whose code the mutation run changes, with all rooms below them. */
const MUTATED = ['steps', 'activities', 'deployment', 'azure'];

/** A folder of src with the files that it holds itself; the rooms below it are rooms of their own. */
export interface Room {
  /** Its path below src, e.g. `deployment/names`. */
  readonly name: string;
  /** Paths below the project's root, sorted. */
  readonly files: readonly string[];
}

/** Finds the rooms to mutate, sorted by name. */
export const findRooms = (root: string): Room[] => {
  const files = MUTATED.flatMap((folder) => globSync(`src/${folder}/**/*.ts`, { cwd: root }));
  const byRoom = Map.groupBy(files, (file) => relative('src', dirname(file)));
  return [...byRoom]
    .map(([name, inRoom]) => ({ name, files: inRoom.map((file) => join(file)).sort() }))
    .sort((a, b) => a.name.localeCompare(b.name));
};
