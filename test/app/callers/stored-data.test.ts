import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startDriftCheck } from '../../../src/functions/start-drift-check.ts';
import { taskHubOf } from '../../../src/task-hub/durable-task-hub.ts';
import type { TaskHub } from '../../../src/task-hub/task-hub.ts';
import { callerWith, ENTRA_SETTINGS } from '../../support/callers.ts';
import { invocation } from '../../support/invocation.ts';
import { readRecordings } from '../../support/recorded-history.ts';
import { TestWorld } from '../../support/world.ts';

for (const [name, value] of Object.entries(ENTRA_SETTINGS)) vi.stubEnv(name, value);

const OWNER_ID = '0000000a-0000-4000-8000-00000000000a';
const ROLES = ['Deployments.Read', 'Deployments.Deploy', 'Deployments.Destroy'] as const;

type Fields = Record<string, unknown>;

const storedSchema = z.looseObject({
  settings: z.looseObject({}),
  deployment: z.looseObject({ cluster: z.looseObject({}) }),
});

type Stored = z.infer<typeof storedSchema>;

/** The input of a deployment as 0.2.0 stored it. */
const recorded = (): Stored => {
  const instances = readRecordings().flatMap(([file, each]) => (file === '0.2.0-succeeded.json' ? each : []));
  const instance = instances.find(({ name }) => name === 'deployment');
  return storedSchema.parse(JSON.parse(instance?.input ?? ''));
};

const without = (object: Fields, ...names: string[]): Fields =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** What another release may have stored instead, and whether this one can read it. */
const changes: readonly {
  readonly change: string;
  readonly readable: boolean;
  readonly of: (run: Stored) => unknown;
}[] = [
  {
    change: 'a field was added',
    readable: true,
    of: (run) => ({
      ...run,
      reviewers: ['ada'],
      deployment: { ...run.deployment, airflow: { version: '3.1' }, cluster: { ...run.deployment.cluster, gpu: true } },
    }),
  },
  {
    change: 'a field is missing',
    readable: true,
    of: (run) => ({
      ...without(run, 'hash', 'settings', 'earlierRuns', 'schemaVersion'),
      deployment: {
        ...without(run.deployment, 'storageContainerName', 'keyVaultName', 'identityName', 'tags'),
        cluster: without(run.deployment.cluster, 'tier', 'zones'),
      },
    }),
  },
  {
    change: 'a limit was tightened',
    readable: true,
    of: (run) => ({
      ...run,
      deployment: {
        ...run.deployment,
        correlationId: 'RITM 1, the second',
        storageSecretName: 'Storage_Credentials',
        airflowNamespace: 'Air_Flow',
        tags: Array.from({ length: 46 }, (_, index) => [`tag-${index}`, 'x']),
      },
    }),
  },
  {
    change: 'a value is not known',
    readable: true,
    of: (run) => ({
      ...run,
      requestedBy: { id: OWNER_ID, name: 'Ada', kind: 'agent' },
      deployment: { ...run.deployment, profile: 'locked-down' },
    }),
  },
  { change: 'all means something else', readable: false, of: (run) => ({ ...run, schemaVersion: 2, hash: 7 }) },
];

let world: TestWorld;
let hub: TaskHub;
let owner: Awaited<ReturnType<typeof callerWith>>;
let other: Awaited<ReturnType<typeof callerWith>>;

/** Has a deployment in the task hub as another release would have stored it, ended. */
const stored = async (id: string, change: (run: Stored) => unknown): Promise<void> => {
  const run = recorded();
  const names = without(run.deployment, 'keyVaultName', 'registryName', 'storageAccountName');
  const deployment = { ...names, id, resourceGroupName: id, images: [], cluster: run.deployment.cluster };
  await hub.start('deployment', `d:${id}`, change({ ...run, owner: OWNER_ID, deployment }));
  await world.instanceEnded(`d:${id}`);
};

const json = async (answer: Promise<{ readonly status: number; readonly text: string }>) => {
  const { status, text } = await answer;
  return { status, body: JSON.parse(text) };
};

const NAME_TAKEN = { status: 409, body: { type: 'urn:airflow-on-aks:problem:name-taken' } };

beforeAll(async () => {
  world = await TestWorld.start({ auth: true });
  hub = taskHubOf(invocation(world));
  owner = await callerWith(world, 'Ada', ROLES, { objectId: OWNER_ID });
  other = await callerWith(world, 'Bob', ROLES);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world.close();
});

