import { expect, it } from 'vitest';
import type { MutantOutcome } from '../../bench/mutation/mutant-outcome.ts';
import { percentKilled, scoreRoom } from '../../bench/mutation/room-score.ts';
import { survivorLines } from '../../bench/mutation/score-lines.ts';

const mutant = (state: MutantOutcome['state'], change: string, line = 1): MutantOutcome => ({
  file: 'src/azure/settings/cloud.ts',
  line,
  state,
  change,
});

const OUTCOMES = [
  ...['a', 'b', 'c'].map((change) => mutant('killed', change)),
  mutant('not covered', 'd', 9),
  mutant('survived', 'e', 2),
  ...['f', 'g'].map((change) => mutant('does not compile', change)),
];

const reason = (change: string) => ({ file: 'src/azure/settings/cloud.ts', change, reason: 'equivalent' });

it('mutants that no test reaches count as alive, those that do not compile do not count', () => {
  const score = scoreRoom('azure', OUTCOMES, []);
  expect(score).toMatchObject({ mutants: 5, killed: 3, doNotCompile: 2 });
  expect(percentKilled(score)).toBe(60);
});

it('survivors without a reason are printed in the order of the file, as lines that can be copied', () => {
  const score = scoreRoom('azure', OUTCOMES, [reason('d')]);
  expect(survivorLines(score, false)).toEqual(['src/azure/settings/cloud.ts:', '  - "e"  # line 2']);
  expect(survivorLines(score, true)).toContain('  - "d"  # line 9, not covered: equivalent');
});

it('a reason whose mutant is killed now is reported', () => {
  const score = scoreRoom('azure', OUTCOMES, [reason('a'), reason('d'), reason('e')]);
  expect(survivorLines(score, false)).toEqual([
    'No longer survivors, to be deleted from bench/mutation/survivors/azure.yaml:',
    '  src/azure/settings/cloud.ts  a',
  ]);
});
