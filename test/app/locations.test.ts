import { beforeEach, describe, expect, it } from 'vitest';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let nextId = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  id = `location-${nextId++}`;
});

const locationOf = (answer: Response): string => {
  expect(answer.status).toBe(202);
  const location = answer.headers.get('location') ?? '';
  expect(new URL(location).origin).toBe(new URL(answer.url).origin);
  return location.replace(new URL(location).origin, '');
};

const cancel = () => world.fetch(`/api/deployments/${id}/cancel`, { method: 'POST', body: '{}' });
const remove = () => world.fetch(`/api/deployments/${id}?confirm=${id}`, { method: 'DELETE' });
const post = (options: object = {}) => world.post({ resourceGroupName: id, images: [], ...options });

/** What a client of the asynchronous pattern gets: the first answer that is no 202. */
const follow = async (location: string) => {
  let answer = await world.fetch(location);
  while (answer.status === 202) {
    expect(locationOf(answer)).toBe(location);
    await world.clock.sleep(Number(answer.headers.get('retry-after')) * 1000);
    answer = await world.fetch(location);
  }
  return { status: answer.status, body: JSON.parse(await answer.text()) };
};

describe('the Location of a 202 answers 202 until the end', () => {
  it('of a POST, then 200 with the outputs', async () => {
    const location = locationOf(await post());
    expect(await follow(location)).toMatchObject({ status: 200, body: { status: 'Succeeded', outputs: {} } });
  });

  it('of a cancel, then 200 when it was cancelled; of the POST then 422', async () => {
    const posted = locationOf(await post());
    const location = locationOf(await cancel());
    const { status, body } = await follow(location);
    expect({ status, body }).toMatchObject({ status: 200, body: { id, status: 'Cancelled' } });
    expect(body).not.toHaveProperty('outputs');
    expect(await follow(posted)).toMatchObject({ status: 422, body: { deploymentStatus: 'Cancelled' } });
    expect(locationOf(await cancel())).toBe(location);
  });

  it('of a DELETE, then 200 when it was deleted', async () => {
    await world.deploy({ resourceGroupName: id, images: [] });
    const location = locationOf(await remove());
    expect(await follow(location)).toMatchObject({ status: 200, body: { id, status: 'Deleted', warnings: [] } });
  });

  it('of a DELETE that fails, then 422 with the reason', async () => {
    await world.deploy({ resourceGroupName: id, images: [] });
    await world.azure.fail({
      method: 'DELETE',
      path: `/resourcegroups/${id}`,
      action: { answer: { status: 403, code: 'AuthorizationFailed', message: 'no' } },
    });
    const location = locationOf(await remove());
    expect(await follow(location)).toMatchObject({ status: 422, body: { deploymentStatus: 'Failed', error: {} } });
    world.azure.reset();
  });
});

it('an end that was not asked for is no success', async () => {
  await world.deploy({ resourceGroupName: id, images: [] });
  for (const expected of ['Cancelled', 'Deleted']) {
    const { status, body } = await follow(`/api/deployments/${id}/result?expect=${expected}`);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      type: 'urn:airflow-on-aks:problem:deployment-succeeded',
      deploymentStatus: 'Succeeded',
      help: 'docs/errors/deployment-succeeded.md',
    });
  }
  const wrong = await world.fetch(`/api/deployments/${id}/result?expect=Done`);
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain('"field":"expect"');
});
