import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CommandError } from '../../command-line/command-errors.ts';
import { asCommandError } from '../storage/as-command-error.ts';
import { makeDataFolder } from '../storage/make-data-folder.ts';
import { makeDatabaseFile } from '../storage/make-database-file.ts';

/**
 * Takes an emulator's data folder for this process: two on it would change clock and data under each other. The lock is SQLite's on a file of its
 * own, since the system gives that back however the process ends. A folder that is missing is made, for its owner alone.
 *
 * @returns gives the folder back.
 * @throws {@link CommandError} when another process has it, or the disk gives no room for it.
 */
export const holdDirectory = (directory: string): (() => void) => {
  const lockFile = join(directory, LOCK_FILE);
  const lock = opened(directory, lockFile);
  try {
    // Without a journal in a file the lock takes no room: a host can be started on a full disk, and waits for room like one that runs.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;');
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)) {
      throw asCommandError(error, lockFile);
    }
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

const opened = (directory: string, lockFile: string): DatabaseSync => {
  try {
    makeDataFolder(directory);
    makeDatabaseFile(lockFile);
    return new DatabaseSync(lockFile);
  } catch (error) {
    throw asCommandError(error, directory);
  }
};

const LOCK_FILE = 'in-use.lock';
const SQLITE_BUSY = 5;
/** Keeps the locks from the garbage collector, which would close them. */
const held = new Set<DatabaseSync>();
