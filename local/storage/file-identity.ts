import { statSync } from 'node:fs';
import { StorageError } from './storage-error.ts';

/**
 * Which files a database is, as it was when it was opened. A file that is deleted or replaced stays open: SQLite goes on writing to what nobody finds
 * after a restart (https://sqlite.org/howtocorrupt.html, "Unlinking or renaming a database file while in use").
 */
export class FileIdentity {
  readonly #files: readonly { readonly path: string; readonly identity: string | undefined }[];

  /** @param paths - of files that exist. */
  constructor(paths: readonly string[]) {
    this.#files = paths.map((path) => ({ path, identity: identityOf(path) }));
  }

  /** @throws {@link StorageError} when one of the paths leads to no file or to another one. */
  check(): void {
    for (const { path, identity } of this.#files) {
      const now = identityOf(path);
      if (now === identity) continue;
      throw new StorageError(
        now === undefined
          ? `${path} was deleted or moved while it was in use. Put the same file back, or stop the process and start it again: it then begins with what the folder holds.`
          : `${path} was replaced by another file while it was in use. Stop the process and start it again: it then works with the new file.`,
      );
    }
  }
}

/** Device and number of a file; undefined when there is none. Nothing is opened: closing a file gives up the locks that SQLite holds on it. */
const identityOf = (path: string): string | undefined => {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}`;
};
