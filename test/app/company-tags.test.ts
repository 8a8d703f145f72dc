import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

beforeEach(() => world.azure.reset());

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What the deployment made that takes tags: the secrets' say which value they hold, and the nodes' group is that of AKS. */
const tracked = () => world.azure.simulator.resources().filter(({ tags }) => tags?.['airflow-on-aks-deployment']);

const planOf = async (body: object) => {
  const answer = await world.post(body, '/api/plans?commands=az');
  const plan: { summary: { create: number; update: number }; commands: string[]; steps: { name: string }[] } =
    JSON.parse(await answer.text());
  return plan;
};

it('every resource has the tags of the service, but where the request gives the same name', async () => {
  vi.stubEnv('DEFAULT_TAGS', 'cost-center=123,env=prod');
  const body = { resourceGroupName: 'tagged', images: [], tags: { env: 'test' } };
  expect((await world.deploy(body)).status).toBe('Succeeded');
  expect(tracked()).toHaveLength(6);
  for (const { tags } of tracked()) expect(tags).toMatchObject({ 'cost-center': '123', env: 'test' });

  const { summary, commands } = await planOf(body);
  expect(summary).toMatchObject({ create: 0, update: 0 });
  expect(commands.filter((line) => line.includes('--tags cost-center=123 env=test'))).toHaveLength(6);
});

it('a tag that the service requires is asked for before anything begins', async () => {
  vi.stubEnv('REQUIRED_TAGS', 'cost-center,owner');
  vi.stubEnv('DEFAULT_TAGS', 'owner=platform');
  for (const path of ['/api/deployments', '/api/plans']) {
    const refused = await world.post({ resourceGroupName: 'untagged', id: 'untagged' }, path);
    expect(refused.status).toBe(400);
    expect(JSON.parse(await refused.text())).toMatchObject({
      type: 'urn:airflow-on-aks:problem:invalid-request',
      errors: [{ field: 'tags.cost-center' }],
    });
  }
  expect(world.host.hub.get('d:untagged')).toBeUndefined();
});

it('tags that a policy adds are not fought over', async () => {
  const add = { name: 'add-owner', effect: 'modify', field: 'tags.business-owner', exists: false } as const;
  await world.azure.change({ policies: [{ ...add, tags: { 'business-owner': 'finance' } }] });
  const body = { resourceGroupName: 'modified', images: [], tags: { env: 'prod' } };
  await world.deploy(body);
  expect(tracked().map(({ tags }) => tags?.['business-owner'])).toEqual(Array(6).fill('finance'));

  const again = await world.deploy(body);
  expect(again.steps.filter(({ change }) => change !== 'unchanged')).toEqual([]);
  // Without the policy, which would put back what an update took away.
  await world.azure.change({ policies: [] });
  const changed = await world.deploy({ ...body, tags: { env: 'test' } });
  expect(changed.status).toBe('Succeeded');
  expect(tracked()).toHaveLength(6);
  for (const { tags } of tracked()) expect(tags).toMatchObject({ 'business-owner': 'finance', env: 'test' });
});
