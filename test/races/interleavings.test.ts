import { describe, expect, it } from 'vitest';
import { taskHubOf } from '../../src/task-hub/durable-task-hub.ts';
import { invocation } from '../support/invocation.ts';
import { useWorld } from '../support/use-world.ts';
import { GatedHub, Turns } from './gated-hub.ts';
import { orders } from './orders.ts';
import { type Sent, send } from './send.ts';

/** So many orders of each pair are tried; INTERLEAVINGS=all tries all. */
const MOST = process.env.INTERLEAVINGS === 'all' ? Number.POSITIVE_INFINITY : 6;

const world = useWorld();

let nextId = 0;
const newId = (): string => `order-${nextId++}`;

/** What a deployment asks for: one that waits for approval has changed nothing in Azure yet. */
const bodyOf = (id: string) => ({ resourceGroupName: id, images: [], approval: { required: true } });

const post = (id: string, rest: object = {}): Sent => ({
  operation: 'post /deployments',
  body: { ...bodyOf(id), ...rest },
});
const remove = (id: string, query = ''): Sent => ({
  operation: 'delete /deployments/{id}',
  query: `?confirm=${id}${query}`,
});
const cancel = (): Sent => ({ operation: 'post /deployments/{id}/cancel' });
const decide = (decision: 'approve' | 'reject'): Sent => ({
  operation: `post /deployments/{id}/${decision}`,
  body: { by: 'Ada', reason: 'It is a race.' },
});

/** Whether a deployment has been started, and ended again, when the race begins. */
type Before = 'unknown' | 'awaiting' | 'ended';

const MINUTE_MS = 60_000;

/**
 * Lets two requests go on in an order, two minutes after the deployment was prepared. Modelled time stands still meanwhile.
 *
 * @returns both answers, the status when all is over, and how many calls each made.
 */
const race = async (before: Before, pair: (id: string) => readonly [Sent, Sent], order: string) => {
  const id = newId();
  const release = world.clock.hold();
  if (before !== 'unknown') expect((await world.post(bodyOf(id))).status).toBe(202);
  if (before === 'ended') {
    void world.after(MINUTE_MS, () => world.post({ by: 'Ada', reason: 'No.' }, `/api/deployments/${id}/reject`));
  }
  const raced = world.after(2 * MINUTE_MS, async () => {
    const hub = taskHubOf(invocation(world));
    const turns = new Turns(order);
    const [a, b] = [new GatedHub(hub, turns, 'A'), new GatedHub(hub, turns, 'B')];
    const [first, second] = pair(id);
    const answers = await Promise.all([
      send(world, id, first, a).finally(() => turns.over('A')),
      send(world, id, second, b).finally(() => turns.over('B')),
    ]);
    return { answers, calls: [a.calls, b.calls] as const };
  });
  const settled = world.after(60 * MINUTE_MS, () => world.status(id));
  release();
  return { ...(await raced), status: (await settled).status };
};

const share = <T>(all: readonly T[], most: number): readonly T[] => {
  const every = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, index) => index % every === 0);
};

describe.each<[name: string, before: Before, pair: (id: string) => readonly [Sent, Sent], outcomes: RegExp]>([
  ['two POSTs of one body', 'unknown', (id) => [post(id), post(id)], /^202 202 AwaitingApproval$/],
  [
    'two POSTs of different bodies',
    'ended',
    (id) => [post(id), post(id, { tags: { other: 'body' } })],
    /^(202 409|409 202) AwaitingApproval$/,
  ],
  [
    'the end of a run and a POST',
    'awaiting',
    (id) => [decide('reject'), post(id, { tags: { other: 'body' } })],
    /^(200 202 AwaitingApproval|200 409 Cancelled)$/,
  ],
  ['two DELETEs', 'ended', (id) => [remove(id), remove(id)], /^202 202 Deleted$/],
  [
    'two DELETEs, one with purge',
    'ended',
    (id) => [remove(id), remove(id, '&purge=true')],
    /^(202 409|409 202|202 202) Deleted$/,
  ],
  [
    'DELETE and POST',
    'ended',
    (id) => [remove(id), post(id)],
    /^(202 409 Deleted|409 202 AwaitingApproval|202 202 (Deleted|AwaitingApproval))$/,
  ],
  [
    'DELETE of a run and its POST',
    'awaiting',
    (id) => [remove(id), post(id)],
    /^(202 (202|409) Deleted|202 202 AwaitingApproval)$/,
  ],
  [
    'approve and reject',
    'awaiting',
    () => [decide('approve'), decide('reject')],
    /^(200 409 Succeeded|409 200 Cancelled)$/,
  ],
  ['approve and cancel', 'awaiting', () => [decide('approve'), cancel()], /^(200|409) 202 Cancelled$/],
  ['reject and cancel', 'awaiting', () => [decide('reject'), cancel()], /^(200|409) 202 Cancelled$/],
  ['cancel and DELETE', 'awaiting', (id) => [cancel(), remove(id)], /^(202|409) 202 Deleted$/],
])('%s', (_, before, pair, outcomes) => {
  it('have one outcome in every order of what they ask of the task hub', async () => {
    const { calls } = await race(before, pair, '');
    const wrong: string[] = [];
    for (const order of share(orders(calls[0] + 1, calls[1] + 1), MOST)) {
      const { answers, status } = await race(before, pair, order);
      const outcome = `${answers.map((answer) => answer.status).join(' ')} ${status}`;
      if (!outcomes.test(outcome)) wrong.push(`${order}: ${outcome} ${answers.map(({ text }) => text).join(' ')}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
