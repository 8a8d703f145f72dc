import { afterEach, describe, expect, it, vi } from 'vitest';
import { findEventsActivity } from '../../src/activities/find-events.ts';
import { driftFingerprint } from '../../src/deployment/run/drift.ts';
import type { Instance } from '../../src/deployment/run/instance.ts';
import { branchInstanceIds } from '../../src/steps/branch-instance-ids.ts';
import { aDeployment } from '../support/a-deployment.ts';
import { silentContext } from '../support/call-activity.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const URLS = { status: 'https://service/air' };
const DEPLOYMENT = aDeployment({ id: 'air', resourceGroupName: 'rg' });
/** When instances were updated last: see made-up-hub.ts. */
const UPDATED = '2026-11-30T08:05:00.000Z';
const ABOUT = { id: 'air', run: 'r1', urls: URLS };

const run = (runtimeStatus: string, customStatus: object = {}, input: object = {}, output: object = {}) =>
  anInstance('d:air', runtimeStatus, {
    input: { run: 'r1', hash: 'h', deployment: DEPLOYMENT, ...input },
    customStatus: { run: 'r1', steps: [], ...customStatus },
    output,
  });

const asked = {
  deploymentId: 'air',
  run: 'r1',
  events: ['awaitingApproval', 'step', 'ended', 'expiring', 'drift'],
  urls: URLS,
  sent: [],
  quietSeconds: 0,
};

const find = (instances: readonly Instance[], rest: object = {}) =>
  findEventsActivity(new MadeUpHub(...instances))({ ...asked, ...rest }, silentContext());

const nothing = (rest: object = {}) => ({ events: [], over: false, requeueAfterSeconds: 5, ...rest });

describe('a run that goes on', () => {
  it('has nothing to send', async () => {
    expect(await find([run('Running')])).toEqual(nothing());
  });

  it('has asked for approval', async () => {
    const approval = { state: 'Awaiting', requestedAt: '2026-11-30T08:01:00Z', expiresAt: '2026-12-01T08:01:00Z' };
    expect(await find([run('Running', { approval })])).toMatchObject({
      events: [{ event: 'awaitingApproval', occurredAt: '2026-11-30T08:01:00Z', data: { ...ABOUT, approval } }],
      over: false,
    });
  });

  const step = (name: string, endedAt: string) => ({ name, state: 'Succeeded', endedAt });

  it('has steps that ended, its own and those of its branches', async () => {
    const [first = '', second = ''] = branchInstanceIds({ run: 'r1', deployment: DEPLOYMENT });
    const branch = (id: string, ...steps: readonly object[]) => anInstance(id, 'Running', { customStatus: { steps } });
    const found = await find([
      run('Running', { steps: [step('resource-group', '2026-11-30T08:01:00Z')] }),
      branch(first, step('cluster', '2026-11-30T08:04:00Z')),
      branch(second, step('registry', '2026-11-30T08:02:00Z')),
    ]);
    expect(found).toMatchObject({
      events: [
        { event: 'step', step: 'resource-group', occurredAt: '2026-11-30T08:01:00Z', data: ABOUT },
        { event: 'step', step: 'registry', data: { ...ABOUT, step: step('registry', '2026-11-30T08:02:00Z') } },
        { event: 'step', step: 'cluster' },
      ],
      over: false,
    });
  });

  /** Which instances are read for a run with the given input. */
  const read = async (input: object, events: readonly string[] = ['step']): Promise<readonly string[]> => {
    const hub = new MadeUpHub(run('Running', {}, input));
    const find = vi.spyOn(hub, 'find');
    await findEventsActivity(hub)({ ...asked, events }, silentContext());
    return find.mock.calls.map(([id]) => id);
  };

  it('has only the branches that it began with', async () => {
    const whole = branchInstanceIds({ run: 'r1', deployment: DEPLOYMENT });
    const steps = ['resource-group', 'storage'];
    const part = branchInstanceIds({ run: 'r1', deployment: DEPLOYMENT, steps });
    expect(part.length).toBeLessThan(whole.length);
    expect(await read({})).toEqual(['d:air', ...whole]);
    expect(await read({ steps })).toEqual(['d:air', ...part]);
    expect(await read({ deployment: undefined })).toEqual(['d:air']);
  });

  it('does not read its branches for who does not ask for steps', async () => {
    expect(await read({}, ['ended'])).toEqual(['d:air']);
  });
});

