import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CommandError } from '../../command-line/command-errors.ts';

/**
 * Takes an emulator's data folder for this process: two on it would change clock and data under each other. The lock is SQLite's on a file of its
 * own, since the system gives that back however the process ends. A folder that is missing is made, for its owner alone: it will hold keys and
 * secrets.
 *
 * @returns gives the folder back.
 * @throws {@link CommandError} when another process has it.
 */
export const holdDirectory = (directory: string): (() => void) => {
  const lockFile = join(directory, LOCK_FILE);
  const made = mkdirSync(directory, { recursive: true, mode: OWNER_ONLY }) !== undefined;
  // The rights of a folder that somebody else made are theirs to decide.
  if (made || existsSync(lockFile)) chmodSync(directory, OWNER_ONLY);
  const lock = new DatabaseSync(lockFile);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)) throw error;
    throw new CommandError(
      `Another process works with the data in ${directory}. Stop it, or choose another folder with --data.`,
    );
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
};

const LOCK_FILE = 'in-use.lock';
const OWNER_ONLY = 0o700;
const SQLITE_BUSY = 5;
/** Keeps the locks from the garbage collector, which would close them. */
const held = new Set<DatabaseSync>();
