import { createHmac } from 'node:crypto';
import { instance, openRecordsBy } from './instance.ts';
import { matches, type Row } from './tables.ts';

/** Fakes of `@servicenow/glide`: exactly what the app uses, as https://www.servicenow.com/docs/r/api-reference/server-api-reference/ has it. */

export const gs = {
  getProperty: (name: string): string | null => instance.properties.get(name) ?? null,
  info: (message: string): void => void instance.logs.push(`info ${message}`),
  error: (message: string): void => void instance.logs.push(`error ${message}`),
};

export class CertificateEncryption {
  generateMac(key: string, algorithm: string, data: string): string {
    if (algorithm !== 'HmacSHA256') throw new Error(`${algorithm} is not imitated.`);
    return createHmac('sha256', Buffer.from(key, 'base64')).update(data).digest('base64');
  }
}

export class GlideRecord {
  readonly #table: string;
  readonly #queries: string[] = [];
  #order: string | undefined;
  #limit = Number.POSITIVE_INFINITY;
  #found: readonly Row[] = [];
  #row: Row = {};
  #changes: Row = {};

  constructor(table: string) {
    this.#table = table;
  }

  static open(table: string, row: Row): GlideRecord {
    const record = new GlideRecord(table);
    record.#row = { ...row };
    return record;
  }

  /** Catalogue variables: elements that turn into their values. */
  get variables(): Readonly<Record<string, { toString(): string }>> {
    const values: Record<string, string> = JSON.parse(this.#row.variables ?? '{}');
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { toString: () => value }]));
  }

  addQuery(column: string, ...rest: readonly string[]): void {
    const [operator, value] = rest.length === 2 ? rest : ['=', rest[0]];
    this.#queries.push(`${column}${operator}${value}`);
  }

  orderBy(column: string): void {
    this.#order = column;
  }

  setLimit(limit: number): void {
    this.#limit = limit;
  }

  query(): void {
    const order = this.#order;
    this.#found = instance.tables
      .rows(this.#table)
      .filter((row) => this.#queries.every((query) => matches(query, row)))
      .toSorted((a, b) => (order === undefined ? 0 : (a[order] ?? '').localeCompare(b[order] ?? '')))
      .slice(0, this.#limit);
  }

  next(): boolean {
    const [row, ...rest] = this.#found;
    this.#found = rest;
    return this.#moveTo(row);
  }

  get(id: string): boolean {
    return this.#moveTo(instance.tables.rows(this.#table).find(({ sys_id }) => sys_id === id));
  }

  #moveTo(row: Row | undefined): boolean {
    this.#row = { ...row };
    this.#changes = {};
    return row !== undefined;
  }

  getUniqueValue(): string {
    return this.#row.sys_id ?? '';
  }

  getValue(column: string): string | null {
    return { ...this.#row, ...this.#changes }[column] || null;
  }

  setValue(column: string, value: string): void {
    this.#changes[column] = String(value);
  }

  update(): string {
    instance.tables.update(this.#table, this.getUniqueValue(), this.#changes);
    this.#row = { ...this.#row, ...this.#changes };
    this.#changes = {};
    return this.getUniqueValue();
  }
}

openRecordsBy((table, row) => GlideRecord.open(table, row));