describe('a run that ended', () => {
  const ended = (data: object, rest: object = {}) => ({
    event: 'ended',
    occurredAt: UPDATED,
    data: { ...ABOUT, warnings: [], ...data },
    ...rest,
  });

  it('is sent with its outputs, after which nothing comes', async () => {
    const instance = run('Completed', {}, {}, { outputs: { OIDC_URL: 'https://issuer' } });
    expect(await find([instance])).toEqual({
      events: [
        ended({
          status: 'Succeeded',
          outputs: { OIDC_URL: 'https://issuer' },
          deployed: { run: 'r1', endedAt: UPDATED },
        }),
      ],
      over: true,
      requeueAfterSeconds: 5,
    });
  });

  it('has the correlation id of its request', async () => {
    const deployment = { ...DEPLOYMENT, correlationId: 'mine' };
    expect(await find([run('Failed', {}, { deployment })])).toMatchObject({
      events: [{ event: 'ended', data: { correlationId: 'mine', status: 'Failed' } }],
      over: true,
    });
  });

  it('is sent once', async () => {
    expect(await find([run('Completed')], { sent: ['ended'] })).toEqual(nothing({ over: true }));
  });

  it('is sent only to who asks for it', async () => {
    const steps = [{ name: 'cluster', state: 'Failed', endedAt: UPDATED }];
    const instance = run('Failed', { steps });
    const events = async (rest: object) =>
      Object(await find([instance], rest)).events.map((event: object) => Object(event).event);
    expect(await events({})).toEqual(['step', 'ended']);
    expect(await events({ events: ['step'] })).toEqual(['step']);
    expect(await events({ sent: ['step:cluster'] })).toEqual(['ended']);
    expect(await events({ sent: ['step:other'] })).toEqual(['step', 'ended']);
  });

  it('is sent from what a later run remembers of it', async () => {
    const earlierRuns = [
      { run: 'r0', status: 'Failed', startedAt: 's', endedAt: 'e0' },
      { run: 'r1', status: 'Failed', startedAt: 's', endedAt: 'e1', error: 'cluster: QuotaExceeded' },
    ];
    const later = run('Running', {}, { run: 'r2', earlierRuns });
    expect(await find([later], { correlationId: 'mine' })).toEqual({
      events: [
        {
          event: 'ended',
          occurredAt: 'e1',
          data: {
            ...ABOUT,
            correlationId: 'mine',
            status: 'Failed',
            error: { message: 'cluster: QuotaExceeded' },
            superseded: true,
          },
        },
      ],
      over: true,
      requeueAfterSeconds: 5,
    });
    expect(await find([later], { run: 'r0' })).toEqual({
      events: [{ event: 'ended', occurredAt: 'e0', data: { ...ABOUT, run: 'r0', status: 'Failed', superseded: true } }],
      over: true,
      requeueAfterSeconds: 5,
    });
  });
});

