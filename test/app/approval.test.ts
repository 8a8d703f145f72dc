import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decisionEvent } from '../../src/deployment/run/approval.ts';
import { useWorld } from '../support/use-world.ts';

const HOUR_MS = 3600 * 1000;

const world = useWorld({ onDisk: true });

let nextId = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  id = `approval-${nextId++}`;
});

afterEach(() => vi.unstubAllEnvs());

type Act = () => Promise<Response>;

const send =
  (verb: 'approve' | 'reject' | 'cancel', body: object = {}, headers = {}): Act =>
  () =>
    world.fetch(`/api/deployments/${id}/${verb}`, { method: 'POST', body: JSON.stringify(body), headers });

const approve = (body: object = { by: 'Ada', reason: 'Budget is there.' }) => send('approve', body);
const reject = (body: object = { by: 'Bob', reason: 'Not this quarter.' }) => send('reject', body);
const cancel = () => send('cancel');

const body = (timeoutHours = 1) => ({
  resourceGroupName: id,
  images: [],
  approval: { required: true, timeoutHours },
});

/** Posts a deployment that needs approval and does something at instants after it, in seconds. */
const startAnd = async <const A extends readonly (readonly [seconds: number, act: Act])[]>(
  acts: A,
  timeoutHours?: number,
): Promise<Response[]> => {
  const release = world.clock.hold();
  const posted = await world.post(body(timeoutHours));
  expect(posted.status).toBe(202);
  const start = world.clock.now();
  const results = acts.map(([seconds, act]) => world.at(start + seconds * 1000, act));
  release();
  return Promise.all(results);
};

const changes = () => world.azure.requests('PUT', `/resourcegroups/${id}`);

it('nothing is changed before somebody approves; who and why are shown from then on', async () => {
  let waiting: unknown;
  let listed = '';
  let changedBefore: unknown[] = ['not checked'];
  const [, approved] = await startAnd([
    [
      60,
      async () => {
        waiting = await world.status(id);
        changedBefore = changes();
        listed = await (await world.fetch('/api/deployments?status=AwaitingApproval')).text();
        return send('approve', {})();
      },
    ],
    [120, approve()],
  ]);
  expect(waiting).toMatchObject({
    status: 'AwaitingApproval',
    waiting: expect.stringContaining('approval'),
    approval: { state: 'Awaiting', requestedAt: expect.any(String), expiresAt: expect.any(String) },
  });
  expect(changedBefore).toEqual([]);
  expect(listed).toContain(`"id":"${id}"`);
  expect(approved?.status).toBe(200);

  const ended = await world.ended(id);
  expect(ended).toMatchObject({
    status: 'Succeeded',
    approval: { state: 'Approved', by: 'Ada', byVerified: false, reason: 'Budget is there.' },
  });
  const { approval, steps } = ended;
  expect(Date.parse(approval?.expiresAt ?? '') - Date.parse(approval?.requestedAt ?? '')).toBe(HOUR_MS);
  const group = steps.find(({ name }) => name === 'resource-group');
  expect(Date.parse(group?.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(approval?.decidedAt ?? ''));
});

it('a rejected one ends as cancelled, with the reason, and changes nothing', async () => {
  const [rejected] = await startAnd([[60, reject()]]);
  expect(rejected?.status).toBe(200);
  expect(await world.ended(id)).toMatchObject({
    status: 'Cancelled',
    reason: 'Rejected by Bob: Not this quarter.',
    approval: { state: 'Rejected', by: 'Bob' },
  });
  expect(changes()).toEqual([]);
  const result = await world.fetch(`/api/deployments/${id}/result`);
  expect(result.status).toBe(422);
  expect(await result.text()).toContain('Not this quarter.');
});

it.each([1, 30 * 24])('after %i hours without a decision it ends', async (hours) => {
  await startAnd([], hours);
  const ended = await world.ended(id);
  expect(ended).toMatchObject({ status: 'Cancelled', approval: { state: 'TimedOut' } });
  const { approval } = ended;
  expect(Date.parse(approval?.decidedAt ?? '') - Date.parse(approval?.requestedAt ?? '')).toBe(hours * HOUR_MS);
  expect(ended.reason).toContain('Nobody had decided');
  expect(changes()).toEqual([]);
});

it('one that waits can be cancelled, and the same POST asks for approval anew', async () => {
  const [cancelled] = await startAnd([[60, cancel()]]);
  expect(cancelled?.status).toBe(202);
  expect(await world.ended(id)).toMatchObject({ status: 'Cancelled', approval: { state: 'Cancelled' } });
  const [approved] = await startAnd([[60, approve()]]);
  expect(approved?.status).toBe(200);
  expect(await world.ended(id)).toMatchObject({ status: 'Succeeded', earlierRuns: [{ status: 'Cancelled' }] });
});

it('a decision is taken once: the same again is answered alike, the other one is refused', async () => {
  const answers = await startAnd([
    [60, approve()],
    [61, approve({ by: 'Eve' })],
    [62, reject()],
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 409]);
  const [first, again, other] = await Promise.all(answers.map((answer) => answer.json()));
  expect(first).toMatchObject({ approval: { by: 'Ada' } });
  expect(again).toEqual(first);
  expect(other).toMatchObject({ type: 'urn:airflow-on-aks:problem:approval-decided' });
  await world.ended(id);
});

it.each([
  ['that waits for nothing', {}],
  ['that does not need it', { approval: { required: false } }],
])('a deployment %s cannot be decided on', async (_, options) => {
  await world.deploy({ resourceGroupName: id, images: [], ...options });
  const answer = await approve()();
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ type: 'urn:airflow-on-aks:problem:approval-not-awaited' });
});

