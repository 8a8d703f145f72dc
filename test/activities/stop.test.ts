import { describe, expect, it } from 'vitest';
import { stopActivity } from '../../src/activities/stop.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { callActivity } from '../support/call-activity.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';

const deployed = (runtimeStatus: string, run = 'r1') =>
  anInstance('d:air', runtimeStatus, { input: { run }, customStatus: { run, steps: [] } });

const stop = (hub: MadeUpHub, run?: string, checkpoint?: string) =>
  callActivity(
    stopActivity(hub),
    { subscriptionId: SUBSCRIPTION, deploymentId: 'air', ...(run !== undefined && { run }) },
    { ...(checkpoint !== undefined && { checkpoint }) },
  );

const DONE = { kind: 'done', value: {}, change: 'unchanged' };

describe('an undo waits for the deployment', () => {
  it.each(['Completed', 'Failed', 'Terminated', 'Canceled'])('not when that is %s', async (status) => {
    expect(await stop(new MadeUpHub(deployed(status)))).toEqual(DONE);
  });

  it.each(['Running', 'Pending', 'Suspended'])('while that is %s', async (status) => {
    expect(await stop(new MadeUpHub(deployed(status)))).toEqual({ kind: 'wait', requeueAfterSeconds: 3 });
  });

  it('a minute at least when it is to be sure that no other run begins', async () => {
    const hub = new MadeUpHub(deployed('Completed'));
    expect(await stop(hub, 'r1')).toEqual({ kind: 'wait', requeueAfterSeconds: 60, checkpoint: 'announced' });
    expect(await stop(hub, 'r1', 'announced')).toEqual(DONE);
    expect(await stop(new MadeUpHub(deployed('Running')), 'r1', 'announced')).toEqual({
      kind: 'wait',
      requeueAfterSeconds: 3,
    });
  });
});

it('an undo of a run that another one followed is none', async () => {
  const superseded = { kind: 'done', value: { superseded: true }, change: 'unchanged' };
  expect(await stop(new MadeUpHub(deployed('Running', 'r2')), 'r1')).toEqual(superseded);
  expect(await stop(new MadeUpHub(deployed('Completed', 'r2')), 'r1', 'announced')).toEqual(superseded);
});

it('an undo of a deployment that is not there is tried again', async () => {
  expect(await stop(new MadeUpHub())).toMatchObject({
    kind: 'wait',
    error: { message: 'The task hub does not know the deployment air.' },
  });
});
