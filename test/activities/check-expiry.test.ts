import { describe, expect, it } from 'vitest';
import { checkExpiryActivity } from '../../src/activities/check-expiry.ts';
import type { Instance } from '../../src/deployment/run/instance.ts';
import { aDeployment } from '../support/a-deployment.ts';
import { silentContext } from '../support/call-activity.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';

const DEPLOYMENT = aDeployment({ id: 'air', resourceGroupName: 'rg' });

const deployed = (run = 'r1', id = 'air') =>
  anInstance(`d:${id}`, 'Completed', { input: { run, hash: 'h', deployment: { ...DEPLOYMENT, id } } });

const undo = (runtimeStatus: string, run = 'r1') =>
  anInstance('u:air', runtimeStatus, { customStatus: { run, steps: [] } });

const check = async (due: boolean, ...instances: readonly Instance[]) => {
  const hub = new MadeUpHub(...instances);
  const report = await checkExpiryActivity(hub)({ deploymentId: 'air', run: 'r1', due }, silentContext());
  return { ...Object(report), started: hub.started };
};

const nothingStarted = (state: string) => ({ state, started: [] });

describe('before it is due a run', () => {
  it.each([
    ['waits', 'waiting', [deployed()]],
    ['is over when there is no such deployment', 'over', []],
    ['is over when another one took its place', 'over', [deployed('r2')]],
    ['is over when it was deleted', 'over', [deployed(), undo('Completed')]],
    ['is over when its deletion failed', 'over', [deployed(), undo('Failed')]],
    ['is being deleted', 'undoing', [deployed(), undo('Running')]],
    ['waits though an earlier one was deleted', 'waiting', [deployed(), undo('Completed', 'r0')]],
    ['waits when another release recorded it', 'waiting', [anInstance('d:air', 'Completed', { input: 'unknown' })]],
  ])('%s', async (_, state, instances) => {
    expect(await check(false, ...instances)).toEqual(nothingStarted(state));
  });
});

describe('when it is due a run', () => {
  const STARTED = [
    {
      orchestrator: 'undo',
      instanceId: 'u:air',
      input: {
        schemaVersion: 1,
        run: 'r1',
        deployment: DEPLOYMENT,
        purge: false,
        expired: true,
      },
    },
  ];

  it.each([
    ['is deleted', [deployed()]],
    ['is deleted again when that failed before', [deployed(), undo('Failed')]],
    ['is deleted though an earlier one was', [deployed(), undo('Completed', 'r0')]],
  ])('%s', async (_, instances) => {
    expect(await check(true, ...instances)).toEqual({ state: 'undoing', started: STARTED });
  });

  it.each([
    ['is deleted already', 'undone', [deployed(), undo('Completed')]],
    ['is being deleted', 'undoing', [deployed(), undo('Running')]],
    ['is over when another one took its place', 'over', [deployed('r2')]],
    [
      'waits for another deployment in its group',
      'undoing',
      [deployed(), { ...deployed('r9', 'b'), runtimeStatus: 'Running' }],
    ],
    ['waits for a release that can read it', 'undoing', [anInstance('d:air', 'Completed', { input: 'unknown' })]],
  ])('%s', async (_, state, instances) => {
    expect(await check(true, ...instances)).toEqual(nothingStarted(state));
  });
});
