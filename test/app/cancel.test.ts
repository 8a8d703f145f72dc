import { beforeEach, describe, expect, it } from 'vitest';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let nextId = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  id = `cancel-${nextId++}`;
});

const cancel = () => world.post({}, `/api/deployments/${id}/cancel`);

/** Starts a deployment and cancels it at a modelled instant, in seconds after the start. */
const cancelAfter = async (seconds: number) => {
  const release = world.clock.hold();
  await world.post({ resourceGroupName: id });
  const cancelled = world.after(seconds * 1000, cancel);
  release();
  expect((await cancelled).status).toBe(202);
  return world.ended(id);
};

describe('a deployment that is cancelled', () => {
  // Before the group, in its midst, while the branches are started, before the cluster, with images and cluster at work, in the second wave.
  it.each([0.1, 0.9, 1.5, 2, 17.3, 60, 216])(
    'after %s s stops, leaves nothing running, and goes on when it is posted again',
    async (seconds) => {
      const stopped = await cancelAfter(seconds);
      expect(stopped.status).toBe('Cancelled');
      for (const { state, endedAt } of stopped.steps) {
        expect(['Succeeded', 'Cancelled', 'Skipped']).toContain(state);
        if (endedAt) expect(Date.parse(endedAt)).toBeLessThanOrEqual(world.clock.now());
      }
      const running = world.host.hub.list({ instanceIdPrefix: `s:${id}:`, runtimeStatus: ['Running', 'Pending'] });
      expect(running.instances).toEqual([]);
      expect((await world.fetch(`/api/deployments/${id}/result`)).status).toBe(422);

      const again = await world.deploy({ resourceGroupName: id });
      expect(again.status).toBe('Succeeded');
      expect(again.earlierRuns[0]?.status).toBe('Cancelled');
      expect(world.azure.requests('PUT', '/managedClusters/')).toHaveLength(1);
    },
  );

  it('stays cancelled when it is cancelled again, and is listed so', async () => {
    await cancelAfter(60);
    expect((await cancel()).status).toBe(202);
    const list = await (await world.fetch('/api/deployments?status=Cancelled')).text();
    expect(list).toContain(`"id":"${id}"`);
  });
});

it('a deployment that has ended cannot be cancelled: 409', async () => {
  await world.deploy({ resourceGroupName: id, images: [] });
  expect((await cancel()).status).toBe(409);
});

it('an unknown one neither: 404', async () => {
  expect((await cancel()).status).toBe(404);
});
