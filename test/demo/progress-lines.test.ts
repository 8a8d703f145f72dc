import { describe, expect, it } from 'vitest';
import { progressLines } from '../../local/cli/demo/step-lines.ts';
import { stepTable } from '../../local/cli/demo/step-table.ts';
import type { StepStatus } from '../../local/world/deployment-status.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const step = (name: string, state: StepStatus['state'], more: Partial<StepStatus> = {}): StepStatus => ({
  name,
  state,
  waitsFor: [],
  attempts: 1,
  polls: 0,
  ...more,
});

describe('progressLines', () => {
  it('shows starts and ends in the order in which they happened', () => {
    const before = [
      step('key-vault', 'Running', { startedAt: at(0) }),
      step('cluster', 'Waiting'),
      step('storage', 'Waiting'),
    ];
    const after = [
      step('key-vault', 'Succeeded', { startedAt: at(0), endedAt: at(21), change: 'created' }),
      step('cluster', 'Running', { startedAt: at(22) }),
      step('storage', 'Succeeded', { startedAt: at(1), endedAt: at(3), change: 'unchanged' }),
    ];
    expect(progressLines(before, after, at(25))).toEqual([
      'storage: Creating…',
      'storage: Succeeded after 2s (unchanged)',
      'key-vault: Succeeded after 21s (created)',
      'cluster: Creating…',
    ]);
    expect(progressLines(after, after, at(26))).toEqual([]);
  });

  it('shows failures and retries with their codes', () => {
    const error = { code: 'QuotaExceeded', message: 'Too many cores.' };
    const after = [
      step('cluster', 'Failed', { startedAt: at(0), endedAt: at(4), error }),
      step('storage', 'Retrying', { startedAt: at(0), error: { code: 'TooManyRequests', message: '' } }),
    ];
    expect(progressLines(undefined, after, at(7))).toEqual([
      'cluster: Creating…',
      'storage: Creating…',
      'cluster: Failed after 4s: QuotaExceeded',
      'storage: Retrying after TooManyRequests… [7s elapsed]',
    ]);
  });
});

describe('stepTable', () => {
  it('gives every step one line that is never wider than the terminal', () => {
    const steps = [
      step('image:airflow:airflow-pgbouncer-exporter-2024.06.18-0.17.0', 'Running', { startedAt: at(0) }),
      step('secrets', 'Waiting', { waitsFor: ['identity', 'container', 'cluster', 'registry'] }),
    ];
    for (const columns of [30, 60, 200]) {
      const lines = stepTable(steps, at(9), columns);
      expect(lines).toHaveLength(2);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    }
    expect(stepTable(steps, at(9), 200)[1]).toMatch(/· secrets +Waiting for identity, container and 2 more$/);
  });
});
