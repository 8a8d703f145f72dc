import { expect, it } from 'vitest';
import { endOfOrchestration } from '../../src/telemetry/orchestration-end.ts';

const step = { name: 'cluster', state: 'Succeeded', attempts: 1, polls: 3, startedAt: 'a', endedAt: 'b' };
const error = { step: 'cluster', code: 'QuotaExceeded', message: 'No.', class: 'permanent' };
const thrown = (state: object) => new Error(`cluster: no\n\n$OutOfProcData$:${JSON.stringify(state)}`);

it('says nothing of an orchestration that goes on, or that drives no steps', () => {
  expect(
    endOfOrchestration({ instanceId: 'd:one' }, { isDone: false, customStatus: { steps: [] } }, null),
  ).toBeUndefined();
  expect(endOfOrchestration({ instanceId: 'c:one:run' }, { isDone: true, output: {} }, null)).toBeUndefined();
  expect(endOfOrchestration({ instanceId: 'drift-check' }, { isDone: true, output: {} }, null)).toBeUndefined();
  expect(endOfOrchestration(undefined, undefined, null)).toBeUndefined();
});

it('reports a deployment by its own steps: those of branches are reported by the branches', () => {
  const customStatus = { run: 'r1', steps: [step] };
  const output = { steps: [step, { ...step, name: 'registry' }] };
  expect(endOfOrchestration({ instanceId: 'd:one' }, { isDone: true, output, customStatus }, null)).toMatchObject({
    kind: 'deployment',
    deployment: 'one',
    run: 'r1',
    status: 'Succeeded',
    steps: [{ name: 'cluster' }],
  });
  const branch = { isDone: true, output: { ok: true, steps: [step] }, customStatus: { steps: [] } };
  expect(endOfOrchestration({ instanceId: 's:one:r1:cluster' }, branch, null)).toMatchObject({
    kind: 'branch',
    deployment: 'one',
    run: 'r1',
    steps: [{ name: 'cluster' }],
  });
});

it('distinguishes cancelled, failed and undone', () => {
  const cancelled = {
    isDone: true,
    output: { cancelled: true },
    customStatus: { run: 'r', steps: [], cancelled: true },
  };
  expect(endOfOrchestration({ instanceId: 'd:one' }, cancelled, null)?.status).toBe('Cancelled');
  const failed = thrown({ isDone: false, error: 'cluster: no', customStatus: { run: 'r', steps: [step], error } });
  expect(endOfOrchestration({ instanceId: 'd:one' }, null, failed)).toMatchObject({
    status: 'Failed',
    run: 'r',
    error,
  });
  const undone = { isDone: true, output: { steps: [] }, customStatus: { run: 'r', steps: [] } };
  expect(endOfOrchestration({ instanceId: 'u:one' }, undone, null)).toMatchObject({ kind: 'undo', status: 'Deleted' });
  // One that broke before it could say anything.
  expect(endOfOrchestration({ instanceId: 'd:one' }, null, new Error('boom'))).toBeUndefined();
});
