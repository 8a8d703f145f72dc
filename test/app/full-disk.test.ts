import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Store } from '../../local/functions-host/functions-host.ts';
import { useWorld } from '../support/use-world.ts';

const directory = mkdtempSync(join(tmpdir(), 'full-disk-'));
const [here, away] = [join(directory, 'data'), join(directory, 'away')];
mkdirSync(here);
const store = new Store(join(here, 'hub.sqlite'));
const world = useWorld({ store });

afterAll(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The data folder is gone: every write fails, however small it is. */
const withoutData = async <T>(work: () => Promise<T>): Promise<T> => {
  renameSync(here, away);
  try {
    return await work();
  } finally {
    renameSync(away, here);
  }
};

const hostStatus = async (): Promise<unknown> => (await world.fetch('/admin/host/status')).json();

/** Until some work waits for the disk; then time stands still until `work` has ended. */
const whileItWaits = async <T>(work: () => Promise<T>): Promise<T> => {
  while (world.host.hub.storage.failure === undefined) await new Promise(setImmediate);
  return await world.held(work);
};

describe('while nothing can be stored', () => {
  it('a POST is 503 with Retry-After, starts nothing, and starts one deployment when it is sent again', async () => {
    const response = await withoutData(() => world.post({ resourceGroupName: 'refused' }));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await response.json()).toMatchObject({ type: 'urn:airflow-on-aks:problem:task-hub-unavailable' });
    expect((await world.fetch('/api/deployments/refused')).status).toBe(404);
    const plan = await withoutData(() => world.post({ resourceGroupName: 'refused' }, '/api/plans'));
    expect(plan.status, 'a plan stores nothing').toBe(200);
    expect((await world.deploy({ resourceGroupName: 'refused' })).status).toBe('Succeeded');
  });

  it('every request that would be stored is 503, and every other one is answered', async () => {
    await world.deploy({ resourceGroupName: 'stored' });
    const storing = [
      () => world.post({ resourceGroupName: 'stored' }),
      () => world.post({ resourceGroupName: 'expires', expiresAt: 'PT4H' }),
      () => world.delete('stored'),
      () => world.post({}, '/api/deployments/asks/cancel'),
      () => world.post({ by: 'Ada', reason: 'x' }, '/api/deployments/asks/approve'),
      () => world.post({ by: 'Ada', reason: 'x' }, '/api/deployments/asks/reject'),
    ];
    const reads = ['', '/stored', '/stored/outputs', '/stored/result'].map((path) => `/api/deployments${path}`);
    const asked = await world.held(() => world.post({ resourceGroupName: 'asks', approval: { required: true } }));
    expect(asked.status).toBe(202);
    await world.after(60_000, async () => {
      expect((await world.status('asks')).status).toBe('AwaitingApproval');
      await withoutData(async () => {
        for (const ask of storing) {
          const response = await ask();
          const { status, url, headers } = response;
          expect({ url, status, after: headers.get('retry-after') }).toEqual({ url, status: 503, after: '10' });
        }
        for (const path of [...reads, '/api/health'])
          expect([path, (await world.fetch(path)).status]).toEqual([path, 200]);
        expect(await hostStatus()).toMatchObject({ state: 'Error', errors: [expect.stringContaining('hub.sqlite')] });
      });
      expect(await hostStatus()).toMatchObject({ state: 'Running' });
      expect((await world.status('asks')).status).toBe('AwaitingApproval');
      expect((await world.post({}, '/api/deployments/asks/cancel')).status).toBe(202);
    });
    expect((await world.ended('asks')).status).toBe('Cancelled');
  });
});

describe('a deployment whose disk gets full', () => {
  it.each([
    ['SQLite says that it is full', (full: boolean) => store.pretendFull(full)],
    ['its data are away', (full: boolean) => (full ? renameSync(here, away) : renameSync(away, here))],
  ])('goes on by itself when there is room: %s', async (_, setFull) => {
    world.azure.reset();
    const prefix = `full-${world.clock.now()}`;
    for (const seconds of [0.2, 20, 100]) {
      const id = `${prefix}-${seconds * 10}`;
      const response = await world.held(() => world.post({ resourceGroupName: id }));
      expect(response.status).toBe(202);
      await world.after(seconds * 1000, async () => setFull(true));
      await whileItWaits(async () => {
        expect((await world.status(id)).status).toBe('Running');
        expect(await hostStatus()).toMatchObject({ state: 'Error' });
        setFull(false);
      });
      expect((await world.ended(id)).status).toBe('Succeeded');
      expect(await hostStatus()).toMatchObject({ state: 'Running' });
    }
    expect(world.azure.requests('PUT', '/managedClusters/').map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(world.logs.filter((line) => line.includes('given up'))).toEqual([]);
  });
});
