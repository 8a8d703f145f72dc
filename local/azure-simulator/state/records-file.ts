import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { FileIdentity } from '../../storage/file-identity.ts';
import { makeDataFolder } from '../../storage/make-data-folder.ts';
import { makeDatabaseFile } from '../../storage/make-database-file.ts';
import { storageErrorOf } from '../../storage/storage-error.ts';

const rowSchema = z.object({ key: z.string(), value: z.string() });

/** The file that the simulator's state is kept in: JSON records by table and key, in the order they came. */
export class RecordsFile {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #files: FileIdentity;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  readonly #clear: StatementSync;

  /**
   * @param directory - made if missing, as the file is, for its owner alone.
   * @throws StorageError when the disk does not take it.
   */
  constructor(directory: string) {
    const path = join(directory, 'azure.sqlite');
    this.#path = path;
    this.#database = this.#guarded(() => {
      makeDataFolder(directory);
      return open(path);
    });
    this.#files = new FileIdentity([path, `${path}-wal`]);
    this.#put = this.#database.prepare(
      'INSERT INTO records (tab, key, value) VALUES (?, ?, ?) ON CONFLICT (tab, key) DO UPDATE SET value = excluded.value',
    );
    this.#remove = this.#database.prepare('DELETE FROM records WHERE tab = ? AND key = ?');
    this.#clear = this.#database.prepare('DELETE FROM records WHERE tab = ?');
  }

  get isOpen(): boolean {
    return this.#database.isOpen;
  }

  rows(table: string): z.infer<typeof rowSchema>[] {
    const select = this.#database.prepare('SELECT key, value FROM records WHERE tab = ? ORDER BY position');
    return this.#guarded(() => select.all(table)).map((row) => rowSchema.parse(row));
  }

  /**
   * Writes all that `changes` puts and removes, or nothing.
   *
   * @throws StorageError when the disk does not take it, or the file was deleted or replaced.
   */
  write(changes: () => void): void {
    this.#guarded(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        changes();
        this.#files.check();
        this.#database.exec('COMMIT');
      } finally {
        // On a full disk SQLite has rolled back by itself.
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      }
    });
  }

  put(table: string, key: string, value: string): void {
    this.#put.run(table, key, value);
  }

  remove(table: string, key: string): void {
    this.#remove.run(table, key);
  }

  clear(table: string): void {
    this.#clear.run(table);
  }

  close(): void {
    if (this.isOpen) this.#database.close();
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storageErrorOf(error, this.#path) ?? error;
    }
  }
}

const open = (path: string): DatabaseSync => {
  makeDatabaseFile(path);
  const database = new DatabaseSync(path);
  try {
    // Locked before anything else, it needs no memory that is shared by a file beside it, which a full disk would not give.
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS records (
        position INTEGER PRIMARY KEY, tab TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (tab, key)
      );
    `);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};
