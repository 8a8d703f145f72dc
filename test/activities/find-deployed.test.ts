import { expect, it } from 'vitest';
import { findDeployedActivity } from '../../src/activities/find-deployed.ts';
import type { Instance } from '../../src/deployment/run/instance.ts';
import { silentContext } from '../support/call-activity.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';

const run = { customStatus: { run: 'r1', steps: [] } };

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
      anInstance('c:stands:r1', 'Completed', run),
    ),
  ).toEqual({ ids: ['stands', 'again'] });
});

it('without deployments nothing is checked for drift', async () => {
  expect(await find()).toEqual({ ids: [] });
  await expect(findDeployedActivity(new MadeUpHub())('text', silentContext())).rejects.toThrow('object');
});
