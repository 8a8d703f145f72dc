import { beforeEach, describe, expect, it } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let nextId = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  id = `undo-${nextId++}`;
});

const deploy = () => world.deploy({ resourceGroupName: id, images: [] });

const remove = (query = `confirm=${id}`) => world.fetch(`/api/deployments/${id}?${query}`, { method: 'DELETE' });

const undone = async () => {
  await world.undone(id);
  return world.status(id);
};

const left = () =>
  world.azure.simulator.resources().map(({ type }) => type.split('/').slice(1).join('/').toLowerCase());

const deletedVaults = async (): Promise<unknown[]> => {
  const text = await (await fetch(`${world.azure.simulator.url}/_simulator/resources`)).text();
  const { deletedVaults: vaults }: { deletedVaults: unknown[] } = JSON.parse(text);
  return vaults;
};

/** A resource group that somebody else made. */
const foreignGroup = async (): Promise<void> => {
  const url = `https://management.azure.com/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourcegroups/${id}?api-version=2021-04-01`;
  const body = { location: 'canadacentral', tags: { owner: 'them' } };
  expect((await world.azure.somebodyElse('PUT', url, body)).status).toBe(201);
};

describe('DELETE', () => {
  it('removes the resource group that the deployment made, with all that is in it', async () => {
    await deploy();
    const response = await remove();
    expect(response.status).toBe(202);
    expect(response.headers.get('operation-location')).toContain(`/api/deployments/${id}`);
    const deleted = await undone();
    expect(deleted.status).toBe('Deleted');
    expect(left()).toEqual([]);
    expect((await world.fetch(`/api/deployments/${id}/outputs`)).status).toBe(409);
    expect(await (await world.fetch('/api/deployments?status=Deleted')).text()).toContain(`"id":"${id}"`);
  });

  it('leaves the vault recoverable, and a POST after it recovers it', async () => {
    await deploy();
    await remove();
    await undone();
    expect(await deletedVaults()).toHaveLength(1);
    const again = await deploy();
    expect(again.status).toBe('Succeeded');
    expect(await deletedVaults()).toHaveLength(0);
    expect(left()).toContain('vaults');
  });

  it('leaves a vault that a later POST recovers and puts right', async () => {
    await deploy();
    await remove();
    await undone();
    const again = await world.deploy({ resourceGroupName: id, images: [], tags: { team: 'data' } });
    const vault = again.steps.find(({ name }) => name === 'key-vault');
    expect(vault).toMatchObject({ change: 'updated', changed: expect.arrayContaining(['recovered']) });
    const { tags } = world.azure.simulator.resources().find(({ type }) => type === 'Microsoft.KeyVault/vaults') ?? {};
    expect(tags).toMatchObject({ team: 'data' });
  });

  it('purges the vault when asked to', async () => {
    await deploy();
    await remove(`confirm=${id}&purge=true`);
    expect((await undone()).status).toBe('Deleted');
    expect(await deletedVaults()).toHaveLength(0);
  });

  it("removes only what the deployment made from somebody else's resource group", async () => {
    await foreignGroup();
    await deploy();
    await remove();
    expect((await undone()).status).toBe('Deleted');
    expect(left()).toEqual(['resourcegroups']);
  });

  it('of what is gone is a success', async () => {
    await deploy();
    await remove();
    await undone();
    expect((await remove()).status).toBe(202);
    expect((await undone()).status).toBe('Deleted');
  });

  it('of a running deployment cancels it first', async () => {
    const release = world.clock.hold();
    await world.post({ resourceGroupName: id });
    const removed = world.after(60_000, remove);
    release();
    expect((await removed).status).toBe(202);
    expect((await undone()).status).toBe('Deleted');
    expect(left()).toEqual([]);
  });

  it('is refused without the name of the resource group', async () => {
    await deploy();
    const response = await remove('confirm=other');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('"field":"confirm"');
    expect(left()).toContain('managedclusters');
  });

  it('keeps a POST waiting: 409 while it goes on', async () => {
    await deploy();
    const release = world.clock.hold();
    await remove();
    const posted = await world.post({ resourceGroupName: id, images: [] });
    expect(posted.status).toBe(409);
    expect(await posted.text()).toContain('deployment-deleting');
    release();
    expect((await undone()).status).toBe('Deleted');
  });

  it('that Azure refuses says why, and can be sent again', async () => {
    await deploy();
    await world.azure.fail({
      method: 'DELETE',
      path: `/resourcegroups/${id}`,
      action: { answer: { status: 409, code: 'ScopeLocked', message: 'A lock forbids it.' } },
    });
    await remove();
    expect(await undone()).toMatchObject({
      status: 'Failed',
      error: { step: 'delete:resource-group', code: 'ScopeLocked', remedy: expect.stringContaining('lock') },
    });
    await remove();
    expect((await undone()).status).toBe('Deleted');
  });
});
