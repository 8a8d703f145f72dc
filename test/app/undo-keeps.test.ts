import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/azure-simulator.ts';
import { allSteps } from '../../src/steps/all-steps.ts';
import type { StepCore } from '../../src/steps/step.ts';
import { useWorld } from '../support/use-world.ts';

const TAG = 'airflow-on-aks-deployment';

const world = useWorld();

let round = 0;
let id: string;

beforeEach(() => {
  world.azure.reset();
  id = `keeps-${round++}`;
});

/** Ids are compared without regard to case, as Azure does: it does not always write them alike. */
const idSchema = z.string().transform((text) => text.toLowerCase());

const undoSchema = z.looseObject({
  status: z.string(),
  error: z.looseObject({ step: z.string(), code: z.string(), message: z.string(), remedy: z.string() }).optional(),
  undo: z.looseObject({
    deleted: z.array(idSchema),
    kept: z.array(z.object({ id: idSchema, reason: z.string(), claim: z.string().optional() })),
  }),
});

const deploy = (options: object = {}) => world.deploy({ resourceGroupName: id, images: [], ...options });

const remove = async (query = '') => {
  expect((await world.delete(id, query)).status).toBe(202);
  return undoSchema.parse(await world.undone(id));
};

const here = () => world.azure.simulator.resources().filter((resource) => resource.id.includes(`/${id}`));

/** The types of what stands, without their namespaces; those of the nodes' group left out. */
const left = () =>
  here()
    .filter((resource) => resource.id.split('/').length === 9)
    .map(({ type }) => type.split('/').at(-1)?.toLowerCase());

const theOnly = (type: string) => {
  const [found] = here().filter((resource) => resource.type.toLowerCase().endsWith(`/${type.toLowerCase()}`));
  if (!found) throw new Error(`There is no ${type}.`);
  return found;
};

const idOf = (type: string): string => theOnly(type).id.toLowerCase();

const steps: readonly StepCore[] = allSteps;

const versionOf = (type: string): string =>
  steps.find(({ resource }) => resource?.type.toLowerCase() === type.toLowerCase())?.resource?.apiVersion ??
  '2021-04-01';

/** Has somebody else write the tags of a resource. */
const retag = async ({ id: resourceId, type }: { id: string; type: string }, tags: Record<string, string>) => {
  const url = `https://management.azure.com${resourceId}?api-version=${versionOf(type)}`;
  const { status, body } = await world.azure.somebodyElse('PATCH', url, { tags });
  expect([status < 300, body]).toEqual([true, body]);
  // A cluster and a registry are being updated for a while.
  await world.pass(300_000);
};

/** Does what the Azure CLI sends for the line that a person pastes. */
const paste = async (line: string | undefined): Promise<void> => {
  const [, resourceId, name = '', value] =
    /^az tag update --resource-id (\S+) --operation merge --tags ([\w-]+)=(\S+)$/.exec(line ?? '') ?? [];
  const url = `https://management.azure.com${resourceId}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`;
  const body = { operation: 'Merge', properties: { tags: { [name]: value } } };
  expect((await world.azure.somebodyElse('PATCH', url, body)).status).toBe(200);
};

const roles = () => world.azure.requests('DELETE', '/roleAssignments/').map(({ url }) => url);

const deletions = () => world.azure.requests('DELETE', '/resourcegroups/');

const TYPES = ['managedClusters', 'userAssignedIdentities', 'vaults', 'registries', 'storageAccounts'] as const;

