import { afterEach, describe, expect, it, vi } from 'vitest';
import { positionInQueue } from '../../src/activities/position-in-queue.ts';
import { AzureOperationError } from '../../src/azure/failures/azure-failure.ts';
import type { Instance } from '../../src/deployment/run/instance.ts';
import { aDeployment, SUBSCRIPTION } from '../support/a-deployment.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const OTHER_SUBSCRIPTION = '99999999-2222-4333-8444-555555555555';

interface Parts {
  /** When it was started, an hour and minutes. */
  readonly at?: string;
  readonly status?: string;
  readonly caller?: string;
  readonly owner?: string;
  readonly group?: string;
  readonly subscriptionId?: string;
  readonly approval?: object | 'not asked for yet';
  readonly steps?: readonly object[];
}

const instant = (at: string) => `2026-11-30T${at}:00.000Z`;

const deployed = (id: string, parts: Parts = {}): Instance => {
  const {
    at = '08:00',
    status = 'Running',
    caller,
    owner,
    group = `rg-${id}`,
    subscriptionId,
    approval,
    steps = [],
  } = parts;
  const input = {
    run: 'r1',
    hash: 'h',
    deployment: aDeployment({ id, resourceGroupName: group, ...(subscriptionId !== undefined && { subscriptionId }) }),
    ...(caller !== undefined && { requestedBy: { id: caller, name: caller, kind: 'user' } }),
    ...(owner !== undefined && { owner }),
    ...(approval !== undefined && { approval: { timeoutHours: 24 } }),
  };
  const customStatus = { run: 'r1', steps, ...(typeof approval === 'object' && { approval }) };
  return { ...anInstance(`d:${id}`, status, { input, customStatus }), createdTime: new Date(instant(at)) };
};

const position = (id: string, instances: readonly Instance[], turnSince?: string) =>
  positionInQueue(new MadeUpHub(...instances), { deploymentId: id, subscriptionId: SUBSCRIPTION, turnSince });

const positions = async (...instances: readonly Instance[]) =>
  Object.fromEntries(
    await Promise.all(
      instances.map(async ({ instanceId }) => {
        const id = instanceId.slice(2);
        return [id, await position(id, instances)] as const;
      }),
    ),
  );

const mostAtOnce = (most: number, ofCaller?: number): void => {
  vi.stubEnv('MAX_RUNNING_DEPLOYMENTS', `${most}`);
  if (ofCaller !== undefined) vi.stubEnv('MAX_RUNNING_DEPLOYMENTS_PER_CALLER', `${ofCaller}`);
};

describe('the queue of a subscription', () => {
  it('lets the first go on; the others wait by their start', async () => {
    mostAtOnce(2);
    expect(
      await positions(
        deployed('d', { at: '08:03' }),
        deployed('b', { at: '08:01' }),
        deployed('a', { at: '08:02' }),
        deployed('c', { at: '08:00' }),
      ),
    ).toEqual({ c: 0, b: 0, a: 1, d: 2 });
  });

  it('goes by the ids of those that were started at one moment', async () => {
    mostAtOnce(1);
    expect(await positions(deployed('c'), deployed('a'), deployed('b'))).toEqual({ a: 0, b: 1, c: 2 });
    expect(await positions(deployed('a'), deployed('b'), deployed('c'))).toEqual({ a: 0, b: 1, c: 2 });
  });

  it('counts neither what has ended nor other subscriptions nor what cannot be read', async () => {
    mostAtOnce(1);
    const others = [
      deployed('ended', { at: '07:00', status: 'Completed' }),
      deployed('elsewhere', { at: '07:00', subscriptionId: OTHER_SUBSCRIPTION }),
      anInstance('d:old', 'Running', { input: 'nothing that is understood' }),
    ];
    expect(await position('a', [...others, deployed('a', { at: '09:00' })])).toBe(0);
    expect(await position('a', [...others, deployed('b'), deployed('a', { at: '09:00' })])).toBe(1);
  });

  it('has no place for a deployment that the task hub does not list', async () => {
    mostAtOnce(1, 1);
    expect(await position('a', [deployed('b'), deployed('c')])).toBe(0);
  });
});

describe('a deployment that needs approval', () => {
  const approved = (at: string, state = 'Approved') => ({ state, decidedAt: instant(at) });

  it('is in the queue since its approval', async () => {
    mostAtOnce(1);
    expect(
      await positions(
        deployed('a', { at: '08:00', approval: approved('09:00') }),
        deployed('b', { at: '08:30' }),
        deployed('c', { at: '09:30' }),
      ),
    ).toEqual({ b: 0, a: 1, c: 2 });
  });

  it.each([
    ['has not asked for it yet', 'not asked for yet'],
    ['waits for it', { state: 'Awaiting' }],
    ['did not get it', approved('08:10', 'Rejected')],
    ['has it, nobody knows since when', { state: 'Approved' }],
  ] as const)('holds up nobody while it %s', async (_, approval) => {
    mostAtOnce(1);
    expect(await position('b', [deployed('a', { approval }), deployed('b', { at: '09:00' })])).toBe(0);
  });

  it('goes by its own approval, though the list does not show it yet', async () => {
    mostAtOnce(1);
    const instances = [
      deployed('a', { at: '08:00', approval: { state: 'Awaiting' } }),
      deployed('b', { at: '08:30' }),
      deployed('c', { at: '09:30' }),
    ];
    expect(await position('a', instances, instant('08:15'))).toBe(0);
    expect(await position('a', instances, instant('09:00'))).toBe(1);
    expect(await position('a', instances, instant('10:00'))).toBe(2);
  });
});

