import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../command-line/format-duration.ts';
import { drawTimeline, shortenName } from '../../local/cli/demo/timeline.ts';

describe('drawTimeline', () => {
  it('draws the steps as bars on one axis', () => {
    const rows = [
      { name: 'resource-group', start: 0, end: 2, critical: true },
      { name: 'key-vault', start: 2, end: 30, critical: true },
      { name: 'storage', start: 2, end: 20, critical: false },
      { name: 'cluster', start: 30, end: 120, critical: true },
      { name: 'connect', start: undefined, end: undefined, critical: false },
    ];
    expect(drawTimeline(rows, 80)).toEqual([
      '                 0             30s            1m            1m30s',
      '* resource-group █                                                            2s',
      '* key-vault       █████████████                                              28s',
      '  storage         ▒▒▒▒▒▒▒▒▒                                                  18s',
      '* cluster                      ███████████████████████████████████████████ 1m30s',
      '  connect                                                                      –',
    ]);
  });

  it('fits the width that it is given, from 80 to 120 columns, and shows every step that ran', () => {
    const row = fc.record({
      name: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }).map((name) => `s${name.trim()}`),
      start: fc.nat(5000),
      length: fc.nat(5000),
      critical: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 20, max: 300 }),
        (drawn, columns) => {
          const rows = drawn.map(({ start, length, ...rest }) => ({ ...rest, start, end: start + length }));
          const [, ...bars] = drawTimeline(rows, columns);
          const widest = Math.max(80, Math.min(120, columns));
          expect(bars).toHaveLength(rows.length);
          for (const [index, bar] of bars.entries()) {
            expect(bar.length).toBeLessThanOrEqual(widest);
            expect(bar).toMatch(rows[index]?.critical ? /█/ : /▒/);
          }
        },
      ),
    );
  });
});

describe('shortenName', () => {
  it('keeps the end, where images differ', () => {
    const short = shortenName('image:airflow:airflow-pgbouncer-2024.01.19-1.21.0', 24);
    expect(short).toHaveLength(24);
    expect(short).toMatch(/^image:airflo…1\.19-1\.21\.0$/);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [0.42, '0.4s'],
    [9.96, '10s'],
    [59.6, '1m00s'],
    [341, '5m41s'],
    [3725, '1h02m'],
  ])('%d seconds read %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
