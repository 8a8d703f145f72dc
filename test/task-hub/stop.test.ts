import { InvocationContext } from '@azure/functions';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findUnderWayActivity } from '../../src/activities/find-under-way.ts';
import { stopActivity } from '../../src/activities/stop.ts';
import { branchInstanceIds } from '../../src/steps/branch-instance-ids.ts';
import { requestCancel } from '../../src/task-hub/request-cancel.ts';
import { startUndo } from '../../src/task-hub/start-undo.ts';
import { aDeployment } from '../support/a-deployment.ts';
import { anInstance, MadeUpHub } from './made-up-hub.ts';

const deployment = aDeployment({ id: 'one' });
const run = { run: 'r1', deployment };
const branches = branchInstanceIds(run);
const BY = { id: '1', name: 'alice', kind: 'user' as const };

const parent = (runtimeStatus: string) => anInstance('d:one', runtimeStatus);
const branch = (instanceId: string, runtimeStatus: string) => anInstance(instanceId, runtimeStatus);

const told = (hub: MadeUpHub): string[] => hub.raised.map(({ instanceId }) => instanceId);

/** Nothing here may wait: no timer ever fires. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));

afterEach(() => void vi.useRealTimers());

describe('a request to stop', () => {
  it('goes to the deployment first, then to every branch, and says who asks', async () => {
    const hub = new MadeUpHub(parent('Running'), ...branches.map((id) => branch(id, 'Running')));
    await requestCancel(hub, run, BY);
    expect(told(hub)).toEqual(['d:one', ...branches]);
    for (const { event, data } of hub.raised) expect([event, data]).toEqual(['cancel', { requested: true, by: BY }]);
  });

  it('goes to no branch that has ended', async () => {
    const [first = '', ...others] = branches;
    const hub = new MadeUpHub(
      parent('Running'),
      branch(first, 'Completed'),
      ...others.map((id) => branch(id, 'Running')),
    );
    await requestCancel(hub, run);
    expect(told(hub)).toEqual(['d:one', ...others]);
  });

  it('does not wait for branches that are just being started: whatever waits for the end of the run tells them', async () => {
    const [first = '', ...others] = branches;
    const instance = anInstance('d:one', 'Running', { input: { run: 'r1', deployment } });
    const hub = new MadeUpHub(instance, branch(first, 'Pending'));
    await requestCancel(hub, run);
    expect(told(hub)).toEqual(['d:one']);
    for (const id of [first, ...others]) hub.set(branch(id, 'Running'));
    const input = { subscriptionId: deployment.subscriptionId, deploymentId: 'one', run: 'r1', seen: 'r1' };
    const call = { input, critical: false, runningSeconds: 0, retries: {} };
    for (const [activity, asked] of [
      [findUnderWayActivity, { ...input, seen: undefined }],
      [stopActivity, { ...input, run: undefined }],
    ] as const) {
      hub.raised.length = 0;
      await activity(hub)({ ...call, input: asked }, new InvocationContext());
      expect(told(hub)).toEqual(['d:one', ...branches]);
    }
  });
});

describe('a deletion', () => {
  const options = { purge: true, requestedBy: BY };

  it('starts the undo of a deployment that has ended, and stops nothing', async () => {
    const hub = new MadeUpHub(parent('Completed'));
    await startUndo(hub, { ...run, instance: parent('Completed') }, options);
    expect(hub.raised).toEqual([]);
    expect(hub.started).toEqual([
      {
        orchestrator: 'undo',
        instanceId: 'u:one',
        input: expect.objectContaining({ run: 'r1', deployment, purge: true, requestedBy: BY }),
      },
    ]);
  });

  it('stops a deployment that is running first, in the name of who asks', async () => {
    const hub = new MadeUpHub(parent('Running'), ...branches.map((id) => branch(id, 'Running')));
    await startUndo(hub, { ...run, instance: parent('Running') }, options);
    expect(hub.raised[0]).toEqual({ instanceId: 'd:one', event: 'cancel', data: { requested: true, by: BY } });
    expect(hub.started).toHaveLength(1);
  });

  it('leaves one that is under way alone', async () => {
    const hub = new MadeUpHub(parent('Running'), anInstance('u:one', 'Running'));
    await startUndo(hub, { ...run, instance: parent('Running') }, options);
    expect([...hub.raised, ...hub.started]).toEqual([]);
  });

  it('begins anew after one that failed', async () => {
    const hub = new MadeUpHub(parent('Completed'), anInstance('u:one', 'Failed'));
    await startUndo(hub, { ...run, instance: parent('Completed') }, options);
    expect(hub.started).toHaveLength(1);
  });

  it('is content when another request of the same moment was first, and not when nothing was started', async () => {
    const hub = new MadeUpHub(parent('Completed'));
    const start = () => startUndo(hub, { ...run, instance: parent('Completed') }, options);
    hub.onStart = () => {
      throw new Error('HTTP 503');
    };
    await expect(start()).rejects.toThrow('HTTP 503');
    hub.onStart = () => {
      hub.set(anInstance('u:one', 'Running'));
      throw new Error('HTTP 409');
    };
    await expect(start()).resolves.toMatchObject({ instanceId: 'u:one', runtimeStatus: 'Running' });
  });
});
