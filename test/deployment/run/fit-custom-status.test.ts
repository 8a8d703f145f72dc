import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StepStatus } from '../../../src/deployment/driver/step.ts';
import { finding } from '../../../src/deployment/plan/finding.ts';
import { fitCustomStatus } from '../../../src/deployment/run/fit-custom-status.ts';

const PLATFORM_LIMIT = 8_704;

const anyText = fc.string({ maxLength: 1024 });

const record: fc.Arbitrary<StepStatus> = fc.record({
  name: fc.stringMatching(/^image:[a-z]{80,100}:[a-z]{20,27}$/),
  state: fc.constant('Failed' as const),
  startedAt: fc.constant('2026-01-01T00:00:00.000Z'),
  endedAt: fc.constant('2026-01-01T00:00:00.000Z'),
  attempts: fc.nat(99),
  polls: fc.nat(999),
  resourceId: fc.string({ maxLength: 300 }),
  note: anyText,
  error: fc.record({
    code: anyText,
    message: anyText,
    class: fc.constant('permanent' as const),
    correlationId: fc.uuid(),
    remedy: anyText,
  }),
});

const step = (error: Partial<StepStatus['error']> & object, more: Partial<StepStatus> = {}): StepStatus => ({
  name: 's',
  state: 'Failed',
  attempts: 2,
  polls: 3,
  ...more,
  error: { code: 'c', message: 'm', class: 'permanent', ...error },
});

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

const text = (length: number): string => 't'.repeat(length);

describe('what a status leaves out', () => {
  it('nothing of 8,000 characters, then warnings and findings first', () => {
    const status = (length: number) => ({ steps: [], warnings: [text(length)] });
    const room = 8000 - JSON.stringify(status(0)).length;
    expect(fitCustomStatus(status(room))).toEqual(status(room));
    expect(fitCustomStatus(status(room + 1))).toEqual({ steps: [] });
  });

  it('the ends of texts and codes that no status shows whole', () => {
    const error = (code: number, length: number) => ({ code: text(code), message: text(length), remedy: text(length) });
    const cut = (length: number): string => `${text(length - 1)}…`;
    const whole = { steps: [step(error(80, 1024))], error: { ...error(80, 1024), class: 'busy', step: 's' } } as const;
    expect(fitCustomStatus(whole)).toEqual(whole);
    const { steps, error: first } = fitCustomStatus({
      steps: [step({ ...error(81, 1025), correlationId: 'id' })],
      error: { ...error(81, 1025), class: 'busy', step: 's' },
    });
    const shown = { code: cut(80), message: cut(1024), remedy: cut(1024) };
    expect(steps).toEqual([step({ ...shown, correlationId: 'id' })]);
    expect(first).toEqual({ ...shown, class: 'busy', step: 's' });
  });

  it.each([
    [10, 300],
    [20, 100],
  ])('of %i steps with long errors, and of findings, all but %i characters', (count, length) => {
    const found = finding('policy-refuses', text(1000));
    const status = { steps: times(count, step({ message: text(1000), remedy: 'r' })), findings: [found] };
    const message = `${text(length - 1)}…`;
    expect(fitCustomStatus(status)).toStrictEqual({
      steps: times(count, step({ message, remedy: 'r' })),
      findings: [{ ...found, message }],
    });
  });

  it('of many steps: ids, notes, remedies and what changed', () => {
    const details = { resourceId: '/x', note: text(300), changed: ['sku'], digest: 'sha256:0' };
    const status = {
      run: 'r1',
      steps: times(30, step({ remedy: 'r', correlationId: 'id', status: 409 }, details)),
      error: { code: 'c', message: 'm', class: 'busy', remedy: 'r', step: 's' },
      warnings: ['w'],
      findings: [finding('locked', 'm')],
    } as const;
    expect(fitCustomStatus(status)).toStrictEqual({
      run: 'r1',
      steps: times(30, step({})),
      error: { code: 'c', message: 'm', class: 'busy', step: 's' },
    });
  });

  it('then messages', () => {
    const { error: _, ...well } = step({});
    const status = { steps: [...times(30, step({ code: text(80), message: text(100) }, { name: text(20) })), well] };
    expect(fitCustomStatus(status)).toStrictEqual({
      steps: [...times(30, step({ code: text(80), message: '' }, { name: text(20) })), well],
    });
  });

  it('at last all but what each step is and how far it came', () => {
    const status = { run: 'r1', steps: times(30, step({ code: text(80) }, { name: text(128), startedAt: '2026' })) };
    expect(fitCustomStatus(status)).toStrictEqual({
      run: 'r1',
      steps: times(30, { name: text(128), state: 'Failed', attempts: 2, polls: 3 }),
    });
  });
});

it('keeps every custom status below what the platform refuses, and every step in it', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 25, maxLength: 30 }), (steps) => {
      const fitted = fitCustomStatus({ steps });
      expect(JSON.stringify(fitted).length).toBeLessThan(PLATFORM_LIMIT);
      expect(fitted.steps.map(({ name }) => name)).toEqual(steps.map(({ name }) => name));
    }),
    { numRuns: 50 },
  );
});

it('leaves a small status as it is', () => {
  const status = { steps: [{ name: 'registry', state: 'Running' as const, attempts: 1, polls: 0 }], warnings: ['w'] };
  expect(fitCustomStatus(status)).toEqual(status);
});

it('shows as many findings as fit, whole while they do', () => {
  const findings = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => finding('source-image-missing', 'm'.repeat(length), `image:${index}`));
  const few = { steps: [], findings: findings(5, 300) };
  expect(fitCustomStatus(few)).toEqual(few);
  const { findings: shown = [] } = fitCustomStatus({ steps: [], findings: findings(35, 900) });
  expect(shown).toHaveLength(8);
  expect(shown[0]).toMatchObject({ rule: 'source-image-missing', step: 'image:0' });
  expect(JSON.stringify(shown).length).toBeLessThan(PLATFORM_LIMIT);
});

describe('what an undo leaves', () => {
  const kept = (count: number, length = 200) =>
    Array.from({ length: count }, (_, index) => ({ id: `/${index}${text(length)}`, reason: 'foreign' }));

  it('is kept as it is when it fits', () => {
    const status = { steps: [], kept: kept(10), inside: ['/a'] };
    expect(fitCustomStatus(status)).toEqual(status);
  });

  it('is shown in part when it does not: the first ones', () => {
    const status = { steps: [step({})], kept: kept(100), inside: times(100, text(200)) };
    const fitted = fitCustomStatus(status);
    expect(fitted.kept).toEqual(status.kept.slice(0, 12));
    expect(fitted.inside).toHaveLength(12);
  });

  it('never makes the status too long', () => {
    const status = {
      steps: times(40, step({ message: text(1000) })),
      kept: kept(50, 2000),
      inside: times(50, text(2000)),
    };
    expect(JSON.stringify(fitCustomStatus(status)).length).toBeLessThan(PLATFORM_LIMIT);
  });
});
