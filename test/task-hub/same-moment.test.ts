import { InvocationContext } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { stopActivity } from '../../src/activities/stop.ts';
import { isUndoOf } from '../../src/deployment/run/deployment-status.ts';
import { WAITS_FOR_DELETION } from '../../src/deployment/run/waits-for-deletion.ts';
import { isEarlierRunBeingDeleted } from '../../src/task-hub/is-earlier-run-being-deleted.ts';
import { startRun } from '../../src/task-hub/start-run.ts';
import { aDeployment } from '../support/a-deployment.ts';
import { anInstance, MadeUpHub } from './made-up-hub.ts';

const deployment = aDeployment({ id: 'one' });
const inputOf = (run: string) => ({
  schemaVersion: 1,
  run,
  hash: 'h',
  deployment,
  settings: { imageImportConcurrency: 2 },
  skipPreflight: false,
  earlierRuns: [],
});
const aRun = (run: string, runtimeStatus: string, customStatus?: unknown) =>
  anInstance('d:one', runtimeStatus, { input: inputOf(run), customStatus });

describe('a start', () => {
  const started = (hub: MadeUpHub, before?: ReturnType<typeof aRun>) => startRun(hub, inputOf('mine'), before);

  it('gives the run that it began', async () => {
    expect(await started(new MadeUpHub())).toMatchObject({ input: { run: 'mine' } });
  });

  it.each(['Running', 'Failed'])(
    'that comes after another one gives that, also when it is %s by now',
    async (state) => {
      const hub = new MadeUpHub(aRun('old', 'Completed'));
      hub.onStart = () => {
        hub.set(aRun('other', state));
        throw new Error('HTTP 409');
      };
      expect(await started(hub, aRun('old', 'Completed'))).toMatchObject({ input: { run: 'other' } });
    },
  );

  it('that started nothing is an error', async () => {
    const hub = new MadeUpHub(aRun('old', 'Completed'));
    hub.onStart = () => {
      throw new Error('HTTP 500');
    };
    await expect(started(hub, aRun('old', 'Completed'))).rejects.toThrow('could not be started');
  });
});

describe('a run that begins while an earlier one is being deleted', () => {
  const undo = (runtimeStatus: string, run = 'r1', customStatus?: unknown) =>
    anInstance('u:one', runtimeStatus, { input: { run, deployment }, customStatus });

  it.each([
    ['waits', undo('Running'), true],
    ['does not wait for a deletion that has ended', undo('Completed'), false],
    ['does not wait for its own deletion', undo('Running', 'r2'), false],
    ['does not wait for one that has taken it over', undo('Running', 'r1', { run: 'r2', steps: [] }), false],
  ])('%s', async (_, found, waits) => {
    expect(await isEarlierRunBeingDeleted(new MadeUpHub(aRun('r2', 'Running'), found), 'one')).toBe(waits);
  });

  const stop = (hub: MadeUpHub) => {
    const input = { subscriptionId: deployment.subscriptionId, deploymentId: 'one', seen: 'r1' };
    const call = { input, critical: false, runningSeconds: 0, retries: {} };
    return stopActivity(hub)(call, new InvocationContext());
  };

  it('is left to wait when it has seen the deletion', async () => {
    const hub = new MadeUpHub(aRun('r2', 'Running', { steps: [], waiting: WAITS_FOR_DELETION }));
    expect(await stop(hub)).toMatchObject({ kind: 'done', value: {} });
    expect(hub.raised).toEqual([]);
  });

  it('is neither stopped nor passed over before it is known whether it has seen it', async () => {
    const hub = new MadeUpHub(aRun('r2', 'Running', { steps: [] }));
    expect(await stop(hub)).toMatchObject({ kind: 'wait' });
    expect(hub.raised).toEqual([]);
  });

  it.each([
    ['has begun a step', { steps: [{ name: 'resource-group', state: 'Running' }] }],
    [
      'waits for approval',
      { steps: [], approval: { state: 'Awaiting', requestedAt: '2026-12-01', expiresAt: '2026-12-02' } },
    ],
  ])('is stopped when it %s', async (_, customStatus) => {
    const hub = new MadeUpHub(aRun('r2', 'Running', customStatus));
    // No branch of it ever comes: the request to stop gives up waiting for them once the whole has ended.
    const find = hub.find.bind(hub);
    hub.find = async (id) => (hub.raised.length > 0 && id === 'd:one' ? aRun('r2', 'Completed') : find(id));
    expect(await stop(hub)).toMatchObject({ kind: 'wait' });
    expect(hub.raised.map(({ instanceId, event }) => [instanceId, event])).toEqual([['d:one', 'cancel']]);
  });

  it('is deleted in place of the one that was seen once it has ended', async () => {
    const hub = new MadeUpHub(aRun('r2', 'Completed', { cancelled: true, steps: [] }));
    expect(await stop(hub)).toMatchObject({ kind: 'done', value: { later: { run: 'r2' } } });
  });

  it('is what the deletion is of then', () => {
    const taken = undo('Completed', 'r1', { run: 'r2', steps: [] });
    expect([isUndoOf(aRun('r2', 'Completed'), taken), isUndoOf(aRun('r1', 'Completed'), taken)]).toEqual([true, false]);
  });
});
