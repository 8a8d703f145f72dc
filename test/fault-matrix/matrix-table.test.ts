import { expect, it } from 'vitest';
import { brokenLines, cellText, matrixLines } from '../../bench/fault-matrix/matrix-table.ts';
import type { Scenario, Verdict } from '../../bench/fault-matrix/scenario.ts';

const verdict = (outcome: Verdict['outcome'], attempts: number, broken: string[] = []): Verdict => ({
  outcome,
  attempts,
  modelledSeconds: 419.4,
  realMs: 500,
  broken,
});

const scenario = (request: string, fault: string): Scenario => ({
  request,
  fault,
  variant: '',
  faults: [],
  clientTimeouts: false,
  passes: true,
});

it.each([
  { verdicts: [], text: '·' },
  { verdicts: [verdict('S', 2)], text: 'S2' },
  { verdicts: [verdict('F', 1), verdict('F', 1), verdict('S', 2)], text: 'F1×2 S2' },
  { verdicts: [verdict('F', 1), verdict('F', 1, ['no remedy'])], text: 'F1 !F1' },
  { verdicts: [verdict('R', 0, ['still running'])], text: '!R' },
])('a cell reads $text', ({ verdicts, text }) => {
  expect(cellText(verdicts)).toBe(text);
});

const outcomes = [
  { scenario: scenario('PUT a', 'throttled'), verdict: verdict('S', 2) },
  { scenario: scenario('GET b', 'slow'), verdict: verdict('F', 1, ['no remedy: x']) },
];

it('the table has a line for each request and a column for each fault', () => {
  const kinds = ['throttled', 'slow'].map((name) => ({ name, heading: name, description: `what ${name} is` }));
  expect(matrixLines(['PUT a', 'GET b'], kinds, outcomes).slice(0, 4)).toEqual([
    'request × fault  throttled  slow',
    '───────────────  ─────────  ────',
    'PUT a            S2         ·',
    'GET b            ·          !F1',
  ]);
});

it('what was broken is said with the cell', () => {
  expect(brokenLines(outcomes)).toEqual(['GET b × slow: F1 after 419 modelled seconds', '  no remedy: x']);
});
