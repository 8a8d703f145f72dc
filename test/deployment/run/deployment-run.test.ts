import { expect, it } from 'vitest';
import {
  deploymentErrorSchema,
  EARLIER_RUNS_KEPT,
  earlierRunSchema,
} from '../../../src/deployment/run/deployment-run.ts';

const earlier = {
  run: 'r0',
  status: 'Failed',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:10:00Z',
  error: 'Conflict',
  requestedBy: { id: 'object-id', name: 'Ada', kind: 'user' },
};

it('a deployment remembers ten earlier runs', () => {
  expect(EARLIER_RUNS_KEPT).toBe(10);
});

it('an earlier run is shown with all that is known of it, and nothing else', () => {
  expect(earlierRunSchema.parse({ ...earlier, later: 1 })).toEqual(earlier);
  const { error: _, requestedBy: __, ...well } = earlier;
  expect(earlierRunSchema.parse(well)).toEqual(well);
  expect(earlierRunSchema.safeParse({ ...well, run: undefined }).success).toBe(false);
});

it('an error is shown with the step that it stopped', () => {
  const error = { step: 'cluster', code: 'Conflict', message: 'Busy.', class: 'busy', status: 409, remedy: 'Wait.' };
  expect(deploymentErrorSchema.parse(error)).toEqual(error);
  expect(deploymentErrorSchema.safeParse({ ...error, step: undefined }).success).toBe(false);
});
