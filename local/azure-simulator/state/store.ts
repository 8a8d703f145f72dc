import type { z } from 'zod';
import { RecordsFile } from './records-file.ts';

/**
 * The simulator's state: named tables of JSON records in memory, written through to a file when there is a data directory. What the disk does not take
 * stays to be written, before anything else: nothing is answered that a restart would take back.
 */
export class Store {
  readonly #file: RecordsFile | undefined;
  readonly #tables: { clear(): void }[] = [];
  #changes: ((file: RecordsFile) => void)[] = [];
  #isInTransaction = false;

  /** @param directory - where `azure.sqlite` lives; made if missing; memory only when undefined. */
  constructor(directory?: string) {
    this.#file = directory === undefined ? undefined : new RecordsFile(directory);
  }

  /** Opens a table; what a former process stored in it is there again. */
  table<T>(name: string, schema: z.ZodType<T>): Table<T> {
    const records = new Map<string, T>();
    for (const { key, value } of this.#file?.rows(name) ?? []) records.set(key, schema.parse(JSON.parse(value)));
    const table = new Table(records, (change) => this.#change((file) => change(file, name)));
    this.#tables.push(table);
    return table;
  }

  /**
   * Does all the writes of `work` or, when the process dies meanwhile, none.
   *
   * @throws StorageError when the disk does not take them. When it does not take what was done before either, nothing of `work` was done.
   */
  transaction<T>(work: () => T): T {
    if (this.#isInTransaction) return work();
    this.#save();
    this.#isInTransaction = true;
    try {
      return work();
    } finally {
      this.#isInTransaction = false;
      this.#save();
    }
  }

  clear(): void {
    for (const table of this.#tables) table.clear();
  }

  close(): void {
    this.#file?.close();
  }

  #change(change: (file: RecordsFile) => void): void {
    if (!this.#file) return;
    this.#changes.push(change);
    if (!this.#isInTransaction) this.#save();
  }

  #save(): void {
    const file = this.#file;
    if (!file?.isOpen || this.#changes.length === 0) return;
    file.write(() => {
      for (const change of this.#changes) change(file);
    });
    this.#changes = [];
  }
}

/** Has a change of a table written to its file. */
type Recorder = (change: (file: RecordsFile, table: string) => void) => void;

/** One kind of records, in the order they came. A record is replaced as a whole, never changed in place. */
export class Table<T> {
  readonly #records: Map<string, T>;
  readonly #record: Recorder;

  constructor(records: Map<string, T>, record: Recorder) {
    this.#records = records;
    this.#record = record;
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  set(key: string, value: T): void {
    this.#records.set(key, value);
    this.#record((file, table) => file.put(table, key, JSON.stringify(value)));
  }

  delete(key: string): void {
    if (this.#records.delete(key)) this.#record((file, table) => file.remove(table, key));
  }

  values(): T[] {
    return [...this.#records.values()];
  }

  entries(): [string, T][] {
    return [...this.#records.entries()];
  }

  clear(): void {
    this.#records.clear();
    this.#record((file, table) => file.clear(table));
  }
}