describe('a run that left what exists', () => {
  const before = { run: 'r1', endedAt: '2026-11-30T08:00:00Z', deployment: DEPLOYMENT };
  const earlierRuns = [{ run: 'r1', status: 'Succeeded', startedAt: 's', endedAt: 'e' }];
  const later = (status: string, steps: readonly object[] = []) =>
    run(status, { steps }, { run: 'r2', deployed: before, earlierRuns });
  const expiring = { state: 'Expiring', expiresAt: '2026-12-02T00:00:00Z', noticeAt: '2026-12-01T00:00:00Z' };
  const steps = [{ name: 'storage', action: 'update', resourceId: 'id', changes: [] }];
  const beside = [
    anInstance('e:air:r1', 'Running', { customStatus: expiring }),
    anInstance('r:air', 'Completed', { output: { run: 'r1', checkedAt: 'c', changes: 1, steps } }),
  ];
  const EVENTS = { events: ['ended', 'expiring', 'drift'], sent: ['ended'] };

  it('is heard of on after a later one was refused, until one succeeds', async () => {
    const events = [
      { event: 'expiring', data: ABOUT },
      { event: 'drift', data: ABOUT },
    ];
    expect(await find([later('Failed'), ...beside], EVENTS)).toMatchObject({ events, over: false });
    expect(await find([later('Completed'), ...beside], EVENTS)).toEqual(nothing({ over: true }));
    const changed = later('Failed', [{ name: 'storage', state: 'Failed', wrote: true }]);
    expect(await find([changed, ...beside], EVENTS)).toMatchObject({ events: [{ event: 'expiring' }] });
  });

  it('is named by the end of the later one, with what that changed', async () => {
    const asked = { run: 'r2', events: ['ended'] };
    const deployed = { run: 'r1', endedAt: before.endedAt };
    expect(await find([later('Failed')], asked)).toMatchObject({ events: [{ data: { run: 'r2', deployed } }] });
    const [first = ''] = branchInstanceIds({ run: 'r2', deployment: DEPLOYMENT });
    const branch = anInstance(first, 'Completed', {
      output: { steps: [{ name: 'cluster', state: 'Failed', wrote: true }] },
    });
    const changedBy = [{ run: 'r2', steps: ['cluster'] }];
    expect(await find([later('Failed'), branch], asked)).toMatchObject({
      events: [{ data: { run: 'r2', deployed: { ...deployed, changedBy } } }],
    });
  });

  it('is not told of the expiry that the later one asked for', async () => {
    const notice = anInstance('e:air:r2', 'Running', { customStatus: expiring });
    expect(await find([later('Failed'), notice], { ...EVENTS, run: 'r2' })).toEqual(nothing({ over: true }));
  });
});

describe('a run that is not there', () => {
  it.each([
    [0, false],
    [600, false],
    [600.1, true],
  ])('after %d quiet seconds is given up: %s', async (quietSeconds, over) => {
    const report = { events: [], over, requeueAfterSeconds: Math.max(5, quietSeconds * 0.05) };
    expect(await find([], { quietSeconds })).toEqual(report);
    expect(await find([run('Running', {}, { run: 'r2' })], { quietSeconds })).toEqual(report);
  });
});

describe('the next check', () => {
  it.each([
    ['Running', 99, 5],
    ['Running', 101, 5.05],
    ['Running', 6000, 300],
    ['Running', 100_000, 300],
    ['Completed', 100_000, 3600],
    ['Completed', 60_000, 3000],
  ])('at a run that is %s comes after %d quiet seconds in %d s', async (status, quietSeconds, seconds) => {
    const { requeueAfterSeconds } = Object(await find([run(status)], { quietSeconds }));
    expect(requeueAfterSeconds).toBeCloseTo(seconds);
  });

  it('at a run that is not there comes in 300 s at the latest', async () => {
    expect(await find([], { quietSeconds: 100_000 })).toMatchObject({ requeueAfterSeconds: 300 });
  });
});

