import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let nextId = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  id = `after-cancel-${nextId++}`;
});

const afterCancelSchema = z.object({
  operations: z.array(
    z.object({ step: z.string(), resourceId: z.string(), state: z.string(), endedAt: z.string().optional() }),
  ),
  andDelete: z.boolean(),
  remedy: z.string(),
});
const documentSchema = z.looseObject({ status: z.string(), afterCancel: afterCancelSchema.optional() });

const read = async (response: Response) => documentSchema.parse(JSON.parse(await response.text()));
const cancel = (query = '') => world.post({}, `/api/deployments/${id}/cancel${query}`);
const status = async () => read(await world.fetch(`/api/deployments/${id}`));

const HOUR_MS = 3600_000;

/** Cancels a deployment some modelled seconds after its start. @returns the answer, and what the status says a minute and an hour later. */
const cancelAfter = async (seconds: number, query = '') => {
  const release = world.clock.hold();
  await world.post({ resourceGroupName: id });
  const answered = world.after(seconds * 1000, () => cancel(query));
  // A minute on the run has stopped, and the cluster takes some minutes more.
  const ended = world.after((seconds + 60) * 1000, status);
  const later = world.after(HOUR_MS, status);
  release();
  const answer = await answered;
  expect(answer.status).toBe(202);
  return { answer: await read(answer), ended: await ended, later: await later };
};

describe('a deployment that is cancelled while Azure is at work', () => {
  it('names what Azure continues, with its resource and what to do, and follows it to its end', async () => {
    const { answer, ended, later } = await cancelAfter(60);
    const cluster = {
      step: 'cluster',
      resourceId: expect.stringContaining('/managedClusters/'),
      state: 'Running',
    };
    for (const { afterCancel } of [answer, ended]) {
      expect(afterCancel?.operations).toContainEqual(cluster);
      const imports = afterCancel?.operations.filter(({ step }) => step.startsWith('image:'));
      expect(imports?.length).toBeGreaterThan(0);
      expect(imports?.[0]?.resourceId).toContain('/registries/');
      expect(afterCancel?.remedy).toContain('DELETE');
    }
    expect(ended.status).toBe('Cancelled');
    expect(later.status).toBe('Cancelled');
    expect(later.afterCancel?.operations).toContainEqual({
      ...cluster,
      state: 'Succeeded',
      endedAt: expect.stringMatching(/Z$/),
    });
    expect(later.afterCancel?.operations.filter(({ state }) => state === 'Running')).toEqual([]);
    expect(later.afterCancel?.remedy).toContain('has ended');
    expect(JSON.stringify([answer, ended, later])).not.toContain('underWay');
    const result = await world.fetch(`/api/deployments/${id}/result`);
    expect(await result.text()).toContain('/managedClusters/');
  });

  it('with andDelete deletes it once Azure has ended that', async () => {
    const { answer, later } = await cancelAfter(60, `?andDelete=true&confirm=${id}`);
    expect(answer.afterCancel).toMatchObject({ andDelete: true });
    expect(later.status).toBe('Deleted');
    expect(world.azure.simulator.resources().filter(({ id: path }) => path.includes(id))).toEqual([]);
  });

  it('may still be deleted afterwards by the same request', async () => {
    await cancelAfter(60);
    expect((await cancel(`?andDelete=true&confirm=${id}`)).status).toBe(202);
    await world.pass(HOUR_MS);
    expect((await status()).status).toBe('Deleted');
  });

  it('is not deleted when another POST has taken over', async () => {
    const release = world.clock.hold();
    await world.post({ resourceGroupName: id });
    const cancelled = world.after(60_000, () => cancel(`?andDelete=true&confirm=${id}`));
    const posted = world.after(75_000, () => world.post({ resourceGroupName: id }));
    const later = world.after(HOUR_MS, status);
    release();
    expect([(await cancelled).status, (await posted).status]).toEqual([202, 202]);
    expect((await later).status).toBe('Succeeded');
  });
});

it('with nothing in flight there is nothing to say', async () => {
  const release = world.clock.hold();
  await world.post({ resourceGroupName: id, approval: { required: true } });
  const answered = world.after(60_000, () => cancel());
  release();
  expect((await read(await answered)).afterCancel).toBeUndefined();
  expect((await status()).afterCancel).toBeUndefined();
});

it.each([
  ['?andDelete=true', 'confirm'],
  ['?andDelete=true&confirm=another-group', 'confirm'],
  ['?andDelete=yes', 'andDelete'],
  ['?and=true', 'and'],
])('%s is refused with the field', async (query, field) => {
  const release = world.clock.hold();
  await world.post({ resourceGroupName: id });
  const refused = await cancel(query);
  release();
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining(`"field":"${field}"`)]);
  expect((await world.ended(id)).status).toBe('Succeeded');
});
