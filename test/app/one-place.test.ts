import { beforeEach, describe, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { taskHubOf } from '../../src/task-hub/durable-task-hub.ts';
import { invocation } from '../support/invocation.ts';
import { useWorld } from '../support/use-world.ts';

const OTHER_SUBSCRIPTION = '99999999-2222-4333-8444-555555555555';

const world = useWorld();

let round = 0;
let group: string;

beforeEach(async () => {
  world.azure.reset();
  await world.azure.change({ subscriptions: [SIMULATED_SUBSCRIPTION_ID, OTHER_SUBSCRIPTION] });
  group = `place-${round++}`;
});

const body = (options: object = {}) => ({ resourceGroupName: group, images: [], ...options });

const answerTo = async (request: object, path?: string) => {
  const response = await world.post(request, path);
  return { status: response.status, body: JSON.parse(await response.text()) };
};

const inOther = (options: object = {}) => body({ subscriptionId: OTHER_SUBSCRIPTION, ...options });

const recorded = () => world.status(group);

describe('an id whose deployment stands in another place', () => {
  const elsewhere: readonly [string, () => object][] = [
    ['subscription', () => inOther()],
    ['resource group', () => body({ id: group, resourceGroupName: `${group}-b` })],
    ['spelling of the group', () => body({ resourceGroupName: group.toUpperCase() })],
  ];

  it.each(elsewhere)('is refused for another %s, to a POST and to a plan alike', async (_, request) => {
    const { run } = await world.deploy(body());
    for (const path of ['/api/deployments', '/api/plans']) {
      const { status, body: problem } = await answerTo(request(), path);
      expect(status).toBe(409);
      expect(problem).toMatchObject({
        type: 'urn:airflow-on-aks:problem:id-in-use',
        id: group,
        place: { subscriptionId: SIMULATED_SUBSCRIPTION_ID, resourceGroupName: group },
        suggestedId: expect.stringMatching(/^[a-z0-9-]{1,64}$/),
      });
      expect(problem.detail).toContain(`"${problem.suggestedId}"`);
    }
    expect(await recorded()).toMatchObject({ run, status: 'Succeeded' });
  });

  it('is refused while its deployment runs, too', async () => {
    const release = world.clock.hold();
    await world.post(body());
    expect(await answerTo(inOther())).toMatchObject({
      status: 409,
      body: { id: group, suggestedId: expect.anything() },
    });
    release();
    await world.ended(group);
  });

  it('and the id that the answer suggests works, so that each DELETE removes its own', async () => {
    await world.deploy(body());
    const { body: problem } = await answerTo(inOther());
    const second: string = problem.suggestedId;
    expect((await world.deploy(inOther({ id: second }))).status).toBe('Succeeded');
    expect((await answerTo(inOther())).body.suggestedId).toBe(second);

    expect((await world.delete(group)).status).toBe(202);
    await world.undone(group);
    const subscriptions = new Set(world.azure.simulator.resources().map(({ id }) => id.split('/')[2]));
    expect([...subscriptions]).toEqual([OTHER_SUBSCRIPTION]);
    expect((await world.status(second)).status).toBe('Succeeded');
  });

  it('is free again once it is deleted', async () => {
    await world.deploy(body());
    await world.delete(group);
    await world.undone(group);
    expect((await world.deploy(inOther())).status).toBe('Succeeded');
  });

  it('is not suggested to others when somebody chose it for another place by hand', async () => {
    await world.deploy(body());
    const { body: first } = await answerTo(inOther());
    await world.deploy(body({ id: first.suggestedId, resourceGroupName: `${group}-c` }));
    const { body: second } = await answerTo(inOther());
    expect(second.suggestedId).toBe(`${first.suggestedId}-2`);
  });
});

it('of two POSTs of the same moment for two subscriptions, one is started and the other is told so', async () => {
  const release = world.clock.hold();
  const answers = await Promise.all([answerTo(body()), answerTo(inOther())]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
  const [refused] = answers.filter(({ status }) => status === 409);
  expect(refused?.body.type).toBe('urn:airflow-on-aks:problem:id-in-use');
  expect(await recorded()).toMatchObject({ names: { subscriptionId: refused?.body.place.subscriptionId } });
  release();
  await world.ended(group);
});

describe('a record that cannot be read', () => {
  const store = async (input: unknown): Promise<void> => {
    await taskHubOf(invocation(world)).start('deployment', `d:${group}`, input);
    await world.instanceEnded(`d:${group}`);
  };
  const deployment = () => ({ id: group, subscriptionId: SIMULATED_SUBSCRIPTION_ID, resourceGroupName: group });

  it('and whose place is unknown is not replaced', async () => {
    await store({ schemaVersion: 99 });
    for (const path of ['/api/deployments', '/api/plans']) {
      expect(await answerTo(body(), path)).toMatchObject({
        status: 409,
        body: { type: 'urn:airflow-on-aks:problem:deployment-unreadable' },
      });
    }
  });

  it('is not replaced from another place', async () => {
    await store({ schemaVersion: 99, deployment: deployment() });
    expect(await answerTo(inOther())).toMatchObject({ status: 409, body: { place: { resourceGroupName: group } } });
  });
});
