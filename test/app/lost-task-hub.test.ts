import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StandIns } from '../support/stand-ins.ts';

const directory = mkdtempSync(join(tmpdir(), 'lost-hub-'));
let standIns: StandIns;

beforeAll(async () => {
  standIns = await StandIns.start({ store: join(directory, 'first.sqlite') });
});

afterAll(async () => {
  await standIns.close();
  rmSync(directory, { recursive: true });
});

const resources = () => standIns.simulator.resources().map(({ id }) => id.toLowerCase());

it('a task hub that is lost in the middle of a deployment loses the record alone: the same POST elsewhere finishes it, and a DELETE undoes it', async () => {
  const { clock } = standIns;
  const body = { resourceGroupName: 'moved', images: [], tags: { env: 'prod' } };
  const release = clock.hold();
  await standIns.post(body);
  // The cluster is being created by now.
  const lost = new Promise<void>((resolve, reject) => {
    clock.schedule(clock.now() + 120_000, () =>
      standIns.restart(join(directory, 'second.sqlite')).then(resolve, reject),
    );
  });
  release();
  await lost;
  const before = resources();
  expect(before.some((id) => id.includes('/managedclusters/'))).toBe(true);
  expect((await standIns.fetch('/api/deployments/moved')).status).toBe(404);

  const again = await standIns.deploy(body);
  expect(again.status).toBe('Succeeded');
  expect(again.steps.find(({ name }) => name === 'key-vault')?.change).toBe('unchanged');
  // Nothing of what was there was made again, or under another name.
  expect(standIns.requests('PUT', '/managedClusters/')).toHaveLength(1);
  expect(resources().filter((id) => before.includes(id))).toEqual(before);
  const kinds = standIns.simulator.resources().filter(({ tags }) => tags?.['airflow-on-aks-deployment'] === 'moved');
  expect(kinds).toHaveLength(6);

  await standIns.fetch('/api/deployments/moved?confirm=moved', { method: 'DELETE' });
  await standIns.host.hub.waitFor('u:moved', ['Completed', 'Failed']);
  expect((await standIns.status('moved')).status).toBe('Deleted');
  expect(resources()).toEqual([]);
});
