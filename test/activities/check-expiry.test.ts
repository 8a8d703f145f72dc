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

describe('a run that left what exists', () => {
  const before = { run: 'r1', endedAt: '2026-11-30T08:00:00Z', deployment: DEPLOYMENT };
  const later = (runtimeStatus: string, customStatus?: unknown) =>
    anInstance('d:air', runtimeStatus, {
      input: {
        run: 'r2',
        deployment: { ...DEPLOYMENT, clusterName: 'other' },
        deployed: before,
        earlier: [DEPLOYMENT],
      },
      customStatus,
    });

  it.each([
    ['waits though a later one was refused', false, 'waiting', later('Failed')],
    ['waits while a later one goes on', false, 'waiting', later('Running')],
    ['is over when a later one succeeded', true, 'over', later('Completed')],
    ['is kept until the end of a later one that goes on', true, 'undoing', later('Running')],
    ['is kept while a later one waits for its turn', true, 'undoing', later('Running', { waiting: 'at place 2' })],
  ])('%s', async (_, due, state, instance) => {
    expect(await check(due, instance)).toEqual(nothingStarted(state));
  });

  it.each([
    ['after a later one that was refused', later('Failed')],
    ['though a later one waits for approval', later('Running', { approval: { state: 'Awaiting' } })],
  ])('is deleted when it is due, by its own names too, %s', async (_, instance) => {
    const { state, started } = await check(true, instance);
    expect(state).toBe('undoing');
    expect(started).toMatchObject([
      { input: { run: 'r2', deployment: { clusterName: 'other' }, earlier: [DEPLOYMENT] } },
    ]);
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
