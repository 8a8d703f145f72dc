import { mkdirSync, statSync } from 'node:fs';
import { shellWord } from './shell-word.ts';

/** What the owner's group and others may do. */
const OTHERS = 0o077;

/**
 * Makes a data folder, with those above it that are missing, for its owner alone: it holds keys and secrets. The permissions of a folder that exists
 * are its owner's to decide.
 *
 * @returns a warning with the command to type when others can read the folder; undefined when they cannot.
 */
export const makeDataFolder = (directory: string): string | undefined => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Windows has no such permissions; Node makes some up there.
  if (process.platform === 'win32' || (statSync(directory).mode & OTHERS) === 0) return undefined;
  return `Others on this machine can read ${directory}, which holds keys and secrets. To keep them out, type: chmod 700 ${shellWord(directory)}`;
};
