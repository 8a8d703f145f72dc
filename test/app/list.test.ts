import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorld } from '../support/world.ts';

let world: TestWorld;

interface Item {
  readonly id: string;
  readonly run: string;
  readonly status: string;
  readonly createdAt: string;
  readonly startedAt: string;
  readonly lastUpdatedAt: string;
  readonly deployed?: object;
  readonly correlationId?: string;
  readonly resourceGroupName: string;
  readonly location: string;
}

const HOUR_MS = 3600 * 1000;

/** Four deployments an hour apart. */
beforeAll(async () => {
  world = await TestWorld.start();
  for (const [index, id] of ['one', 'two', 'three', 'four'].entries()) {
    const correlationId = index % 2 === 0 ? 'REQ+1' : 'REQ2';
    await world.deploy({ resourceGroupName: id, images: [], location: 'westeurope', correlationId });
    await world.clock.sleep(HOUR_MS);
  }
  await world.deploy({ resourceGroupName: 'five', images: [] });
});

afterAll(() => world.close());

const list = async (query: Readonly<Record<string, string>>) => {
  const response = await world.fetch(`/api/deployments?${new URLSearchParams(query)}`);
  const body: { deployments: Item[]; nextLink?: string } = JSON.parse(await response.text());
  return body;
};

const ids = async (query: Readonly<Record<string, string>>) => (await list(query)).deployments.map(({ id }) => id);

const createdAt = async (id: string): Promise<string> =>
  (await list({})).deployments.find((item) => item.id === id)?.createdAt ?? '';

describe('GET /api/deployments', () => {
  it('shows of each what distinguishes it from the others', async () => {
    const [five, four] = (await list({})).deployments;
    expect(four).toMatchObject({ correlationId: 'REQ2', resourceGroupName: 'four', location: 'westeurope' });
    expect(four?.run).toBe((await world.status('four')).run);
    expect(five).not.toHaveProperty('correlationId');
  });

  it('shows what exists, and keeps its place, its creation and its filter when a later run is refused', async () => {
    const before = (await list({})).deployments.find(({ id }) => id === 'two');
    const deployed = { run: before?.run, endedAt: before?.lastUpdatedAt };
    expect(before).toMatchObject({ status: 'Succeeded', deployed });
    expect(before?.startedAt).toBe(before?.createdAt);
    await world.deploy({ resourceGroupName: 'two', images: [], location: 'canadacentral' });
    const { deployments } = await list({});
    expect(deployments.map(({ id }) => id)).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(deployments[3]).toMatchObject({ status: 'Failed', createdAt: before?.createdAt, deployed });
    expect(deployments[3]?.run).not.toBe(before?.run);
    expect(Date.parse(deployments[3]?.startedAt ?? '')).toBeGreaterThan(Date.parse(before?.createdAt ?? ''));
    expect(await ids({ createdBefore: await createdAt('three') })).toEqual(['two', 'one']);
    expect(await ids({ createdAfter: await createdAt('three') })).toEqual(['five', 'four']);
    await world.deploy({ resourceGroupName: 'two', images: [], location: 'westeurope', correlationId: 'REQ2' });
  });

  it('filters by correlation id, to the letter', async () => {
    expect(await ids({ correlationId: 'REQ+1' })).toEqual(['three', 'one']);
    expect(await ids({ correlationId: 'req2' })).toEqual([]);
  });

  it('filters by time, without the bounds themselves', async () => {
    const [two, four] = [await createdAt('two'), await createdAt('four')];
    expect(await ids({ createdAfter: two })).toEqual(['five', 'four', 'three']);
    expect(await ids({ createdBefore: four })).toEqual(['three', 'two', 'one']);
    expect(await ids({ createdAfter: two, createdBefore: four })).toEqual(['three']);
    const shifted = new Date(Date.parse(two) + HOUR_MS).toISOString().replace('Z', '+01:00');
    expect(await ids({ createdAfter: shifted })).toEqual(['five', 'four', 'three']);
    expect(await ids({ createdBefore: '2026-01-01' })).toEqual([]);
  });

  it('combines filters, and keeps them from page to page', async () => {
    expect(await ids({ correlationId: 'REQ2', status: 'Succeeded', createdAfter: await createdAt('three') })).toEqual([
      'four',
    ]);
    expect(await ids({ correlationId: 'REQ2', status: 'Failed' })).toEqual([]);
    const first = await list({ correlationId: 'REQ+1', createdAfter: '2025-12-31', top: '1' });
    expect(first.deployments.map(({ id }) => id)).toEqual(['three']);
    const second = await list(Object.fromEntries(new URL(first.nextLink ?? '').searchParams));
    expect(second.deployments.map(({ id }) => id)).toEqual(['one']);
    expect(second).not.toHaveProperty('nextLink');
  });

  it.each([
    [{ createdAfter: 'yesterday' }, 'createdAfter', 'ISO 8601'],
    [{ createdAfter: '2026-11-23T13:00:00' }, 'createdAfter', '2026-11-23T13:00:00Z'],
    [{ createdBefore: '2026-13-01' }, 'createdBefore', 'ISO 8601'],
    [{ createdAfter: '2026-02-02', createdBefore: '2026-02-01' }, 'createdBefore', 'later than createdAfter'],
    [{ correlationId: 'with space' }, 'correlationId', 'without spaces'],
    [{ correlation: 'x' }, 'correlation', 'status, correlationId, createdAfter, createdBefore, top and after'],
  ])('?%o: 400 that names the parameter and the rule', async (query, field, rule) => {
    const response = await world.fetch(`/api/deployments?${new URLSearchParams(Object.entries(query))}`);
    const body: { errors: { field: string; message: string }[] } = JSON.parse(await response.text());
    expect(response.status).toBe(400);
    expect(body.errors).toEqual([{ field, message: expect.stringContaining(rule) }]);
  });
});
