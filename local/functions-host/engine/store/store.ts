import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { FileIdentity } from '../../../storage/file-identity.ts';
import { makeDatabaseFile } from '../../../storage/make-database-file.ts';
import { storageErrorOf } from '../../../storage/storage-error.ts';
import { isObject, parseJson } from '../json.ts';
import { type InstancePage, type InstanceQuery, RUNTIME_STATUSES } from '../task-hub.ts';
import { SCHEMA } from './schema.ts';
import {
  type MessageKind,
  type NewMessage,
  type ParentInstance,
  publicState,
  type StoredInstance,
  type StoredMessage,
} from './stored-types.ts';

type Row = Record<string, SQLOutputValue>;

const DEFAULT_PAGE = 100;
/** Sixteen pages: more than most commits need. */
const TRIAL_BYTES = 65_536;
/** SQLite's own limit (https://sqlite.org/limits.html). */
const MOST_PAGES = 4_294_967_294;
const COLUMNS =
  'instance_id, execution_id, name, version, status, input, custom_status, output, created, updated, parent, events';

/**
 * A task hub's data in one SQLite database (WAL). Commits survive the process always, and a power cut too when the transaction was
 * asked to be `durable`: WAL with synchronous FULL syncs the log at such a commit and with it all earlier ones.
 *
 * The file belongs to one store at a time: two engines on it would each run everything. The system frees it when the process ends, however it ends.
 *
 * What the disk does not take or give is a {@link StorageError}; the store then holds what it held before, and can be used again.
 */
export class Store {
  readonly #path: string;
  readonly #db: DatabaseSync;
  /** Of a store in a file. */
  readonly #files: FileIdentity | undefined;
  readonly #statements = new Map<string, StatementSync>();
  #synchronous: 'FULL' | 'NORMAL' | undefined;

