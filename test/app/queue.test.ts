import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import { useWorld } from '../support/use-world.ts';

const LIMIT = 2;

const world = useWorld({ onDisk: true });

let round = 0;

beforeEach(async () => {
  round++;
  world.azure.reset();
  await world.azure.change({ quota: { cores: 1000, standardDSv2Family: 1000 } });
  vi.stubEnv('MAX_RUNNING_DEPLOYMENTS', String(LIMIT));
});

afterEach(() => vi.unstubAllEnvs());

const names = (count: number) => Array.from({ length: count }, (_, index) => `queue-${round}-${index}`);

/** Posts deployments one second apart, so that they have an order, and holds the clock meanwhile. */
const post = async (ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    expect((await world.post({ resourceGroupName: id, images: [] })).status).toBe(202);
    await world.clock.sleep(1000);
  }
};

const start = ({ steps }: DeploymentDocument) =>
  instant(steps.find(({ name }) => name === 'resource-group')?.startedAt);

const end = ({ steps }: DeploymentDocument) => instant(steps.find(({ name }) => name === 'connect')?.endedAt);

const instant = (text = ''): number => Date.parse(text);

/** The most deployments that were at work at one moment. */
const mostAtOnce = (documents: readonly DeploymentDocument[]): number =>
  Math.max(
    ...documents.map(
      (one) => documents.filter((other) => start(other) <= start(one) && start(one) < end(other)).length,
    ),
  );

it('at most so many deployments run at once as the setting says, the others wait in order of arrival', async () => {
  const ids = names(5);
  await post(ids);
  const waiting = await world.status(ids[4] ?? '');
  expect(waiting).toMatchObject({ status: 'Pending', waiting: expect.stringContaining('place 3') });
  const ended = await Promise.all(ids.map((id) => world.ended(id)));
  expect(ended.map(({ status }) => status)).toEqual(ids.map(() => 'Succeeded'));
  expect(mostAtOnce(ended)).toBe(LIMIT);
  // Nobody takes the place of one that came before: whoever begins has fewer unfinished ones before it than may run.
  for (const [index, document] of ended.entries()) {
    const before = ended.slice(0, index).filter((earlier) => end(earlier) > start(document));
    expect(before.length).toBeLessThan(LIMIT);
  }
  expect(ended.map(({ waiting: reason }) => reason)).toEqual(ids.map(() => undefined));
});

it('one that waits can be cancelled, and has touched nothing', async () => {
  const ids = names(4);
  await post(ids);
  const last = ids[3] ?? '';
  expect((await world.post({}, `/api/deployments/${last}/cancel`)).status).toBe(202);
  expect((await world.ended(last)).status).toBe('Cancelled');
  expect(world.azure.requests('PUT', `/resourcegroups/${last}`)).toEqual([]);
  for (const id of ids.slice(0, 3)) expect((await world.ended(id)).status).toBe('Succeeded');
});

it('those that wait survive a restart', async () => {
  const ids = names(4);
  await post(ids);
  await world.restart();
  const ended = await Promise.all(ids.map((id) => world.ended(id)));
  expect(ended.map(({ status }) => status)).toEqual(ids.map(() => 'Succeeded'));
  expect(mostAtOnce(ended)).toBeLessThanOrEqual(LIMIT);
});