describe('the deployments of one caller', () => {
  it('wait for each other when they are more than the caller may have', async () => {
    mostAtOnce(100, 1);
    expect(
      await positions(
        deployed('a', { at: '08:00', caller: 'me' }),
        deployed('b', { at: '08:01', caller: 'you' }),
        deployed('c', { at: '08:02', caller: 'me' }),
        deployed('d', { at: '08:03', caller: 'me' }),
        deployed('e', { at: '08:04' }),
        deployed('f', { at: '08:05' }),
      ),
    ).toEqual({ a: 0, b: 0, c: 1, d: 2, e: 0, f: 0 });
  });

  it('wait for those of others too when the subscription is full', async () => {
    mostAtOnce(1, 2);
    expect(
      await positions(
        deployed('a', { at: '08:00', caller: 'you' }),
        deployed('b', { at: '08:01', caller: 'me' }),
        deployed('c', { at: '08:02', caller: 'me' }),
        deployed('d', { at: '08:03' }),
      ),
    ).toEqual({ a: 0, b: 1, c: 2, d: 3 });
  });

  it('do not wait for those of others', async () => {
    mostAtOnce(100, 1);
    expect(
      await positions(
        deployed('a', { at: '08:00', caller: 'you' }),
        deployed('b', { at: '08:01', caller: 'me' }),
        deployed('c', { at: '08:02', caller: 'me' }),
      ),
    ).toEqual({ a: 0, b: 0, c: 1 });
  });

  it('count in all subscriptions', async () => {
    mostAtOnce(100, 1);
    const elsewhere = deployed('a', { caller: 'me', subscriptionId: OTHER_SUBSCRIPTION });
    expect(await position('b', [elsewhere, deployed('b', { at: '09:00', caller: 'me' })])).toBe(1);
  });

  it('are as many as the subscription takes without the setting', async () => {
    mostAtOnce(100);
    expect(await position('b', [deployed('a', { caller: 'me' }), deployed('b', { at: '09:00', caller: 'me' })])).toBe(
      0,
    );
  });
});

describe('two deployments in one resource group', () => {
  const failureOf = async (...instances: readonly Instance[]) => {
    const error = await position('b', instances).catch((thrown: unknown) => thrown);
    return error instanceof AzureOperationError ? error.failure : error;
  };

  const refusal = (who: string) => ({
    code: 'ResourceGroupInUse',
    message: `${who} is at work in the resource group rg, and began before this one.`,
  });

  it.each([
    ['was started before', { at: '07:59' }, { at: '08:00' }],
    ['was started at the same moment, with a smaller id', {}, {}],
    [
      'has begun, though by its clock it was started later',
      { at: '08:01', steps: [{ name: 'x', state: 'Running' }] },
      {},
    ],
    ['writes the group otherwise', { group: 'RG', at: '07:59' }, {}],
  ])('cannot go on both: the one ends that finds another which %s', async (_, first, own) => {
    expect(await failureOf(deployed('a', { group: 'rg', ...first }), deployed('b', { group: 'rg', ...own }))).toEqual(
      refusal('The deployment "a"'),
    );
  });

  it.each([
    ['was started later', deployed('a', { group: 'rg', at: '08:01' })],
    ['was started at the same moment, with a greater id', deployed('c', { group: 'rg' })],
    ['is in another subscription', deployed('a', { group: 'rg', at: '07:00', subscriptionId: OTHER_SUBSCRIPTION })],
    ['is in another group', deployed('a', { group: 'other', at: '07:00' })],
    ['has ended', deployed('a', { group: 'rg', at: '07:00', status: 'Failed' })],
    ['cannot be read', anInstance('d:a', 'Running', { input: 'nothing that is understood' })],
  ])('go on where the other one %s', async (_, other) => {
    expect(await failureOf(other, deployed('b', { group: 'rg' }))).toBe(0);
  });

  it('go on where the own one has begun', async () => {
    expect(await failureOf(deployed('b', { group: 'rg', steps: [{ name: 'x', state: 'Running' }] }))).toBe(0);
  });

  it('go on where it is not known which group the own one is in', async () => {
    const own = anInstance('d:b', 'Running', { input: 'nothing that is understood' });
    expect(await failureOf(deployed('a', { group: 'rg', at: '07:00' }), own)).toBe(0);
  });

  it('show one of somebody else without its name', async () => {
    const own = deployed('b', { group: 'rg', owner: 'me' });
    const other = (owner?: string) =>
      deployed('a', { group: 'rg', at: '07:59', ...(owner !== undefined && { owner }) });
    expect(await failureOf(other('you'), own)).toEqual(refusal('A deployment of somebody else'));
    expect(await failureOf(other(), own)).toEqual(refusal('A deployment of somebody else'));
    expect(await failureOf(other('me'), own)).toEqual(refusal('The deployment "a"'));
  });
});
