import { describe, expect, it } from 'vitest';
import { faultsOf, pairs } from '../../bench/races/pairs.ts';
import { racePair } from '../../bench/races/race-pair.ts';
import type { Answer } from '../../bench/races/race-world.ts';
import { BENCH, runCli } from '../cli/run-cli.ts';

it.each(pairs.map((pair) => [pair.name, pair] as const))(
  'at the same moment over HTTP: %s',
  async (_, pair) => {
    const { faults, races } = await racePair(pair, 4);
    expect([races, [...faults]]).toEqual([4, []]);
  },
  60_000,
);

describe('a race', () => {
  const [pair] = pairs.filter(({ name }) => name === 'DELETE, DELETE');
  const documented = new Map([['delete /deployments/{id}', new Set([202, 409, 500])]]);
  const judged = (second: number, status: string): readonly string[] => {
    const answer = (code: number): Answer => ({
      operation: 'delete /deployments/{id}',
      status: code,
      problem: undefined,
      run: 'r1',
    });
    if (!pair) throw new Error('There is no such pair.');
    return faultsOf(pair, [answer(202), answer(second)], { status }, documented);
  };

  it('is lost by an answer that is not documented, by a 500 and by callers who do not agree', () => {
    expect(judged(202, 'Deleted')).toEqual([]);
    expect(judged(418, 'Deleted')[0]).toContain('answered 418');
    expect(judged(500, 'Deleted')[0]).toContain('answered 500');
    expect(judged(202, 'Succeeded')).toEqual(['is no one outcome: 202 202 Succeeded']);
  });
});

it('npm run races says how it is used', async () => {
  const { code, stdout } = await runCli(['races', '--help'], {}, BENCH);
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: npm run races');
});
