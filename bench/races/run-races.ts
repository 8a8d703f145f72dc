import { columnLines } from '../print-table.ts';
import { pairs } from './pairs.ts';
import { type Raced, racePair } from './race-pair.ts';

export interface RacesOptions {
  readonly times: number;
  readonly only?: RegExp | undefined;
}

/**
 * Sends each pair of requests again and again over HTTP, prints what came of them, and the figure as the last line.
 *
 * @returns the exit code: 1 when an answer was not documented or the callers and the status did not agree.
 */
export const runRaces = async ({ times, only }: RacesOptions): Promise<number> => {
  const begun = performance.now();
  const results: Raced[] = [];
  for (const pair of pairs.filter(({ name }) => only?.test(name) ?? true)) {
    console.error(`  ${pair.name}…`);
    results.push(await racePair(pair, times));
  }
  for (const line of raceLines(results)) console.log(line);
  const faults = results.flatMap((each) => [...each.faults.values()]).reduce((sum, each) => sum + each, 0);
  const races = results.reduce((sum, each) => sum + each.races, 0);
  console.log(`${races} races, ${faults} faults; ${Math.round((performance.now() - begun) / 1000)} s`);
  return faults > 0 || races === 0 ? 1 : 0;
};

export const raceLines = (results: readonly Raced[]): readonly string[] => [
  ...columnLines(
    ['pair', 'races', 'outcomes (first answer, second answer, status)', ''],
    results.map(({ pair, races, outcomes, faults }) => [
      pair,
      `${races}`,
      [...outcomes]
        .toSorted(([, a], [, b]) => b - a)
        .map(([outcome, count]) => `${count} × ${outcome}`)
        .join(', '),
      faults.size > 0 ? 'FAILED' : 'ok',
    ]),
    (column) => column === 1,
  ),
  ...results.flatMap(({ pair, faults }) => [...faults].map(([fault, count]) => `${pair}: ${count} × ${fault}`)),
];
