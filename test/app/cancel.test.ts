import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StandIns } from '../support/stand-ins.ts';

let standIns: StandIns;

beforeAll(async () => {
  // The instants below are those of a deployment that takes as long as usual.
  standIns = await StandIns.start({ durationFactor: 1 });
});

afterAll(() => standIns.close());

let nextId = 0;
let id: string;

beforeEach(() => {
  standIns.simulator.reset({ jitter: 0 });
  id = `cancel-${nextId++}`;
});

const cancel = () => standIns.post({}, `/api/deployments/${id}/cancel`);

/** Starts a deployment and cancels it at a modelled instant, in seconds after the start. */
const cancelAfter = async (seconds: number) => {
  const { clock } = standIns;
  const release = clock.hold();
  await standIns.post({ resourceGroupName: id });
  const cancelled = new Promise<Response>((resolve, reject) => {
    clock.schedule(clock.now() + seconds * 1000, () => cancel().then(resolve, reject));
  });
  release();
  expect((await cancelled).status).toBe(202);
  return standIns.ended(id);
};

describe('a deployment that is cancelled', () => {
  // Before the group, while the branches are started, in the midst of the cluster, in the second wave.
  it.each([0.1, 0.9, 1.5, 2, 20, 27, 60, 200, 357, 358.5])(
    'after %s s stops, leaves nothing running, and goes on when it is posted again',
    async (seconds) => {
      const stopped = await cancelAfter(seconds);
      expect(stopped.status).toBe('Cancelled');
      for (const { state, endedAt } of stopped.steps) {
        expect(['Succeeded', 'Cancelled', 'Skipped']).toContain(state);
        if (endedAt) expect(Date.parse(endedAt)).toBeLessThanOrEqual(standIns.clock.now());
      }
      const running = standIns.host.hub.list({ instanceIdPrefix: `s:${id}:`, runtimeStatus: ['Running', 'Pending'] });
      expect(running.instances).toEqual([]);
      expect((await standIns.fetch(`/api/deployments/${id}/result`)).status).toBe(422);

      const again = await standIns.deploy({ resourceGroupName: id });
      expect(again.status).toBe('Succeeded');
      expect(again.earlierRuns[0]?.status).toBe('Cancelled');
      expect(standIns.requests('PUT', '/managedClusters/')).toHaveLength(1);
    },
  );

  it('stays cancelled when it is cancelled again, and is listed so', async () => {
    await cancelAfter(60);
    expect((await cancel()).status).toBe(202);
    const list = await (await standIns.fetch('/api/deployments?status=Cancelled')).text();
    expect(list).toContain(`"id":"${id}"`);
  });
});

it('a deployment that has ended cannot be cancelled: 409', async () => {
  await standIns.deploy({ resourceGroupName: id, images: [] });
  expect((await cancel()).status).toBe(409);
});

it('an unknown one neither: 404', async () => {
  expect((await cancel()).status).toBe(404);
});
