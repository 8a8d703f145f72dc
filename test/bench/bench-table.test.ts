import { expect, it } from 'vitest';
import { atMost, tableLines } from '../../bench/print-table.ts';

it('a table shows limit, measured value and whether the limit holds', () => {
  const rows = [
    atMost('mean', 1.02, 1.03, (value) => value.toFixed(3)),
    atMost('history events', 432, 400),
    { what: 'makespan', measured: '5m41s' },
  ];
  expect(tableLines('Makespan ÷ critical path', rows)).toEqual([
    'Makespan ÷ critical path  measured  limit',
    '────────────────────────  ────────  ───────  ──────',
    'mean                         1.020  ≤ 1.030  ok',
    'history events                 432  ≤ 400    FAILED',
    'makespan                     5m41s',
  ]);
});
