import { describe, expect, it } from 'vitest';
import {
  readableStepsSchema,
  storedErrorSchema,
  storedResultSchema,
  storedStatusSchema,
  storedStepSchema,
  storedStepsSchema,
} from '../../../../src/deployment/run/stored/stored-status.ts';

const error = { code: 'c', message: 'm', class: 'boredom', status: 409, correlationId: 'id', remedy: 'r' };

const step = {
  name: 'cluster',
  state: 'Asleep',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:10:00Z',
  attempts: 1,
  polls: 2,
  resourceId: '/x',
  change: 'improved',
  changed: ['sku'],
  digest: 'sha256:0',
  note: 'Kept.',
  error,
};

const finding = { rule: 'locked', severity: 'hint', message: 'm', remedy: 'r', step: 'cluster', help: 'h' };

const status = {
  run: 'r1',
  steps: [step],
  warnings: ['w'],
  findings: [finding],
  waiting: 'In the queue.',
  approval: {
    state: 'Postponed',
    requestedAt: '2026-01-01T00:00:00Z',
    expiresAt: '2026-01-02T00:00:00Z',
    decidedAt: '2026-01-01T01:00:00Z',
    by: 'Ada',
    byId: 'object-id',
    byVerified: true,
    reason: 'Later.',
  },
  error: { step: 'cluster', ...error },
  cancelled: true,
  cancelledBy: { id: 'object-id', name: 'Ada', kind: 'user' },
};

describe('the status of an orchestration that another release stored', () => {
  it('is read whole, with what this release does not know', () => {
    const stored = { ...status, steps: [{ ...step, later: 1 }], findings: [{ ...finding, later: 1 }], later: 1 };
    expect(storedStatusSchema.parse(stored)).toEqual(stored);
  });

  it('says at least something', () => {
    const least = {
      steps: [{ name: 'cluster', state: 'Running' }],
      findings: [{ rule: 'locked', severity: 'error', message: 'm' }],
      approval: { state: 'Awaiting' },
      error: { code: 'c' },
    };
    expect(storedStatusSchema.parse(least)).toEqual({
      steps: [{ name: 'cluster', state: 'Running', attempts: 0, polls: 0 }],
      findings: [{ rule: 'locked', severity: 'error', message: 'm', remedy: '', help: '' }],
      approval: { state: 'Awaiting', requestedAt: '', expiresAt: '' },
      error: { step: 'deployment', code: 'c', message: '', class: 'permanent' },
    });
    expect(storedStatusSchema.parse({})).toEqual({ steps: [] });
  });

  it('is not hidden by a part that cannot be read', () => {
    const odd = Object.fromEntries(Object.keys(status).map((field) => [field, 7]));
    expect(storedStatusSchema.parse({ ...odd, run: 'r1' })).toEqual({ run: 'r1', steps: [] });
    const members = { steps: [7, step], warnings: ['w', 7], findings: [7, finding, {}] };
    expect(storedStatusSchema.parse({ ...status, ...members })).toEqual(status);
    const { error: _, ...well } = step;
    expect(storedStatusSchema.parse({ steps: [{ ...step, error: 7 }] })).toEqual({ steps: [well] });
  });
});

describe('a stored step', () => {
  it.each(['name', 'state'])('is none without its %s', (field) => {
    expect(storedStepSchema.safeParse({ ...step, [field]: undefined }).success).toBe(false);
  });

  it('is left out of a list when it cannot be read; a list that is missing is empty', () => {
    expect(readableStepsSchema.parse([step, { name: 'registry' }])).toEqual([step]);
    expect(storedStepsSchema.parse(undefined)).toEqual([]);
    expect(storedStepsSchema.safeParse(7).success).toBe(false);
  });
});

it('a stored error has a code', () => {
  expect(storedErrorSchema.parse({ step: 'cluster', ...error, later: 1 })).toEqual({
    step: 'cluster',
    ...error,
    later: 1,
  });
  expect(storedErrorSchema.safeParse({ message: 'm' }).success).toBe(false);
});

it('a stored result holds the outputs that are texts', () => {
  expect(storedResultSchema.parse({ steps: [step], outputs: { a: 'x', b: 7 }, later: 1 })).toEqual({
    steps: [step],
    outputs: { a: 'x' },
    later: 1,
  });
  expect(storedResultSchema.parse({ steps: 7, outputs: 7 })).toEqual({ steps: [] });
  expect(storedResultSchema.parse({})).toEqual({ steps: [] });
});
