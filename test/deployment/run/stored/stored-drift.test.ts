import { describe, expect, it } from 'vitest';
import { driftOf, driftReportFor, storedDriftFoundSchema } from '../../../../src/deployment/run/stored/stored-drift.ts';
import { anInstance } from '../../../support/an-instance.ts';

const change = { property: 'nodeCount', from: '5', to: '3' };
const step = { name: 'cluster', action: 'replace', resourceId: '/x', changes: [change], note: 'Read this.' };
const error = { code: 'c', message: 'm', remedy: 'r' };
const found = { run: 'r1', steps: [step], error };

describe('what a check for drift found, as another release stored it', () => {
  it('is read whole, with what this release does not know', () => {
    const stored = { ...found, steps: [{ ...step, later: 1 }], error: { ...error, later: 1 }, later: 1 };
    expect(storedDriftFoundSchema.parse(stored)).toEqual(stored);
  });

  it('may say little', () => {
    expect(storedDriftFoundSchema.parse({ run: 'r1' })).toEqual({ run: 'r1', steps: [] });
    expect(storedDriftFoundSchema.parse({ run: 'r1', error: { code: 'c' } })).toEqual({
      run: 'r1',
      steps: [],
      error: { code: 'c', message: '' },
    });
  });

  it('leaves out steps and changes that cannot be read', () => {
    const least = { name: 'cluster', action: 'update' };
    const steps = [
      7,
      { name: 'cluster' },
      { action: 'update' },
      { ...least, changes: [{ property: 'sku' }, {}, 7] },
      least,
    ];
    expect(storedDriftFoundSchema.parse({ run: 'r1', steps }).steps).toEqual([
      { ...least, resourceId: '', changes: [{ property: 'sku', from: '', to: '' }] },
      { ...least, resourceId: '', changes: [] },
    ]);
  });

  it.each([{}, { run: 'r1', error: {} }, { run: 'r1', steps: 7 }])('is none when it is %j', (stored) => {
    expect(storedDriftFoundSchema.safeParse(stored).success).toBe(false);
  });
});

describe('the last check for drift', () => {
  const summary = { checkedAt: '2026-01-01T00:00:00Z', changes: 1 };
  const kept = anInstance({
    customStatus: { run: 'r1', ...summary, error: 'c', later: 1 },
    output: { ...found, ...summary },
  });

  it('is shown with the run that it is of', () => {
    expect(driftOf('r1', kept)).toEqual({ drift: { ...summary, error: 'c' } });
    expect(driftReportFor('r1', kept)).toEqual({ ...found, ...summary });
  });

  it('is not shown with another run', () => {
    expect(driftOf('r2', kept)).toEqual({});
    expect(driftReportFor('r2', kept)).toBeUndefined();
  });

  it.each(['☂', undefined, {}, { run: 'r1' }, { checkedAt: summary.checkedAt }])(
    'is not shown when all that is kept is %j',
    (stored) => {
      const instance = anInstance({ customStatus: stored, output: stored });
      expect(driftOf('r1', instance)).toEqual({});
      expect(driftReportFor('r1', instance)).toBeUndefined();
    },
  );

  it('may say neither how many steps differ nor why it failed', () => {
    const least = { run: 'r1', checkedAt: summary.checkedAt };
    const instance = anInstance({ customStatus: least, output: least });
    expect(driftOf('r1', instance)).toEqual({ drift: { checkedAt: summary.checkedAt } });
    expect(driftReportFor('r1', instance)).toEqual({ ...least, steps: [] });
  });
});