describe('tags that another tool replaced', () => {
  it('on all: everything is kept, AcrPull too, and the lines to paste let the same DELETE finish', async () => {
    await deploy();
    const all = [theOnly('resourceGroups'), ...TYPES.map(theOnly)];
    for (const each of all) await retag(each, { team: 'data' });
    const before = left();

    const kept = await remove();
    expect(kept.status).toBe('Failed');
    expect(left()).toEqual(before);
    expect(deletions()).toEqual([]);
    expect(roles()).toEqual([]);
    expect(kept.undo.deleted).toEqual([]);
    expect(kept.undo.kept.map((each) => each.id.toLowerCase()).toSorted()).toEqual(
      all.map((each) => each.id.toLowerCase()).toSorted(),
    );
    const result = await world.fetch(`/api/deployments/${id}/result`);
    expect(result.status).toBe(422);
    const { error }: { error: { code: string; message: string; remedy: string } } = JSON.parse(await result.text());
    expect(error.code).toBe('OwnerTagMissing');
    for (const each of kept.undo.kept) {
      expect(error.message.toLowerCase()).toContain(each.id);
      expect(error.remedy).toContain(`\n${each.claim}`);
    }

    for (const { claim } of kept.undo.kept) await paste(claim);
    expect((await remove()).status).toBe('Deleted');
    expect(here()).toEqual([]);
  });

  it('on the cluster: it is kept with what it needs, and so is AcrPull', async () => {
    await deploy();
    await retag(theOnly('managedClusters'), {});
    const { status, undo } = await remove();
    expect(status).toBe('Failed');
    expect(undo.deleted).toEqual([]);
    expect(roles()).toEqual([]);
    expect(left()).toHaveLength(5);
    const claims = undo.kept.filter(({ claim }) => claim !== undefined);
    expect(claims.map((each) => each.id)).toEqual([expect.stringContaining('/managedclusters/')]);
    await paste(claims[0]?.claim);
    expect((await remove()).status).toBe('Deleted');
    expect(here()).toEqual([]);
  });

  it.each(['userAssignedIdentities', 'vaults', 'registries', 'storageAccounts'])(
    'on one of %s: that is kept, and everything else is deleted',
    async (type) => {
      await deploy();
      await retag(theOnly(type), { [TAG]: 'nobody' });
      const { status, error, undo } = await remove();
      expect([status, error?.code]).toEqual(['Failed', 'OwnerTagMissing']);
      expect(left()).toEqual([type.toLowerCase()]);
      expect(undo.deleted.filter((each) => !each.includes('roleassignments'))).toHaveLength(4);
      expect(undo.kept).toMatchObject([
        { id: idOf(type), claim: expect.any(String) },
        { reason: 'It holds what is kept.' },
      ]);
      await paste(undo.kept[0]?.claim);
      const finished = await remove();
      expect(finished.status).toBe('Deleted');
      expect(finished.undo.deleted.map((each) => each.toLowerCase())).toContain(undo.kept[0]?.id.toLowerCase());
      expect(here()).toEqual([]);
    },
  );

  it('on the group alone: what is in it is deleted, and the group waits', async () => {
    await deploy();
    await retag(theOnly('resourceGroups'), { team: 'data' });
    const { status, undo } = await remove();
    expect(status).toBe('Failed');
    expect(left()).toEqual([]);
    expect(undo.kept).toMatchObject([{ id: idOf('resourceGroups'), claim: expect.any(String) }]);
    await paste(undo.kept[0]?.claim);
    expect((await remove()).status).toBe('Deleted');
    expect(here()).toEqual([]);
  });

  it('in other letters are the same tags to Azure', async () => {
    await deploy();
    for (const each of [theOnly('resourceGroups'), ...TYPES.map(theOnly)]) {
      await retag(each, { 'Airflow-On-AKS-Deployment': id });
    }
    expect((await remove()).status).toBe('Deleted');
    expect(here()).toEqual([]);
  });

  it('after an earlier run: what that made is known to the next', async () => {
    await deploy();
    await retag(theOnly('storageAccounts'), {});
    await deploy({ tags: { again: 'yes' } });
    const { status, undo } = await remove();
    expect(status).toBe('Failed');
    expect(undo.kept[0]?.id).toBe(idOf('storageAccounts'));
  });

  it('before an expiry: the same holds', async () => {
    await deploy({ expiresAt: 'PT2H' });
    await retag(theOnly('registries'), {});
    const expired = undoSchema.parse(await world.undone(id));
    expect([expired.status, expired.undo.kept[0]?.id]).toEqual(['Failed', idOf('registries')]);
  });
});

const IDENTITY = () =>
  `https://management.azure.com/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${id}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/airflow-identity-123?api-version=2024-11-30`;

