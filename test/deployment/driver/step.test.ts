import { expect, it } from 'vitest';
import { stepErrorSchema, stepStatusSchema } from '../../../src/deployment/driver/step.ts';

const error = { code: 'Conflict', message: 'Later.', class: 'busy' } as const;

it.each(['Waiting', 'Running', 'Retrying', 'Succeeded', 'Failed', 'Cancelled', 'Skipped'])(
  'a step that is %s is kept as it is',
  (state) => {
    const status = { name: 'cluster', state, attempts: 1, polls: 0 };
    expect(stepStatusSchema.parse(status)).toEqual(status);
  },
);

it.each(['created', 'updated', 'unchanged', 'deleted'])('all that is known of a step that %s something', (change) => {
  const status = {
    name: 'image:airflow:1',
    state: 'Succeeded',
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:01:00.000Z',
    attempts: 2,
    polls: 3,
    resourceId: '/x',
    change,
    changed: ['sku'],
    digest: 'sha256:0',
    note: 'Kept.',
    error: { ...error, status: 409, correlationId: 'abc', remedy: 'Wait.' },
  };
  expect(stepStatusSchema.parse(status)).toEqual(status);
});

it.each(['throttle', 'transient', 'replication', 'busy', 'external-limit', 'capacity', 'crash', 'permanent'])(
  'an error of the class %s is kept as it is',
  (errorClass) => {
    expect(stepErrorSchema.parse({ ...error, class: errorClass })).toEqual({ ...error, class: errorClass });
  },
);

it.each([
  [stepStatusSchema, { name: 'cluster', state: 'Asleep', attempts: 1, polls: 0 }],
  [stepStatusSchema, { name: 'cluster', state: 'Running', attempts: 1 }],
  [stepErrorSchema, { ...error, class: 'bad luck' }],
  [stepErrorSchema, { message: 'Later.', class: 'busy' }],
])('what nobody can read is refused', (schema, stored) => {
  expect(schema.safeParse(stored).success).toBe(false);
});
