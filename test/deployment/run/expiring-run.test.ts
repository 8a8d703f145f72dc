import { expect, it } from 'vitest';
import { recordOf } from '../../../src/deployment/run/deployment-record.ts';
import { mayExpire } from '../../../src/deployment/run/expiring-run.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { anInstance } from '../../support/an-instance.ts';

const deployment = aDeployment({ id: 'a' });
const deployed = { run: 'r1', endedAt: '2026-01-01T00:10:00.000Z', deployment };
const first = { run: 'r2', deployment };
const second = { ...first, deployed };
const refused = { runtimeStatus: 'Failed', input: second };

it.each([
  ['of the latest run, which goes on', 'r2', { input: first }, true],
  ['of the latest run, which goes on where something exists', 'r2', { input: second }, true],
  ['of the latest run, which succeeded', 'r2', { runtimeStatus: 'Completed', input: second }, true],
  ['of the latest run, which failed where nothing exists', 'r2', { runtimeStatus: 'Failed', input: first }, true],
  ['of the latest run, which failed where something exists', 'r2', refused, false],
  ['of what exists, after a run that failed', 'r1', refused, true],
  ['of what exists, while a run goes on', 'r1', { input: second }, true],
  ['of what existed before a run that succeeded', 'r1', { runtimeStatus: 'Completed', input: second }, false],
  ['of a run that is neither', 'r0', refused, false],
  ['of a run whose latest cannot be read', 'r1', { runtimeStatus: 'Completed', input: 'unknown' }, true],
])('whether the expiry %s counts', (_, run, latest, counts) => {
  const instance = anInstance(latest);
  expect(mayExpire(run, recordOf(instance), instance)).toBe(counts);
});
