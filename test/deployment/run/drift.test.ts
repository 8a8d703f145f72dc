import { expect, it } from 'vitest';
import {
  type DriftFound,
  type DriftStep,
  driftFingerprint,
  driftReportOf,
  driftReportSchema,
  driftStepOf,
  driftSummaryOf,
  driftSummarySchema,
} from '../../../src/deployment/run/drift.ts';

const step = (changes: DriftStep['changes'], note?: string): DriftStep => ({
  name: 'cluster',
  action: 'update',
  resourceId: '/x',
  changes,
  ...(note !== undefined && { note }),
});

it('a report stays small, whatever a check finds', () => {
  const changes = Array.from({ length: 500 }, (_, index) => ({
    property: `tags.${index}`,
    from: 'a'.repeat(5000),
    to: 'b',
  }));
  expect(JSON.stringify(driftStepOf(step(changes, 'n'.repeat(5000)))).length).toBeLessThan(4000);
});

it('keeps the first ten differences, 120 characters of a value and 300 of a note', () => {
  const value = (length: number) => 'v'.repeat(length);
  const change = (length: number) => ({ property: 'tags', from: value(length), to: value(length) });
  const whole = step(
    Array.from({ length: 10 }, () => change(120)),
    value(300),
  );
  expect(driftStepOf(whole)).toStrictEqual(whole);
  const cut = `${value(119)}…`;
  expect(driftStepOf(step([change(121)], value(301)))).toStrictEqual(
    step([{ property: 'tags', from: cut, to: cut }], `${value(299)}…`),
  );
  expect(driftStepOf(step(Array.from({ length: 11 }, () => change(1)))).changes).toHaveLength(10);
  expect(driftStepOf(step([]))).toStrictEqual(step([]));
});

const checkedAt = '2026-01-01T00:00:00Z';
const found: DriftFound = { run: 'r1', steps: [step([{ property: 'nodeCount', from: '5', to: '3' }], 'Look.')] };
const failed: DriftFound = { run: 'r1', steps: [], error: { code: 'Forbidden', message: 'No.', remedy: 'Ask.' } };

it('a check that went well says how many steps differ', () => {
  const report = driftReportOf(found, checkedAt);
  expect(report).toStrictEqual({ ...found, checkedAt, changes: 1 });
  expect(driftSummaryOf(report)).toStrictEqual({ run: 'r1', checkedAt, changes: 1 });
});

it('a check that could not be made says why, and not that nothing differs', () => {
  const report = driftReportOf(failed, checkedAt);
  expect(report).toStrictEqual({ ...failed, checkedAt });
  expect(driftSummaryOf(report)).toStrictEqual({ run: 'r1', checkedAt, error: 'Forbidden' });
});

const unread: DriftStep = { ...step([]), name: 'registry', action: 'unknown', note: 'Not checked: Throttled.' };

it('a check that could not read everything counts that apart', () => {
  const report = driftReportOf({ run: 'r1', steps: [...found.steps, unread] }, checkedAt);
  expect(report).toStrictEqual({ run: 'r1', steps: [...found.steps, unread], checkedAt, changes: 1, notChecked: 1 });
  expect(driftSummaryOf(report)).toStrictEqual({ run: 'r1', checkedAt, changes: 1, notChecked: 1 });
  expect(driftReportSchema.parse(report)).toEqual(report);
  expect(driftFingerprint(report.steps)).toBe(driftFingerprint(found.steps));
});

it.each([found, failed])('the report of %j is shown whole', (kept) => {
  const report = driftReportOf(kept, checkedAt);
  expect(driftReportSchema.parse(report)).toEqual(report);
  expect(driftSummarySchema.parse(driftSummaryOf(report))).toEqual(driftSummaryOf(report));
});

it.each(['create', 'update'] as const)('the report shows a step that a POST would %s', (action) => {
  const report = driftReportOf({ run: 'r1', steps: [{ ...step([]), action }] }, checkedAt);
  expect(driftReportSchema.parse(report)).toEqual(report);
});

it('the same drift has the same fingerprint, another one another', () => {
  const one = step([{ property: 'nodeCount', from: '5', to: '3' }]);
  const two = step([{ property: 'nodeCount', from: '6', to: '3' }]);
  expect(driftFingerprint([one])).toBe(driftFingerprint([{ ...one, note: 'seen later' }]));
  expect(driftFingerprint([one])).not.toBe(driftFingerprint([two]));
  expect(driftFingerprint([one])).not.toBe(driftFingerprint([one, two]));
  expect(driftFingerprint([one])).toMatch(/^[0-9a-f]{16}$/);
  expect(driftFingerprint([one])).not.toBe(driftFingerprint([{ ...one, name: 'registry' }]));
  expect(driftFingerprint([one])).not.toBe(driftFingerprint([{ ...one, action: 'create' }]));
});
