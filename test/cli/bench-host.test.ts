import { expect, it, onTestFinished } from 'vitest';
import { growthRows, shapeCells } from '../../bench/host/host-tables.ts';
import type { ShapeMeasure } from '../../bench/host/measure-host.ts';
import { MeasuredHost } from '../../bench/host/measured-host.ts';
import { columnLines } from '../../bench/print-table.ts';

const chain = (activities: number, hostMs: number): ShapeMeasure => ({
  name: 'chain',
  activities,
  runs: 1,
  wallMs: 200,
  cpuMs: hostMs + 50,
  sdkMs: 50,
  sdkAloneMs: 30,
  episodes: activities + 1,
  events: activities * 4,
});

it("the host's share is what the SDK does not take, and must not grow with the history", () => {
  const short = chain(100, 40);
  expect(shapeCells(short)).toEqual([
    'chain of 100 activities',
    '200',
    '101',
    '505',
    '400',
    '0.50',
    '90',
    '30',
    '50',
    '40',
    '100',
  ]);
  expect(growthRows([short, chain(1000, 1200)])[0]).toMatchObject({ measured: '3.0', limit: { holds: true } });
  expect(growthRows([short, chain(1000, 2000)])[0]).toMatchObject({ measured: '5.0', limit: { holds: false } });
});

it('columns stand under their headings', () => {
  expect(columnLines(['What', 'ms'], [['a chain', '7']])).toEqual(['What     ms', '───────  ──', 'a chain   7']);
});

it('instances are run over HTTP in a process of its own, and replayed by the SDK alone', async () => {
  const host = await MeasuredHost.open();
  onTestFinished(() => host.close());
  const { ids, episodes, events, wallMs, cpuMs, sdkMs } = await host.run('chain', 3, 2);
  expect({ started: ids.length, episodes, events }).toEqual({ started: 2, episodes: 8, events: 32 });
  expect(Math.min(wallMs, cpuMs - sdkMs, sdkMs)).toBeGreaterThan(0);
  const sdk = await host.replayBySdk(ids[0] ?? '');
  expect(sdk).toBeGreaterThan(0);
  const { rss, peakRss } = await host.memory();
  expect(peakRss).toBeGreaterThanOrEqual(Math.floor(rss));
});
