import type { FaultKind } from './fault-kinds.ts';
import type { Scenario, Verdict } from './scenario.ts';

/** A scenario and how it ended. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly verdict: Verdict;
}

const NO_SENSE = '·';
const BROKEN = '!';

/** The table, a line for each request and a column for each fault, and what its marks mean. */
export const matrixLines = (
  requests: readonly string[],
  kinds: readonly Pick<FaultKind, 'name' | 'heading' | 'description'>[],
  outcomes: readonly Outcome[],
): string[] => {
  const cellOf = (request: string, fault: string): string =>
    cellText(
      outcomes
        .filter(({ scenario }) => scenario.request === request && scenario.fault === fault)
        .map(({ verdict }) => verdict),
    );
  const rows = [
    ['request × fault', ...kinds.map(({ heading }) => heading)],
    ...requests.map((request) => [request, ...kinds.map(({ name }) => cellOf(request, name))]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = rows;
  return [
    line(head),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...body.map(line),
    '',
    `S succeeded and converged, F failed as it should and the next POST succeeded; the number is the most attempts of any step; ×n variants. ${BROKEN} broke a promise, R did not end, ${NO_SENSE} makes no sense there.`,
    ...kinds.map(({ heading, description }) => `  ${heading.padEnd(10)} ${description}`),
  ];
};

/** The variants of one cell, equal ones that follow one another counted: `F1×5 S2`. */
export const cellText = (verdicts: readonly Verdict[]): string => {
  if (verdicts.length === 0) return NO_SENSE;
  const marks = verdicts.map(
    ({ outcome, attempts, broken }) => `${broken.length > 0 ? BROKEN : ''}${outcome}${outcome === 'R' ? '' : attempts}`,
  );
  const runs: { mark: string; count: number }[] = [];
  for (const mark of marks) {
    const last = runs.at(-1);
    if (last?.mark === mark) last.count++;
    else runs.push({ mark, count: 1 });
  }
  return runs.map(({ mark, count }) => (count > 1 ? `${mark}×${count}` : mark)).join(' ');
};

/** Every scenario that broke a promise, with what it broke. */
export const brokenLines = (outcomes: readonly Outcome[]): string[] =>
  outcomes.flatMap(({ scenario, verdict }) =>
    verdict.broken.length > 0
      ? [
          `${scenario.request} × ${scenario.fault}${scenario.variant && ` (${scenario.variant})`}: ${verdict.outcome}${verdict.attempts} after ${Math.round(verdict.modelledSeconds)} modelled seconds`,
          ...verdict.broken.map((what) => `  ${what}`),
        ]
      : [],
  );
