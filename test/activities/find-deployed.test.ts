import { expect, it } from 'vitest';
import { findDeployedActivity } from '../../src/activities/find-deployed.ts';
import type { Instance } from '../../src/deployment/run/instance.ts';
import { aDeployment } from '../support/a-deployment.ts';
import { silentContext } from '../support/call-activity.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';

const run = { customStatus: { run: 'r1', steps: [] } };

/** A run that inherited what exists. */
const withDeployed = (id: string) => {
  const deployment = aDeployment({ id });
  const deployed = { run: 'r1', endedAt: '2026-11-30T08:00:00Z', deployment };
  return { input: { run: 'r2', deployment, deployed } };
};

const find = (...instances: readonly Instance[]) =>
  findDeployedActivity(new MadeUpHub(...instances))({}, silentContext());

it('what is checked for drift are the deployments that succeeded and stand', async () => {
  expect(
    await find(
      anInstance('d:stands', 'Completed', run),
      anInstance('d:goes-on', 'Running', run),
      anInstance('d:failed', 'Failed', run),
      anInstance('d:cancelled', 'Completed', { customStatus: { run: 'r1', steps: [], cancelled: true } }),
      anInstance('d:deleted', 'Completed', run),
      anInstance('u:deleted', 'Completed', run),
      anInstance('d:being-deleted', 'Completed', run),
      anInstance('u:being-deleted', 'Running', run),
      anInstance('d:again', 'Completed', run),
      anInstance('u:again', 'Completed', { customStatus: { run: 'r0', steps: [] } }),
      anInstance('d:locked', 'Completed', run),
      anInstance('u:locked', 'Failed', run),
      anInstance('d:refused', 'Failed', withDeployed('refused')),
      anInstance('d:waits', 'Running', withDeployed('waits')),
      anInstance('c:stands:r1', 'Completed', run),
    ),
  ).toEqual({ ids: ['stands', 'again', 'locked', 'refused', 'waits'] });
});

it('without deployments nothing is checked for drift', async () => {
  expect(await find()).toEqual({ ids: [] });
  await expect(findDeployedActivity(new MadeUpHub())('text', silentContext())).rejects.toThrow('object');
});
