import { expect, it } from 'vitest';
import type { Baseline, Trial } from '../../bench/crash-test/share-report.ts';
import { tryShare } from '../../bench/crash-test/try-share.ts';
import { BENCH, runCli } from '../cli/run-cli.ts';

it('a host that is dropped at a commit and started again loses nothing and does nothing twice', async () => {
  const baselines: Baseline[] = [];
  const trials: Trial[] = [];
  await tryShare({ share: 0, shares: 1, from: 13, every: 110 }, (message) => {
    if (message.kind === 'baseline') baselines.push(message.baseline);
    else trials.push(message.trial);
  });
  expect(baselines.map(({ faults }) => faults)).toEqual([[]]);
  expect(trials.length).toBeGreaterThanOrEqual(7);
  expect(new Set(trials.map(({ drop }) => `${drop.order} ${drop.when}`)).size).toBe(4);
  expect(trials.filter(({ faults, duplicates }) => faults.length + duplicates.length > 0)).toEqual([]);
}, 60_000);

it('npm run crash-test says how it is used', async () => {
  const { code, stdout } = await runCli(['crash-test', '--help'], {}, BENCH);
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: npm run crash-test');
});
