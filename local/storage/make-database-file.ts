import { closeSync, openSync } from 'node:fs';

/**
 * Makes an empty file for a database, for its owner alone. SQLite gives the files that it makes beside it the same permissions (os_unix.c, findCreateFileMode).
 * A file that exists is not even opened: closing it would give up the locks that SQLite holds on it in this process.
 */
export const makeDatabaseFile = (path: string): void => {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
};