describe('the expiry of a run', () => {
  const expiry = (runtimeStatus: string, customStatus?: object) =>
    anInstance('e:air:r1', runtimeStatus, { ...(customStatus && { customStatus }) });

  const view = (state: string) => ({ state, expiresAt: '2026-12-02T00:00:00Z', noticeAt: '2026-12-01T00:00:00Z' });
  const EVENTS = { events: ['ended', 'expiring'], sent: ['ended'] };

  it('is announced', async () => {
    expect(await find([run('Completed'), expiry('Running', view('Expiring'))], EVENTS)).toEqual({
      events: [
        {
          event: 'expiring',
          occurrence: '2026-12-02T00:00:00Z',
          occurredAt: '2026-12-01T00:00:00Z',
          data: { ...ABOUT, expiresAt: '2026-12-02T00:00:00Z' },
        },
      ],
      over: false,
      requeueAfterSeconds: 5,
    });
  });

  it.each([
    ['is only just asked for', expiry('Running'), false],
    ['is to come', expiry('Running', view('Scheduled')), false],
    ['was a while ago', expiry('Running', view('Expired')), true],
    ['is over', expiry('Completed', view('Over')), true],
    ['is of another run', anInstance('e:air:r0', 'Running', { customStatus: view('Expiring') }), true],
  ])('that %s leaves it open whether something comes', async (_, instance, over) => {
    expect(await find([run('Completed'), instance], EVENTS)).toEqual(nothing({ over }));
  });

  it('does not matter to who does not ask for it', async () => {
    const instances = [run('Completed'), expiry('Running', view('Expiring'))];
    expect(await find(instances, { events: ['ended'], sent: ['ended'] })).toEqual(nothing({ over: true }));
  });
});

describe('the drift of a run', () => {
  const STEPS = [{ name: 'storage', action: 'update', resourceId: 'id', changes: [] }];
  const EVENTS = { events: ['ended', 'drift'], sent: ['ended'] };
  const CHECKED = '2026-12-01T00:00:00Z';

  const report = (parts: object = {}) =>
    anInstance('r:air', 'Completed', { output: { run: 'r1', checkedAt: CHECKED, changes: 1, steps: STEPS, ...parts } });

  const DRIFT = {
    event: 'drift',
    occurrence: driftFingerprint(STEPS),
    occurredAt: CHECKED,
    data: { ...ABOUT, checkedAt: CHECKED, changes: 1, steps: STEPS },
  };

  const undo = (runtimeStatus: string, undone = 'r1') =>
    anInstance('u:air', runtimeStatus, { customStatus: { run: undone, steps: [] } });

  it('is sent; as long as the service checks, more may come', async () => {
    expect(await find([run('Completed'), report()], EVENTS)).toEqual(nothing({ events: [DRIFT], over: true }));
    vi.stubEnv('DRIFT_SCHEDULE', '0 0 3 * * *');
    expect(await find([run('Completed'), report()], EVENTS)).toEqual(nothing({ events: [DRIFT] }));
    expect(await find([run('Completed')], EVENTS)).toEqual(nothing());
    expect(await find([run('Completed'), report({ run: 'r0' })], EVENTS)).toEqual(nothing());
    expect(await find([run('Completed'), report(), undo('Completed', 'r0')], EVENTS)).toEqual(
      nothing({ events: [DRIFT] }),
    );
  });

  it.each([
    ['failed', [run('Failed'), report()]],
    ['is deleted', [run('Completed'), report(), undo('Completed')]],
    ['is being deleted', [run('Completed'), report(), undo('Running')]],
  ])('of a run that %s is of no interest', async (_, instances) => {
    vi.stubEnv('DRIFT_SCHEDULE', '0 0 3 * * *');
    expect(await find(instances, EVENTS)).toEqual(nothing({ over: true }));
  });

  it('does not matter to who does not ask for it', async () => {
    vi.stubEnv('DRIFT_SCHEDULE', '0 0 3 * * *');
    expect(await find([run('Completed'), report()], { events: ['ended'], sent: ['ended'] })).toEqual(
      nothing({ over: true }),
    );
  });
});

it('what another release recorded is followed as far as it can be read', async () => {
  const old = anInstance('d:air', 'Running', { input: { run: 'r1' }, customStatus: { steps: [] } });
  expect(await find([old])).toEqual(nothing());
});
