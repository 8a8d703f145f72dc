import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StepStatus } from '../../../src/deployment/driver/step.ts';
import { finding } from '../../../src/deployment/plan/finding.ts';
import { fitCustomStatus } from '../../../src/deployment/run/fit-custom-status.ts';

const PLATFORM_LIMIT = 8_704;

const text = fc.string({ maxLength: 1024 });

const record: fc.Arbitrary<StepStatus> = fc.record({
  name: fc.stringMatching(/^image:[a-z]{80,100}:[a-z]{20,27}$/),
  state: fc.constant('Failed' as const),
  startedAt: fc.constant('2026-01-01T00:00:00.000Z'),
  endedAt: fc.constant('2026-01-01T00:00:00.000Z'),
  attempts: fc.nat(99),
  polls: fc.nat(999),
  resourceId: fc.string({ maxLength: 300 }),
  note: text,
  error: fc.record({
    code: text,
    message: text,
    class: fc.constant('permanent' as const),
    correlationId: fc.uuid(),
    remedy: text,
  }),
});

it('keeps every custom status below what the platform refuses, and every step in it', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 25, maxLength: 30 }), (steps) => {
      const fitted = fitCustomStatus({ steps });
      expect(JSON.stringify(fitted).length).toBeLessThan(PLATFORM_LIMIT);
      expect(fitted.steps.map(({ name }) => name)).toEqual(steps.map(({ name }) => name));
    }),
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
  expect(shown.length).toBeGreaterThanOrEqual(8);
  expect(shown[0]).toMatchObject({ rule: 'source-image-missing', step: 'image:0' });
  expect(JSON.stringify(shown).length).toBeLessThan(PLATFORM_LIMIT);
});