  /**
   * @param path - a file, made when absent for its owner alone, or `:memory:`.
   * @throws Error that says so when another store has the file open; StorageError when the disk does not take it.
   */
  constructor(path: string) {
    this.#path = path;
    const isFile = path !== ':memory:';
    if (isFile) this.#guarded(() => makeDatabaseFile(path));
    this.#db = this.#guarded(() => new DatabaseSync(path));
    try {
      // Before anything else: a WAL that is opened under an exclusive lock keeps it.
      this.#db.exec('PRAGMA locking_mode = EXCLUSIVE;');
      this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 2000; PRAGMA temp_store = MEMORY;');
      this.#db.exec(SCHEMA);
    } catch (error) {
      this.#db.close();
      if (isLocked(error)) throw new Error(`Another process works on the task hub ${path}.`, { cause: error });
      throw storageErrorOf(error, path) ?? error;
    }
    if (isFile) this.#files = new FileIdentity([path, `${path}-wal`]);
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  /**
   * All of `write` or nothing; not nested.
   *
   * @throws StorageError when the disk does not take it, or the file was deleted or replaced: what goes there is lost with the process.
   */
  transaction<T>(durable: boolean, write: () => T): T {
    return this.#guarded(() => this.#transaction(durable, write));
  }

  #transaction<T>(durable: boolean, write: () => T): T {
    // A rollback that failed too, when the disk gave nothing.
    if (this.#db.isTransaction) this.#run('ROLLBACK');
    const synchronous = durable ? 'FULL' : 'NORMAL';
    if (synchronous !== this.#synchronous) this.#db.exec(`PRAGMA synchronous = ${synchronous}`);
    this.#synchronous = synchronous;
    this.#run('BEGIN IMMEDIATE');
    try {
      const result = write();
      this.#files?.check();
      this.#run('COMMIT');
      return result;
    } catch (error) {
      // On a full disk SQLite has rolled back by itself, and a second time would hide the reason.
      if (this.#db.isTransaction) this.#run('ROLLBACK');
      throw error;
    }
  }

  /**
   * Writes so much that it does not fit into what is left in a page, and takes it back.
   *
   * @throws StorageError when the disk does not take it.
   */
  tryToStore(): void {
    this.transaction(true, () => this.#run('INSERT INTO trial VALUES (zeroblob(?))', TRIAL_BYTES));
    this.transaction(false, () => this.#run('DELETE FROM trial'));
  }

  /** For tests: makes every write that needs more pages than there are now fail as on a full disk, until it is told otherwise. */
  pretendFull(isFull: boolean): void {
    const pages = isFull ? number(this.#db.prepare('PRAGMA page_count').get() ?? {}, 'page_count') : MOST_PAGES;
    this.#db.exec(`PRAGMA max_page_count = ${pages}`);
  }

  instance(instanceId: string): StoredInstance | undefined {
    const [row] = this.#rows(`SELECT ${COLUMNS} FROM instances WHERE instance_id = ?`, instanceId);
    return row && toInstance(row);
  }

  saveInstance(instance: StoredInstance): void {
    this.#run(
      `INSERT OR REPLACE INTO instances (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      instance.instanceId,
      instance.executionId,
      instance.name,
      instance.version,
      instance.runtimeStatus,
      instance.input,
      instance.customStatus,
      instance.output,
      instance.createdTime,
      instance.lastUpdatedTime,
      instance.parent && JSON.stringify(instance.parent),
      instance.events,
    );
  }

  /** Removes an instance with its history and everything queued for it. */
  deleteInstance(instanceId: string): void {
    this.#run('DELETE FROM instances WHERE instance_id = ?', instanceId);
    this.#run('DELETE FROM history WHERE instance_id = ?', instanceId);
    this.#run('DELETE FROM messages WHERE instance_id = ?', instanceId);
  }

  /** The events of an execution as JSON texts, oldest first. */
  history(instanceId: string, executionId: string): string[] {
    return this.#rows(
      'SELECT event FROM history WHERE instance_id = ? AND execution_id = ? ORDER BY sequence',
      instanceId,
      executionId,
    ).map((row) => text(row, 'event'));
  }

  appendHistory(instanceId: string, executionId: string, from: number, events: readonly string[]): void {
    let sequence = from;
    for (const event of events) {
      this.#run('INSERT INTO history VALUES (?, ?, ?, ?)', instanceId, executionId, sequence++, event);
    }
  }

  deleteHistory(instanceId: string): void {
    this.#run('DELETE FROM history WHERE instance_id = ?', instanceId);
  }

  enqueue(message: NewMessage): StoredMessage {
    const { lastInsertRowid } = this.#run(
      'INSERT INTO messages (kind, instance_id, execution_id, due, body) VALUES (?, ?, ?, ?, ?)',
      message.kind,
      message.instanceId,
      message.executionId,
      message.dueAt,
      JSON.stringify(message.body),
    );
    return { ...message, id: Number(lastInsertRowid) };
  }

  dequeue(message: StoredMessage): void {
    this.#run('DELETE FROM messages WHERE id = ?', message.id);
  }

  /** Removes an instance's timers, or all but those of one execution. @returns their ids. */
  deleteTimers(instanceId: string, exceptExecutionId = ''): number[] {
    return this.#rows(
      "DELETE FROM messages WHERE instance_id = ? AND kind = 'orchestrator' AND due IS NOT NULL AND execution_id IS NOT ? RETURNING id",
      instanceId,
      exceptExecutionId,
    ).map((row) => number(row, 'id'));
  }

  /** Everything queued: what may be handled at once, oldest first, then timers in the order in which they are due. */
  messages(): StoredMessage[] {
    return this.#rows('SELECT id, kind, instance_id, execution_id, due, body FROM messages ORDER BY due, id').map(
      toMessage,
    );
  }

  /** Ordered by id; the continuation token is the last id of the page before. */
  list(query: InstanceQuery): InstancePage {
    const { clause, values } = conditions(query);
    const top = query.top ?? DEFAULT_PAGE;
    const rows = this.#rows(
      `SELECT ${COLUMNS} FROM instances WHERE ${clause} AND instance_id > ? ORDER BY instance_id LIMIT ?`,
      ...values,
      decodeToken(query.continuationToken),
      top + 1,
    );
    const instances = rows.slice(0, top).map(toInstance);
    const last = rows.length > top ? instances.at(-1) : undefined;
    return {
      instances: instances.map(publicState),
      continuationToken: last ? Buffer.from(last.instanceId).toString('base64url') : '',
    };
  }

  /** The ids of all instances that match; paging is ignored. */
  idsOf(query: InstanceQuery): string[] {
    const { clause, values } = conditions(query);
    const rows = this.#rows(`SELECT instance_id FROM instances WHERE ${clause}`, ...values);
    return rows.map((row) => text(row, 'instance_id'));
  }

  /** For the engine's statistics. */
  countHistory(): number {
    const [row] = this.#rows('SELECT count(*) AS events FROM history');
    return row ? number(row, 'events') : 0;
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run(sql: string, ...values: SQLInputValue[]): { lastInsertRowid: number | bigint } {
    return this.#prepare(sql).run(...values);
  }

  #rows(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#guarded(() => this.#prepare(sql).all(...values));
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storageErrorOf(error, this.#path) ?? error;
    }
  }
}

/** SQLite's SQLITE_BUSY; node:sqlite puts the result code into `errcode`. */
const isLocked = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === 5;

const conditions = (query: InstanceQuery): { clause: string; values: SQLInputValue[] } => {
  const clauses = ['1'];
  const values: SQLInputValue[] = [];
  const add = (clause: string, ...more: SQLInputValue[]): void => {
    clauses.push(clause);
    values.push(...more);
  };
  const { instanceIdPrefix: prefix, createdTimeFrom: from, createdTimeTo: to, runtimeStatus } = query;
  if (prefix) add('instance_id >= ? AND substr(instance_id, 1, length(?)) = ?', prefix, prefix, prefix);
  if (from !== undefined) add('created >= ?', from);
  if (to !== undefined) add('created <= ?', to);
  if (runtimeStatus?.length) add(`status IN (${runtimeStatus.map(() => '?').join(', ')})`, ...runtimeStatus);
  return { clause: clauses.join(' AND '), values };
};

const decodeToken = (token: string | undefined): string => (token ? Buffer.from(token, 'base64url').toString() : '');

const text = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`The task hub's column ${column} holds no text.`);
  return value;
};

const nullableText = (row: Row, column: string): string | null => (row[column] === null ? null : text(row, column));

const number = (row: Row, column: string): number => {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`The task hub's column ${column} holds no number.`);
  return value;
};

const toInstance = (row: Row): StoredInstance => {
  const status = RUNTIME_STATUSES.find((each) => each === row.status);
  if (!status) throw new Error(`The task hub holds the unknown status ${String(row.status)}.`);
  return {
    instanceId: text(row, 'instance_id'),
    executionId: text(row, 'execution_id'),
    name: text(row, 'name'),
    version: text(row, 'version'),
    runtimeStatus: status,
    input: nullableText(row, 'input'),
    customStatus: nullableText(row, 'custom_status'),
    output: nullableText(row, 'output'),
    createdTime: number(row, 'created'),
    lastUpdatedTime: number(row, 'updated'),
    parent: toParent(nullableText(row, 'parent')),
    events: number(row, 'events'),
  };
};

const toParent = (json: string | null): ParentInstance | null => {
  const value = json === null ? undefined : parseJson(json);
  if (!isObject(value)) return null;
  const { instanceId, executionId, name, taskId } = value;
  if (typeof instanceId !== 'string' || typeof executionId !== 'string') return null;
  if (typeof name !== 'string' || typeof taskId !== 'number') return null;
  return { instanceId, executionId, name, taskId };
};

const kinds: readonly MessageKind[] = ['orchestrator', 'activity', 'entity'];

const toMessage = (row: Row): StoredMessage => {
  const kind = kinds.find((each) => each === row.kind);
  const body = parseJson(text(row, 'body'));
  if (!kind || !isObject(body)) throw new Error('The task hub holds a message that cannot be read.');
  return {
    id: number(row, 'id'),
    kind,
    instanceId: text(row, 'instance_id'),
    executionId: nullableText(row, 'execution_id'),
    dueAt: row.due === null ? null : number(row, 'due'),
    body,
  };
};
