import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  activityResultOf,
  activityResultSchema,
  stepCallSchema,
} from '../../../src/deployment/driver/activity-result.ts';

const call = { input: {}, critical: true, runningSeconds: 0, retries: { busy: 1 } };

const busy = { code: 'Busy', message: 'Later.', class: 'busy' } as const;

describe('what follows from the result of an activity', () => {
  it.each([
    { kind: 'done', value: 7, change: 'created' },
    { kind: 'failed', error: { code: 'Forbidden', message: 'No.', class: 'permanent' } },
  ] as const)('$kind ends the step as it is', (result) => {
    expect(activityResultOf(result, call, 0)).toEqual(result);
  });

  it('an operation that runs is inspected again, with what the activity wants to know then', () => {
    const running = { usualSeconds: 100, checkpoint: 'sent', resourceId: '/x', note: 'At work.' };
    expect(activityResultOf({ kind: 'running', ...running }, call, 1)).toEqual({
      kind: 'wait',
      requeueAfterSeconds: 60,
      checkpoint: 'sent',
      resourceId: '/x',
      note: 'At work.',
    });
  });

  it.each([
    ['later for a step with slack', { critical: false }, {}, 140],
    ['sooner the longer it has been running', { runningSeconds: 40 }, {}, 20],
    ['not before Azure’s Retry-After', {}, { pollAfterSeconds: 90 }, 90],
  ])('%s', (_, at, result, requeueAfterSeconds) => {
    const running = { kind: 'running', usualSeconds: 100, ...result } as const;
    expect(activityResultOf(running, { ...call, ...at }, 0)).toMatchObject({ kind: 'wait', requeueAfterSeconds });
  });

  it.each([
    ['the second retry of its class', {}, busy, 0, 45],
    ['the first retry of another class', {}, { ...busy, class: 'crash' }, 0, 5],
    ['what the service asks for', { retryAfterSeconds: 50 }, busy, 0, 50],
    ['stretched by the jitter', {}, busy, 1, 54],
  ] as const)('an error that passes is retried after %s', (_, result, error, jitter, requeueAfterSeconds) => {
    const retry = { kind: 'retry', error, checkpoint: 'failed', ...result } as const;
    const expected = { kind: 'wait', error, checkpoint: 'failed', requeueAfterSeconds };
    expect(activityResultOf(retry, call, jitter)).toEqual(expected);
  });

  it.each([
    ['permanent', 0],
    ['capacity', 1],
  ] as const)('an error of the class %s fails the step after %i retries, with its reason', (errorClass, count) => {
    const error = { ...busy, class: errorClass };
    const retried = { ...call, retries: { [errorClass]: count } };
    expect(activityResultOf({ kind: 'retry', error, retryAfterSeconds: 1 }, retried, 0)).toEqual({
      kind: 'failed',
      error,
    });
  });
});

describe('durable history', () => {
  it.each([
    {
      kind: 'done',
      value: { id: '/x' },
      change: 'updated',
      changed: ['sku'],
      resourceId: '/x',
      digest: 'sha256:0',
      note: 'Kept.',
    },
    { kind: 'done', value: 'only this', change: 'unchanged' },
    { kind: 'wait', requeueAfterSeconds: 3, error: busy, checkpoint: 'a', resourceId: '/x', note: 'At work.' },
    { kind: 'wait', requeueAfterSeconds: 3 },
    { kind: 'failed', error: busy },
  ])('keeps all of the result %j', (result) => {
    expect(activityResultSchema(z.unknown()).parse(result)).toEqual(result);
  });

  it.each([
    { kind: 'done', value: 'no number', change: 'created' },
    { kind: 'done', value: 1, change: 'improved' },
    { kind: 'wait' },
    { kind: 'over' },
  ])('does not take %j for a result whose value is a number', (result) => {
    expect(activityResultSchema(z.number()).safeParse(result).success).toBe(false);
  });

  it.each([
    { step: 'cluster', run: '0f966a50', ageSeconds: 5, checkpoint: 'a', ...call },
    { input: {}, critical: false, runningSeconds: 0, retries: {} },
  ])('keeps all of the call %j', (stored) => {
    expect(stepCallSchema.parse(stored)).toEqual(stored);
  });

  it('keeps an error of a class that another release knows, and how often it was retried', () => {
    const result = { kind: 'wait', requeueAfterSeconds: 3, error: { ...busy, class: 'policy-lag' } };
    expect(activityResultSchema(z.unknown()).parse(result)).toEqual(result);
    const stored = { ...call, retries: { 'policy-lag': 1 } };
    expect(stepCallSchema.parse(stored)).toEqual(stored);
  });
});
