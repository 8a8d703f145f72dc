/** One measured number and what it must not exceed. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  /** Absent for what is only shown. */
  readonly limit?: { readonly text: string; readonly holds: boolean };
}

/** A table with a heading: what was measured, the number, the limit, `ok` or `FAILED`. */
export const tableLines = (heading: string, rows: readonly BenchRow[]): string[] =>
  columnLines(
    [heading, 'measured', 'limit', ''],
    rows.map(({ what, measured, limit }) => [
      what,
      measured,
      limit?.text ?? '',
      limit === undefined ? '' : limit.holds ? 'ok' : 'FAILED',
    ]),
    (column) => column === 1,
  );

/** A table of several columns under a rule; all but the first are aligned right, unless `isNumber` says otherwise. */
export const columnLines = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  isNumber = (column: number): boolean => column > 0,
): string[] => {
  const widths = headings.map((heading, i) => Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (isNumber(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)];
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
