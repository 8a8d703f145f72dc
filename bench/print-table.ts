/** One measured number and what it must not exceed. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  /** Absent for what is only shown. */
  readonly limit?: { readonly text: string; readonly holds: boolean };
}

/** A table with a heading: what was measured, the number, the limit, `ok` or `FAILED`. */
export const tableLines = (heading: string, rows: readonly BenchRow[]): string[] => {
  const cells = rows.map(({ what, measured, limit }) => [
    what,
    measured,
    limit?.text ?? '',
    limit === undefined ? '' : limit.holds ? 'ok' : 'FAILED',
  ]);
  const all = [[heading, 'measured', 'limit', ''], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(all[0] ?? []), rule.trimEnd(), ...cells.map(line)];
};

/** A row with an upper limit. */
export const atMost = (
  what: string,
  value: number,
  limit: number,
  format: (value: number) => string = String,
): BenchRow => ({
  what,
  measured: format(value),
  limit: { text: `≤ ${format(limit)}`, holds: value <= limit },
});