it('a decision that was meant for another run decides nothing', async () => {
  const [wrong, right] = await startAnd([
    [60, approve({ by: 'Ada', run: 'deadbeef' })],
    [61, reject()],
  ]);
  expect([wrong?.status, right?.status]).toEqual([409, 200]);
});

it.each([
  ['of another run', decisionEvent('deadbeef'), { decision: 'approve', by: 'Eve', byVerified: false }],
  ['of no known form', undefined, { decision: 'maybe' }],
])('an event %s, raised by hand, decides nothing', async (_, name, event) => {
  const { hub } = world.host;
  const raise: Act = async () => {
    const { run } = await world.status(id);
    await hub.raiseEvent(`d:${id}`, name ?? decisionEvent(run), JSON.stringify(event));
    return world.fetch('/api/health');
  };
  const [, rejected] = await startAnd([
    [60, raise],
    [120, reject()],
  ]);
  expect(rejected?.status).toBe(200);
  expect(await world.ended(id)).toMatchObject({ approval: { state: 'Rejected', by: 'Bob' } });
});

describe('the body of a decision', () => {
  it.each([
    ['by', {}, 'approve'],
    ['reason', { by: 'Bob' }, 'reject'],
    ['by', { by: 7 }, 'approve'],
    ['who', { by: 'Ada', who: 'x' }, 'approve'],
  ] as const)('that lacks or misuses %s is refused: %j', async (field, bad, verb) => {
    const [answer] = await startAnd([[60, send(verb, bad)]]);
    expect(answer?.status).toBe(400);
    expect(await answer?.json()).toMatchObject({ errors: [{ field }] });
    await world.ended(id);
  });
});

describe('who decides', () => {
  const headers = { 'X-MS-CLIENT-PRINCIPAL-NAME': 'ada@example.com', 'X-MS-CLIENT-PRINCIPAL-ID': 'oid-1' };

  it("is who the platform's sign-in names, when it is on", async () => {
    vi.stubEnv('WEBSITE_AUTH_ENABLED', 'True');
    await startAnd([[60, send('approve', { by: 'Eve' }, headers)]]);
    const { approval } = await world.ended(id);
    expect(approval).toMatchObject({ by: 'ada@example.com', byId: 'oid-1', byVerified: true });
  });

  it('is what the body states, when anybody could have sent the headers', async () => {
    await startAnd([[60, send('approve', { by: 'Eve' }, headers)]]);
    const { approval } = await world.ended(id);
    expect(approval).toMatchObject({ by: 'Eve', byVerified: false });
    expect(approval).not.toHaveProperty('byId');
  });
});

