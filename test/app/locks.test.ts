import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

let nextId = 0;
let id: string;
let group: string;

beforeEach(() => {
  world.azure.reset();
  id = `locked-${nextId++}`;
  group = `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${id}`;
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const URL = 'https://management.azure.com';
const LOCKS = 'providers/Microsoft.Authorization/locks';

const lock = async (scope: string, level: string, name = 'freeze') => {
  const { status } = await world.azure.somebodyElse('PUT', `${URL}${scope}/${LOCKS}/${name}?api-version=2020-05-01`, {
    properties: { level },
  });
  expect(status).toBe(201);
};

const unlock = (scope: string, name = 'freeze') =>
  world.azure.somebodyElse('DELETE', `${URL}${scope}/${LOCKS}/${name}?api-version=2020-05-01`);

const locks = async (): Promise<{ name: string; id: string }[]> => {
  const list = `${URL}/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/${LOCKS}?api-version=2020-05-01`;
  return JSON.parse((await world.azure.somebodyElse('GET', list)).text).value;
};

const body = (options: object = {}) => ({ resourceGroupName: id, images: [], ...options });

const plan = async (options: object = {}) => {
  const answer = await world.post(body(options), '/api/plans?commands=az');
  const read: {
    steps: { name: string; action: string }[];
    commands: string[];
    findings: { rule: string; severity: string; message: string }[];
  } = JSON.parse(await answer.text());
  return read;
};

const undo = async () => {
  const answer = await world.fetch(`/api/deployments/${id}?confirm=${id}`, { method: 'DELETE' });
  expect(answer.status).toBe(202);
  await world.undone(id);
  return world.status(id);
};

const left = () => world.azure.simulator.resources().map(({ type }) => type.split('/').at(-1)?.toLowerCase());

describe("a company's lock", () => {
  it.each([
    ['the resource group', ''],
    ['what is in it', '/providers/Microsoft.ContainerService/managedClusters/apache-airflow-aks'],
  ])('on %s ends an undo before anything is deleted', async (_, below) => {
    await world.deploy(body());
    await lock(group + below, 'CanNotDelete');
    const before = left();
    expect(await undo()).toMatchObject({
      status: 'Failed',
      error: {
        step: 'find',
        code: 'ScopeLocked',
        message: expect.stringMatching(
          new RegExp(`^Nothing was deleted: freeze \\(CanNotDelete\\) on ${group}${below} forbids it.$`, 'i'),
        ),
        remedy: expect.stringContaining('az lock delete'),
      },
    });
    expect(left()).toEqual(before);
    expect(world.azure.requests('DELETE', '')).toEqual([]);
    await unlock(group + below);
    expect((await undo()).status).toBe('Deleted');
    expect(left()).toEqual([]);
  });

  it('of ReadOnly is found before anything is changed, by the plan too; one that forbids to delete is none', async () => {
    await world.deploy(body());
    await lock(group, 'CanNotDelete', 'keep');
    expect((await plan()).findings).toEqual([]);
    await lock(group, 'ReadOnly');
    const { findings } = await plan({ tags: { env: 'prod' } });
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { rule: 'locked', message: `The lock freeze (ReadOnly) on ${group} forbids every change.` },
    ]);
    const writes = world.azure.requests('PATCH', '').length;
    expect(await world.deploy(body({ tags: { env: 'prod' } }))).toMatchObject({
      status: 'Failed',
      error: { step: 'preflight', code: 'PreflightFailed', message: expect.stringContaining('freeze (ReadOnly)') },
    });
    expect(world.azure.requests('PATCH', '')).toHaveLength(writes);
  });
});

describe("a deployment's own lock", () => {
  it('is its last step, keeps all from being deleted by others, and goes with it alone', async () => {
    const asked = body({ lock: 'CanNotDelete' });
    expect((await plan({ lock: 'CanNotDelete' })).commands).toContain(
      `az lock create --name airflow-on-aks-${id} --lock-type CanNotDelete --resource-group ${id}`,
    );
    const deployed = await world.deploy(asked);
    expect(deployed.status).toBe('Succeeded');
    expect(deployed.steps.at(-1)).toMatchObject({ name: 'lock', state: 'Succeeded', change: 'created' });
    expect(await locks()).toMatchObject([{ name: `airflow-on-aks-${id}`, id: expect.stringContaining(group) }]);
    expect((await world.azure.somebodyElse('DELETE', `${URL}${group}?api-version=2021-04-01`)).status).toBe(409);

    const again = await world.deploy(asked);
    expect(again.steps.at(-1)).toMatchObject({ name: 'lock', change: 'unchanged' });
    expect((await plan({ lock: 'CanNotDelete' })).steps.at(-1)).toMatchObject({ name: 'lock', action: 'unchanged' });
    expect(world.sent('PUT', '/locks/')).toHaveLength(1);

    // Azure may hold to a lock for a while after it is gone.
    const scopeLocked = { status: 409, code: 'ScopeLocked', message: 'It is locked.' };
    await world.azure.fail({
      method: 'DELETE',
      path: `resourcegroups/${id}\\?`,
      action: { answer: scopeLocked },
    });
    expect((await undo()).status).toBe('Deleted');
    expect(left()).toEqual([]);
    expect(await locks()).toEqual([]);
  });

  it('is on its own resources alone where the group is not its own', async () => {
    const made = await world.azure.somebodyElse('PUT', `${URL}${group}?api-version=2021-04-01`, {
      location: 'canadacentral',
    });
    expect(made.status).toBe(201);
    vi.stubEnv('DEPLOYMENT_LOCK', 'CanNotDelete');
    expect((await world.deploy(body())).status).toBe('Succeeded');
    expect(await locks()).toHaveLength(5);
    const { commands } = await plan();
    expect(commands.filter((line) => /^# az lock create .* --resource \/subscriptions\//.test(line))).toHaveLength(5);
    await lock(group, 'CanNotDelete', 'theirs');
    expect((await undo()).status).toBe('Failed');
    expect(await locks()).toHaveLength(6);
    await unlock(group, 'theirs');
    expect((await undo()).status).toBe('Deleted');
    expect(left()).toEqual(['resourcegroups']);
    expect(await locks()).toEqual([]);
  });

  it('needs a right of its own, which the preflight names', async () => {
    await world.azure.giveRoles(['Contributor', 'Role Based Access Control Administrator']);
    expect((await plan()).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect((await plan({ lock: 'CanNotDelete' })).findings).toMatchObject([
      { rule: 'missing-permission', message: expect.stringContaining('Microsoft.Authorization/locks/write (lock)') },
    ]);
  });

  it('that is none is refused by its name', async () => {
    const refused = await world.post(body({ lock: 'ReadOnly' }));
    expect(JSON.parse(await refused.text()).errors).toEqual([{ field: 'lock', message: 'must be CanNotDelete' }]);
  });
});
