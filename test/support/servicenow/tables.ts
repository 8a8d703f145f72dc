/** A record's columns, as text; what is empty is absent. */
export type Row = Record<string, string>;

/** A business rule as the app defines it. */
export interface Rule {
  readonly table: string;
  readonly when: string;
  readonly action: readonly string[];
  readonly filterCondition?: string;
  readonly script: (current: unknown) => void;
}

/** Closed states of a task: the platform's own rule "mark closed" makes it inactive. */
const CLOSED = ['3', '4', '7'];

/** The tables of one instance, with the business rules on them. */
export class Tables {
  readonly rules: Rule[] = [];
  readonly #rows = new Map<string, Row[]>();
  readonly #queued: (() => void)[] = [];
  readonly #open: (table: string, row: Row) => unknown;
  #nextId = 1;

  /** @param open - gives rules their `current`. */
  constructor(open: (table: string, row: Row) => unknown) {
    this.#open = open;
  }

  rows(table: string): readonly Row[] {
    return this.#rows.get(table) ?? [];
  }

  /** Forgets all rows, and what rules were to do. */
  clear(): void {
    this.#rows.clear();
    this.#queued.length = 0;
  }

  insert(table: string, values: Row): Row {
    const row: Row = { sys_id: `${this.#nextId++}`.padStart(32, '0'), ...values };
    this.#rows.set(table, [...this.rows(table), row]);
    this.#runRules(table, 'insert', row, {});
    return row;
  }

  update(table: string, id: string, values: Row): void {
    const row = this.rows(table).find(({ sys_id }) => sys_id === id);
    if (!row) throw new Error(`There is no ${id} in ${table}.`);
    const before = { ...row };
    Object.assign(row, values);
    if (table === 'sc_req_item' && CLOSED.includes(row.state ?? '')) row.active = '0';
    this.#runRules(table, 'update', row, before);
  }

  /** Runs what rules do later, and what that brings. */
  runQueued(): void {
    for (let next = this.#queued.shift(); next; next = this.#queued.shift()) next();
  }

  #runRules(table: string, action: string, row: Row, before: Row): void {
    for (const rule of this.rules) {
      if (rule.table !== table || !rule.action.includes(action)) continue;
      if (!matches(rule.filterCondition ?? '', row, before)) continue;
      const run = (): void => rule.script(this.#open(table, row));
      if (rule.when === 'async') this.#queued.push(run);
      else run();
    }
  }
}

/** The operators of encoded queries that the app uses. */
export const matches = (query: string, row: Row, before: Row = row): boolean =>
  query
    .split('^')
    .filter((part) => part !== '')
    .every((part) => {
      const [, column = '', operator, operand = ''] = /^([a-z_]+?)(VALCHANGES|IN|=)(.*)$/.exec(part) ?? [];
      if (operator === undefined) throw new Error(`The query "${part}" is not imitated.`);
      const value = row[column] ?? '';
      if (operator === 'VALCHANGES') return value !== (before[column] ?? '');
      if (operator === 'IN') return operand.split(',').includes(value);
      return value === ({ true: '1', false: '0' }[operand] ?? operand);
    });