it('one that waits takes no place in the queue, and queues up when it is approved', async () => {
  vi.stubEnv('MAX_RUNNING_DEPLOYMENTS', '1');
  const other = `${id}-other`;
  let queued: unknown;
  const [, decided] = await startAnd([
    [10, () => world.post({ resourceGroupName: other, images: [] })],
    [60, approve()],
    [
      90,
      async () => {
        queued = await world.status(id);
        return approve()();
      },
    ],
  ]);
  expect(decided?.status).toBe(200);
  expect(queued).toMatchObject({ status: 'Pending', waiting: expect.stringContaining('place 1') });
  const [mine, others] = await Promise.all([world.ended(id), world.ended(other)]);
  expect([mine.status, others.status]).toEqual(['Succeeded', 'Succeeded']);
  const connected = others.steps.find(({ name }) => name === 'connect')?.endedAt;
  const begun = mine.steps.find(({ name }) => name === 'resource-group')?.startedAt;
  expect(Date.parse(begun ?? '')).toBeGreaterThanOrEqual(Date.parse(connected ?? ''));
});

it('one that waits survives a restart of the host', async () => {
  const [, decided] = await startAnd([
    [
      60,
      async () => {
        await world.restart();
        return world.fetch('/api/health');
      },
    ],
    [120, approve()],
  ]);
  expect(decided?.status).toBe(200);
  expect((await world.ended(id)).status).toBe('Succeeded');
  expect(world.clock.now()).toBeGreaterThan(0);
});

describe('at the moment at which the time is over', () => {
  const verbs = { approve: approve(), reject: reject(), cancel: cancel() };
  type Verb = keyof typeof verbs;
  const orders: readonly (readonly Verb[])[] = [
    ['approve'],
    ['reject'],
    ['approve', 'reject'],
    ['reject', 'approve'],
    ['cancel', 'approve'],
    ['approve', 'cancel'],
    ['approve', 'reject', 'cancel'],
  ];
  // A cancel waits for branches that may be starting, in real time, if the approval was first.
  const offsetsOf = (order: readonly Verb[]) => (order.includes('cancel') ? [0] : [-1, 0, 1]);

  it.each(orders.flatMap((order) => offsetsOf(order).map((offset) => [order, offset] as const)))(
    '%j, %i ms off: one outcome, and every caller learns the truth',
    async (order, offset) => {
      const acts: Promise<readonly [Verb, number]>[] = [];
      await startAnd([
        [
          60,
          async () => {
            const { approval } = await world.status(id);
            const instant = Date.parse(approval?.expiresAt ?? '') + offset;
            // All at once: no one waits for the answer of the one before.
            const release = world.clock.hold();
            const answered = world.at(instant, () =>
              Promise.all(order.map(async (verb) => [verb, (await verbs[verb]()).status] as const)),
            );
            for (const index of order.keys()) acts.push(answered.then((all) => all[index] ?? ['cancel', 0]));
            release();
            return world.fetch('/api/health');
          },
        ],
      ]);
      const answers = await Promise.all(acts);
      const { status, approval } = await world.ended(id);
      const outcome = approval?.state ?? '';
      expect(['Approved', 'Rejected', 'TimedOut', 'Cancelled']).toContain(outcome);
      for (const [verb, code] of answers) {
        if (verb === 'approve') expect(code).toBe(outcome === 'Approved' ? 200 : 409);
        if (verb === 'reject') expect(code).toBe(outcome === 'Rejected' ? 200 : 409);
      }
      if (offset < 0 && order.length === 1) expect(outcome).toBe(order[0] === 'approve' ? 'Approved' : 'Rejected');
      if (offset > 0) expect(outcome).toBe('TimedOut');
      if (outcome !== 'Approved') {
        expect(status).toBe('Cancelled');
        expect(changes()).toEqual([]);
      }
    },
  );
});
