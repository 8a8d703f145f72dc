import { beforeEach, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { storedRunSchema } from '../../src/deployment/run/stored/stored-run.ts';
import { taskHubOf } from '../../src/task-hub/durable-task-hub.ts';
import { invocation } from '../support/invocation.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let round = 0;
let group: string;

beforeEach(() => {
  world.azure.reset();
  group = `shared-${round++}`;
});

const body = (id: string, options: object = {}) => ({
  id: `${group}-${id}`,
  resourceGroupName: group,
  images: [],
  ...options,
});

const remove = (id: string) => world.fetch(`/api/deployments/${group}-${id}?confirm=${group}`, { method: 'DELETE' });

const undone = async (id: string) => {
  await world.instanceEnded(`u:${group}-${id}`);
  return world.status(`${group}-${id}`);
};

it('a POST into a resource group where another deployment is at work is refused, until that has ended', async () => {
  const release = world.clock.hold();
  expect((await world.post(body('a'))).status).toBe(202);
  const refused = await world.post(body('b', { resourceGroupName: group.toUpperCase() }));
  expect(refused.status).toBe(409);
  const problem = JSON.parse(await refused.text());
  expect(problem).toMatchObject({
    type: 'urn:airflow-on-aks:problem:resource-group-in-use',
    detail: expect.stringContaining(`"${group}-a" is running`),
  });
  expect(refused.headers.get('operation-location')).toBe(problem.urls.status);
  expect(world.host.hub.get(`d:${group}-b`)).toBeUndefined();
  // Neither may the group's other deployment be deleted meanwhile, nor is a repeat refused.
  expect((await world.post(body('a'))).status).toBe(202);
  release();
  await world.ended(`${group}-a`);
  expect((await world.deploy(body('b'))).status).toBe('Succeeded');
});

it('of two POSTs that both found the group free, the one that was first goes on and the others change nothing', async () => {
  const hub = taskHubOf(invocation(world));
  /** The task hub's state after a POST that saw the group free. */
  const start = async (id: string, owner?: string) => {
    const instance = await hub.find(`d:${group}-m`);
    const run = storedRunSchema.parse(instance?.input);
    const deployment = { ...run.deployment, id: `${group}-${id}` };
    return hub.start('deployment', `d:${group}-${id}`, { ...run, run: id, deployment, owner });
  };
  const release = world.clock.hold();
  await world.post(body('m'));
  // Before it and after it in the order of ids.
  await start('z');
  await start('y', '33333333-0000-4000-8000-000000000000');
  const later = world.after(60_000, () => start('a'));
  release();
  await later;
  for (const id of ['a', 'z']) {
    expect(await world.ended(`${group}-${id}`)).toMatchObject({
      status: 'Failed',
      error: {
        step: 'preflight',
        code: 'ResourceGroupInUse',
        message: `The deployment "${group}-m" is at work in the resource group ${group}, and began before this one.`,
      },
    });
  }
  const hidden = `A deployment of somebody else is at work in the resource group ${group}, and began before this one.`;
  const stranger = await world.ended(`${group}-y`);
  expect(stranger).toMatchObject({ status: 'Failed', error: { code: 'ResourceGroupInUse', message: hidden } });
  expect(JSON.stringify(stranger)).not.toContain(`${group}-m`);
  expect((await world.ended(`${group}-m`)).status).toBe('Succeeded');
  expect(world.azure.requests('PUT', '/managedClusters/')).toHaveLength(1);
});

it('a DELETE is refused while another deployment is at work in the group', async () => {
  await world.deploy(body('a'));
  const release = world.clock.hold();
  await world.post(body('b'));
  const refused = await remove('a');
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain('resource-group-in-use');
  release();
  await world.ended(`${group}-b`);
});

it("a group holds what another deployment made: undoing the group's maker deletes its own alone", async () => {
  const names = { clusterName: 'other-aks', identityName: 'other-identity', keyVaultName: `kv-${group}` };
  const others = {
    ...names,
    registryName: `cr${group.replace('-', '')}`,
    storageAccountName: `st${group.replace('-', '')}`,
  };
  await world.deploy(body('a'));
  await world.deploy(body('b', others));
  await remove('a');
  const deleted = await undone('a');
  expect(deleted.status).toBe('Deleted');
  const owners = world.azure.simulator.resources().flatMap(({ tags }) => tags?.['airflow-on-aks-deployment'] ?? []);
  // The group keeps its maker's tag.
  expect(owners.toSorted()).toEqual([`${group}-a`, ...Array(5).fill(`${group}-b`)]);
  const note = JSON.stringify(deleted);
  expect(note).toContain(`The resource group ${group} stays, since it holds what this deployment did not make`);

  await remove('b');
  await undone('b');
  await remove('a');
  await undone('a');
  expect(world.azure.simulator.resources()).toEqual([]);
});

it('a group holds what somebody put there by hand: that stays, too', async () => {
  await world.deploy(body('a'));
  const url = `https://management.azure.com/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/theirs?api-version=2024-11-30`;
  expect((await world.azure.somebodyElse('PUT', url, { location: 'canadacentral' })).status).toBe(201);
  await remove('a');
  expect((await undone('a')).status).toBe('Deleted');
  expect(world.azure.simulator.resources().map(({ name }) => name)).toEqual([group, 'theirs']);
});
