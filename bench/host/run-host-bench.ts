import { type BenchRow, columnLines, tableLines } from '../print-table.ts';
import { crowdRows, footprintRows, growthRows, SHAPE_HEADINGS, shapeCells } from './host-tables.ts';
import { measureHost } from './measure-host.ts';

/**
 * Measures the local Functions host and prints tables, or one JSON document, on stdout.
 *
 * @returns the exit code: 1 when a limit is broken.
 */
export const runHostBench = async ({ json }: { readonly json: boolean }): Promise<number> => {
  const measure = await measureHost((line) => console.error(line));
  const { crowd, shapes } = measure;
  const tables: readonly [heading: string, rows: readonly BenchRow[]][] = [
    ['Growth with the history', growthRows(shapes)],
    [`${crowd.instances} instances at once, ${crowd.activities} activities each`, crowdRows(crowd)],
    ['Start and memory', footprintRows(measure)],
  ];
  const broken = tables.flatMap(([heading, rows]) =>
    rows.filter(({ limit }) => limit?.holds === false).map(({ what }) => `${heading}: ${what}`),
  );
  if (json) {
    console.log(JSON.stringify({ ...measure, broken }, undefined, 2));
    return broken.length > 0 ? 1 : 0;
  }
  console.log([...columnLines(SHAPE_HEADINGS, shapes.map(shapeCells)), ''].join('\n'));
  for (const [heading, rows] of tables) console.log([...tableLines(heading, rows), ''].join('\n'));
  if (broken.length > 0) console.log(['FAILED:', ...broken].join('\n  '));
  return broken.length > 0 ? 1 : 0;
};