const makeGroup = async (): Promise<void> => {
  const url = `https://management.azure.com/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourcegroups/${id}?api-version=2021-04-01`;
  const body = { location: 'canadacentral', tags: { owner: 'them' } };
  expect((await world.azure.somebodyElse('PUT', url, body)).status).toBe(201);
};

const makeIdentity = async (): Promise<void> => {
  expect((await world.azure.somebodyElse('PUT', IDENTITY(), { location: 'canadacentral' })).status).toBe(201);
};

it('what another tool made anew is kept, though everything else in the group is its own', async () => {
  await deploy();
  await world.azure.somebodyElse('DELETE', IDENTITY());
  await makeIdentity();
  const { status, undo } = await remove();
  expect(status).toBe('Failed');
  expect(left()).toEqual(['userassignedidentities']);
  expect(undo.kept[0]).toMatchObject({ id: idOf('userAssignedIdentities'), claim: expect.any(String) });
});

it('what the deployment found and used, run after run, is kept and is no failure', async () => {
  await makeGroup();
  await makeIdentity();
  await deploy();
  await deploy({ tags: { again: 'yes' } });
  const { status, undo } = await remove();
  expect(status).toBe('Deleted');
  expect(left()).toEqual(['userassignedidentities']);
  expect(undo.kept).toEqual([
    { id: idOf('userAssignedIdentities'), reason: 'The deployment did not make it.' },
    { id: expect.stringMatching(new RegExp(`/${id}$`)), reason: 'The deployment did not make it.' },
  ]);
});

it('what has the tag of another deployment of the group is that one’s', async () => {
  await deploy();
  const other = `${id}-b`;
  await world.deploy({ id: other, resourceGroupName: id, clusterName: 'other', images: [] });
  await retag(theOnly('storageAccounts'), { [TAG]: other });
  const { status, undo } = await remove();
  expect(status).toBe('Deleted');
  expect(undo.kept).toContainEqual({ id: idOf('storageAccounts'), reason: 'Another deployment made it.' });
  expect(left().toSorted()).toEqual(['managedclusters', 'storageaccounts']);
});

it('what earlier runs made under other names is found by its tag', async () => {
  await makeGroup();
  await deploy();
  await deploy({ clusterName: 'second' });
  expect(left().filter((type) => type === 'managedclusters')).toHaveLength(2);
  const { status, undo } = await remove();
  expect(status).toBe('Deleted');
  expect(left()).toEqual([]);
  expect(undo.deleted.filter((each) => each.includes('/managedclusters/'))).toHaveLength(2);
});

it('an undo shows by id what is gone with the group', async () => {
  await deploy();
  const ids = here()
    .map((each) => each.id)
    .filter((each) => each.split('/').length === 9 || each.endsWith(`/${id}`));
  const { undo } = await remove();
  expect(undo.kept).toEqual([]);
  expect(undo.deleted.map((each) => each.toLowerCase()).toSorted()).toEqual(
    ids.map((each) => each.toLowerCase()).toSorted(),
  );
});

it('under a lock of its own that also protects what is kept, nothing is deleted and the lock stays', async () => {
  await deploy({ lock: 'CanNotDelete' });
  await retag(theOnly('storageAccounts'), {});
  const { status, undo } = await remove();
  expect(status).toBe('Failed');
  expect(undo.deleted).toEqual([]);
  expect(left()).toHaveLength(5);
  expect(world.azure.requests('DELETE', '/locks/')).toEqual([]);
  await paste(undo.kept[0]?.claim);
  expect((await remove()).status).toBe('Deleted');
  expect(here()).toEqual([]);
});

it('an undo that Azure stops in the middle is finished by the next', async () => {
  await makeGroup();
  await deploy();
  await world.azure.fail({
    method: 'DELETE',
    path: '/registries/[^/]+\\?',
    action: { answer: { status: 403, code: 'AuthorizationFailed', message: 'No.' } },
  });
  const stopped = await remove();
  expect([stopped.status, stopped.error?.step]).toEqual(['Failed', 'delete:registry']);
  expect(stopped.undo.deleted).toContainEqual(expect.stringContaining('/managedclusters/'));
  await world.azure.heal();
  expect((await remove()).status).toBe('Deleted');
  expect(left()).toEqual([]);
});