describe.each(changes.map((each, index) => ({ ...each, id: `stored-${index}`, again: `again-${index}` })))(
  'of a deployment that another release stored: $change',
  ({ readable, of, id, again }) => {
    const body = { id, resourceGroupName: id, images: [] };

    beforeAll(() => stored(id, of));

    it('the status shows it to its owner, and to nobody else', async () => {
      const { status, body: shown } = await json(owner.send('GET', `deployments/${id}`));
      expect(status).toBe(200);
      expect(shown).toMatchObject({
        id,
        status: readable ? 'Succeeded' : 'Failed',
        names: { resourceGroupName: id },
      });
      if (readable) expect(shown.reason).toBeUndefined();
      else expect(shown.reason).toMatch(/another version.*DELETE/);
      expect((await other.send('GET', `deployments/${id}`)).status).toBe(404);
    });

    it('the list shows it to its owner, and to nobody else', async () => {
      const ids = async (caller: typeof owner): Promise<string[]> => {
        const { body: page } = await json(caller.send('GET', 'deployments'));
        return page.deployments.map((each: { id: string }) => each.id);
      };
      expect(await ids(owner)).toContain(id);
      expect(await ids(other)).not.toContain(id);
    });

    it('its owner can plan it, and nobody else', async () => {
      expect((await owner.send('POST', 'plans', body)).status).toBe(200);
      expect(await json(other.send('POST', 'plans', body))).toMatchObject(NAME_TAKEN);
      expect(await json(other.send('POST', 'plans', { ...body, id: `${id}-x` }))).toMatchObject(NAME_TAKEN);
    });

    it('a POST of somebody else gets neither its id nor its resource group', async () => {
      const elsewhere = { ...body, resourceGroupName: `${id}-x` };
      for (const wanted of [body, elsewhere, { ...body, id: `${id}-x` }]) {
        expect(await json(other.send('POST', 'deployments', wanted))).toMatchObject(NAME_TAKEN);
      }
    });

    it('a check for drift reads it, or leaves it alone', async () => {
      const context = invocation(world);
      await startDriftCheck(TIMER, hub, context);
      await world.instanceEnded('drift-check');
      if (readable) await world.instanceEnded(`r:${id}`);
      const { status, body: report } = await json(owner.send('GET', `deployments/${id}/drift`));
      if (readable) expect({ status, report }).toMatchObject({ status: 200, report: { id } });
      else expect(status).toBe(404);
    });

    it('its owner can delete it', async () => {
      const { status } = await owner.send('DELETE', `deployments/${id}?confirm=${id}`);
      expect(status).toBe(202);
      await world.instanceEnded(`u:${id}`);
      expect(await json(owner.send('GET', `deployments/${id}`))).toMatchObject({ body: { status: 'Deleted' } });
      const left = world.azure.simulator.resources().filter((resource) => resource.id.includes(`/${id}/`));
      expect(left).toEqual([]);
    });

    it('a POST of its owner starts another run, which stays his', async () => {
      await stored(again, of);
      const started = await json(owner.send('POST', 'deployments', { ...body, id: again, resourceGroupName: again }));
      expect(started.status).toBe(202);
      await world.instanceEnded(`d:${again}`);
      const { body: shown } = await json(owner.send('GET', `deployments/${again}`));
      expect(shown).toMatchObject({ status: 'Succeeded', run: started.body.run });
      expect(shown.earlierRuns).toHaveLength(1);
      expect((await other.send('GET', `deployments/${again}`)).status).toBe(404);
    });
  },
);

const TIMER = {
  isPastDue: false,
  schedule: { adjustForDST: false },
  scheduleStatus: { last: '', next: '', lastUpdated: '' },
};

describe('of a record that says nothing', () => {
  const id = 'garbage';
  const body = { id, resourceGroupName: id, images: [] };
  let all: typeof owner;

  beforeAll(async () => {
    all = await callerWith(world, 'Olga', [...ROLES, 'Deployments.All']);
    await hub.start('deployment', `d:${id}`, '☂');
    await world.instanceEnded(`d:${id}`);
  });

  it('those who may see everything see that it is there, and what to do', async () => {
    const { body: shown } = await json(all.send('GET', `deployments/${id}`));
    expect(shown).toMatchObject({
      id,
      status: 'Failed',
      reason: expect.stringMatching(/DELETE is refused.*upgrading/),
    });
    const { body: page } = await json(all.send('GET', 'deployments'));
    expect(page.deployments).toContainEqual(expect.objectContaining({ id, reason: shown.reason }));
    expect((await owner.send('GET', `deployments/${id}`)).status).toBe(404);
  });

  it('nobody takes its id', async () => {
    expect(await json(owner.send('POST', 'deployments', body))).toMatchObject(NAME_TAKEN);
    expect(await json(owner.send('POST', 'plans', body))).toMatchObject(NAME_TAKEN);
  });

  it('a DELETE says what to do', async () => {
    expect(await json(all.send('DELETE', `deployments/${id}?confirm=${id}`))).toMatchObject({
      status: 409,
      body: { type: 'urn:airflow-on-aks:problem:deployment-unreadable', detail: expect.stringContaining('upgrading') },
    });
  });
});
