import { type Difference, WHOLE } from './compare-sides.ts';

/** A row of docs/parity.md. */
export interface ListedDifference extends Difference {
  readonly reason: string;
}

const COLUMNS = ['resource', 'property', 'after the tutorial', 'after the POST', 'why'];

/**
 * Reads the table of docs/parity.md: the one whose columns are {@link COLUMNS}.
 *
 * @throws Error naming the line, for a row that is not whole, has no reason or stands twice.
 */
export const readParityTable = (markdown: string): readonly ListedDifference[] => {
  const lines = markdown.split('\n').map((text, index) => ({ cells: cellsOf(text), number: index + 1 }));
  const head = lines.findIndex(({ cells }) => cells?.join('|') === COLUMNS.join('|'));
  if (head < 0) throw new Error(`docs/parity.md has no table with the columns ${COLUMNS.join(', ')}.`);
  const end = lines.findIndex(({ cells }, index) => index > head && cells === undefined);
  const rows = lines.slice(head + 2, end < 0 ? undefined : end).map(({ cells = [], number }): ListedDifference => {
    const [resource, property, tutorial, post, reason, ...rest] = cells;
    if (!resource || !property || !tutorial || !post || !reason || rest.length > 0)
      throw new Error(`docs/parity.md, line ${number}: a row has five cells, and none of them is empty.`);
    return { resource, property, tutorial, post, reason };
  });
  const keys = rows.map(keyOf);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new Error(`docs/parity.md lists this twice: ${twice}`);
  return rows;
};

/** What the table says and what was found, where they disagree. */
export const judgeDifferences = (
  found: readonly Difference[],
  listed: readonly ListedDifference[],
): { readonly unlisted: readonly Difference[]; readonly gone: readonly ListedDifference[] } => {
  const [foundKeys, listedKeys] = [new Set(found.map(keyOf)), new Set(listed.map(keyOf))];
  return {
    unlisted: found.filter((one) => !listedKeys.has(keyOf(one))),
    gone: listed.filter((one) => !foundKeys.has(keyOf(one))),
  };
};

/** A row for docs/parity.md. */
export const parityRow = ({ resource, property, tutorial, post }: Difference, reason: string): string => {
  const cells = [resource, property === WHOLE ? WHOLE : code(property), ...[tutorial, post].map(valueCell)];
  return `| ${[code(cells[0] ?? ''), ...cells.slice(1), reason].join(' | ')} |`;
};

const valueCell = (value: string): string => (/^[—\w]+$/.test(value) ? value : code(value));

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

/** A row's cells without their code ticks; undefined for a line that is no row. A `\|` does not part cells. */
const cellsOf = (line: string): string[] | undefined => {
  const row = /^\|(.*)\|\s*$/.exec(line)?.[1];
  return row?.split(/(?<!\\)\|/).map((cell) =>
    cell
      .trim()
      .replace(/^`([^`]*)`$/, '$1')
      .replaceAll('\\|', '|'),
  );
};

const keyOf = ({ resource, property, tutorial, post }: Difference): string =>
  [resource, property, tutorial, post].join(' | ');
