import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestWorld } from '../support/world.ts';

const directory = mkdtempSync(join(tmpdir(), 'lost-hub-'));
let world: TestWorld;

beforeAll(async () => {
  world = await TestWorld.start({ store: join(directory, 'first.sqlite') });
});

afterAll(async () => {
  await world.close();
  rmSync(directory, { recursive: true });
});

const resources = () => world.azure.simulator.resources().map(({ id }) => id.toLowerCase());

it('a task hub that is lost in the middle of a deployment loses the record alone: the same POST elsewhere finishes it, and a DELETE undoes it', async () => {
  const body = { resourceGroupName: 'moved', images: [], tags: { env: 'prod' } };
  const release = world.clock.hold();
  await world.post(body);
  // The cluster is being created by now.
  const lost = new Promise<void>((resolve, reject) => {
    world.clock.schedule(world.clock.now() + 120_000, () =>
      world.restart(join(directory, 'second.sqlite')).then(resolve, reject),
    );
  });
  release();
  await lost;
  const before = resources();
  expect(before.some((id) => id.includes('/managedclusters/'))).toBe(true);
  expect((await world.fetch('/api/deployments/moved')).status).toBe(404);

  const again = await world.deploy(body);
  expect(again.status).toBe('Succeeded');
  expect(again.steps.find(({ name }) => name === 'key-vault')?.change).toBe('unchanged');
  // Nothing of what was there was made again, or under another name.
  expect(world.azure.requests('PUT', '/managedClusters/')).toHaveLength(1);
  expect(resources().filter((id) => before.includes(id))).toEqual(before);
  const kinds = world.azure.simulator.resources().filter(({ tags }) => tags?.['airflow-on-aks-deployment'] === 'moved');
  expect(kinds).toHaveLength(6);

  await world.fetch('/api/deployments/moved?confirm=moved', { method: 'DELETE' });
  await world.undone('moved');
  expect((await world.status('moved')).status).toBe('Deleted');
  expect(resources()).toEqual([]);
});
