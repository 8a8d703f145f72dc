import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const rowSchema = z.object({ key: z.string(), value: z.string() });

/** The simulator's state: named tables of JSON records in memory, written through to SQLite when there is a data directory. */
export class Store {
  readonly #database: DatabaseSync | undefined;
  readonly #tables: { clear(): void }[] = [];

  /** @param directory - where `azure.sqlite` lives; made if missing; memory only when undefined. */
  constructor(directory?: string) {
    if (directory === undefined) return;
    mkdirSync(directory, { recursive: true });
    this.#database = new DatabaseSync(join(directory, 'azure.sqlite'));
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS records (
        position INTEGER PRIMARY KEY, tab TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (tab, key)
      );
    `);
  }

  /** Opens a table; what a former process stored in it is there again. */
  table<T>(name: string, schema: z.ZodType<T>): Table<T> {
    const records = new Map<string, T>();
    for (const row of this.#rows(name)) records.set(row.key, schema.parse(JSON.parse(row.value)));
    const table = new Table(records, this.#writer(name));
    this.#tables.push(table);
    return table;
  }

  /** Does all the writes of `work` or, when the process dies meanwhile, none. */
  transaction<T>(work: () => T): T {
    const database = this.#database;
    if (!database?.isOpen || database.isTransaction) return work();
    database.exec('BEGIN');
    try {
      return work();
    } finally {
      database.exec('COMMIT');
    }
  }

  clear(): void {
    for (const table of this.#tables) table.clear();
  }

  close(): void {
    if (this.#database?.isOpen) this.#database.close();
  }

  #rows(name: string): z.infer<typeof rowSchema>[] {
    if (!this.#database) return [];
    const select = this.#database.prepare('SELECT key, value FROM records WHERE tab = ? ORDER BY position');
    return select.all(name).map((row) => rowSchema.parse(row));
  }

  #writer(name: string): TableWriter {
    const database = this.#database;
    if (!database) return { put: () => {}, remove: () => {}, clear: () => {} };
    const put = database.prepare(
      'INSERT INTO records (tab, key, value) VALUES (?, ?, ?) ON CONFLICT (tab, key) DO UPDATE SET value = excluded.value',
    );
    const remove = database.prepare('DELETE FROM records WHERE tab = ? AND key = ?');
    const clear = database.prepare('DELETE FROM records WHERE tab = ?');
    return {
      put: (key, value) => void (database.isOpen && put.run(name, key, JSON.stringify(value))),
      remove: (key) => void (database.isOpen && remove.run(name, key)),
      clear: () => void (database.isOpen && clear.run(name)),
    };
  }
}

interface TableWriter {
  put(key: string, value: unknown): void;
  remove(key: string): void;
  clear(): void;
}

/** One kind of records, in the order they came. A record is replaced as a whole, never changed in place. */
export class Table<T> {
  readonly #records: Map<string, T>;
  readonly #writer: TableWriter;

  constructor(records: Map<string, T>, writer: TableWriter) {
    this.#records = records;
    this.#writer = writer;
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  set(key: string, value: T): void {
    this.#records.set(key, value);
    this.#writer.put(key, value);
  }

  delete(key: string): void {
    if (this.#records.delete(key)) this.#writer.remove(key);
  }

  values(): T[] {
    return [...this.#records.values()];
  }

  entries(): [string, T][] {
    return [...this.#records.entries()];
  }

  clear(): void {
    this.#records.clear();
    this.#writer.clear();
  }
}
