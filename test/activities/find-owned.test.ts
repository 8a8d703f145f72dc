import { describe, expect, it } from 'vitest';
import { findOwnedActivity } from '../../src/activities/find-owned.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, OWN_TAGS } from '../support/call-activity.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';
import { A_RESOURCE, type AGroup, ALL_OWN, hubOf, OWNED_GROUP, owned, RESOURCES, scriptGroup } from './a-group.ts';

const azure = useScriptedAzure();

const aLock = (scope: string, name: string, level = 'CanNotDelete') => ({
  id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
  name,
  properties: { level },
});

const ownedLock = (name: string, scope: string) => ({
  name,
  resourceId: `${scope}/providers/Microsoft.Authorization/locks/airflow-on-aks-air`,
  apiVersion: '2020-05-01',
  usualSeconds: 2,
});

const OWN_GROUP: AGroup = { group: OWN_TAGS, resources: { storage: OWN_TAGS } };
const STORAGE = RESOURCES.storage.resourceId;

const find = (state: AGroup, body: object = {}, hub = hubOf()) => {
  scriptGroup(azure, state);
  return callActivity(findOwnedActivity(hub), { subscriptionId: SUBSCRIPTION, deployment: deploymentAir(body) });
};

const done = (ownedResources: readonly object[], rest: object = {}) => ({
  kind: 'done',
  value: { owned: ownedResources, inside: expect.anything(), kept: expect.anything(), vaults: [] },
  change: 'unchanged',
  ...rest,
});

describe('what an undo will delete', () => {
  it('is reported with what is in the group, and with its vaults', async () => {
    expect(await find({ group: OWN_TAGS, resources: ALL_OWN })).toMatchObject({
      kind: 'done',
      value: { owned: [OWNED_GROUP], kept: [], vaults: [{ keyVaultName: 'kvair', location: 'canadacentral' }] },
      change: 'unchanged',
    });
  });

  it('is nothing where nothing is, and no locks are read', async () => {
    expect(await find({})).toEqual(done([]));
    expect(azure.routes.filter((route) => route.endsWith('/locks'))).toEqual([]);
  });

  it('begins with its own locks, after which Azure may still hold to them', async () => {
    const locks = [aLock(GROUP, 'airflow-on-aks-air'), aLock(STORAGE, 'airflow-on-aks-air')];
    expect(await find({ ...OWN_GROUP, locks })).toEqual(
      done([
        ownedLock('lock', GROUP),
        ownedLock('lock:storageAccounts/stair', STORAGE),
        { ...OWNED_GROUP, unlocked: true },
      ]),
    );
  });

  it('begins with each lock once, though Azure lists it in two ways', async () => {
    const lock = aLock(GROUP, 'airflow-on-aks-air');
    const locks = [{ ...lock, id: lock.id.toUpperCase() }, lock];
    expect(await find({ ...OWN_GROUP, locks })).toEqual(
      done([ownedLock('lock', GROUP), { ...OWNED_GROUP, unlocked: true }]),
    );
  });
});

describe('a lock of its own', () => {
  const REGISTRY = RESOURCES.registry.resourceId;
  const state = { resources: { storage: {}, registry: OWN_TAGS } };

  it('on the group stays, with all under it, as long as something that it protects is kept', async () => {
    const locks = [aLock(GROUP, 'airflow-on-aks-air'), aLock(REGISTRY, 'airflow-on-aks-air')];
    expect(await find({ ...state, group: OWN_TAGS, locks }, {}, hubOf([STORAGE]))).toMatchObject({
      value: {
        owned: [],
        kept: [
          { id: STORAGE, reason: 'untagged' },
          { id: GROUP, reason: 'holds' },
          { id: REGISTRY, reason: 'locked' },
        ],
      },
    });
  });

  it('on what is kept stays, and one on what is deleted goes', async () => {
    const locks = [aLock(STORAGE, 'airflow-on-aks-air'), aLock(REGISTRY, 'airflow-on-aks-air')];
    expect(await find({ ...state, group: {}, locks }, {}, hubOf([STORAGE]))).toMatchObject({
      value: {
        owned: [ownedLock('lock:registries/regair', REGISTRY), { ...owned('registry'), unlocked: true }],
      },
    });
  });
});

describe('a lock of somebody else', () => {
  it('on what is kept keeps nothing else from being deleted', async () => {
    const locks = [aLock(STORAGE, 'theirs')];
    const state = { group: OWN_TAGS, resources: { storage: {}, registry: OWN_TAGS }, locks };
    expect(await find(state, {}, hubOf([STORAGE]))).toMatchObject({ value: { owned: [owned('registry')] } });
  });

  it.each([
    ['on the group', aLock(GROUP, 'theirs'), `theirs (CanNotDelete) on ${GROUP}`],
    ['on a resource in it', aLock(STORAGE, 'theirs', 'ReadOnly'), `theirs (ReadOnly) on ${STORAGE}`],
    ['of another deployment', aLock(GROUP, 'airflow-on-aks-b'), `airflow-on-aks-b (CanNotDelete) on ${GROUP}`],
    [
      'above the group, though it is named like the own one',
      aLock(`/subscriptions/${SUBSCRIPTION}`, 'airflow-on-aks-air'),
      `airflow-on-aks-air (CanNotDelete) on /subscriptions/${SUBSCRIPTION}`,
    ],
  ])('%s ends the undo before it has begun', async (_, lock, told) => {
    const locks = [aLock(GROUP, 'airflow-on-aks-air'), lock];
    expect(await find({ ...OWN_GROUP, locks })).toMatchObject({
      kind: 'failed',
      error: { code: 'ScopeLocked', message: `Nothing was deleted: ${told} forbids it.` },
    });
  });

  it('is named with all others', async () => {
    const locks = [aLock(GROUP, 'a'), aLock(STORAGE, 'b')];
    expect(await find({ ...OWN_GROUP, locks })).toMatchObject({
      error: {
        message: `Nothing was deleted: a (CanNotDelete) on ${GROUP}, b (CanNotDelete) on ${STORAGE} forbids it.`,
      },
    });
  });

  it.each([
    ['of another level', aLock(GROUP, 'theirs', 'NotSpecified')],
    ['on something else in the group', aLock(`${GROUP}/providers/Microsoft.Compute/disks/d`, 'theirs')],
  ])('does not matter when it is one %s', async (_, lock) => {
    expect(await find({ group: {}, resources: { storage: OWN_TAGS }, locks: [lock] })).toEqual(
      done([owned('storage')]),
    );
  });

  it('over a resource elsewhere on which the deployment has given a role ends the undo too', async () => {
    const registryId = `${GROUP.replace('/rg', '/theirs')}/providers/Microsoft.ContainerRegistry/registries/theirs`;
    const LOCKS = `GET ${registryId}/providers/Microsoft.Authorization/locks`;
    azure.on(`GET ${registryId}`, { body: { id: registryId, ...A_RESOURCE } });
    azure.on(LOCKS, { body: { value: [aLock(GROUP.replace('/rg', '/theirs'), 'theirs')] } });
    const state = { group: OWN_TAGS, resources: { cluster: OWN_TAGS } };
    expect(await find(state, { registryName: undefined, existing: { registryId } })).toMatchObject({
      kind: 'failed',
      error: { code: 'ScopeLocked' },
    });
    expect(azure.request(LOCKS).query.$filter).toBe('atScope()');
  });
});

describe('a group that stays', () => {
  const others = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${GROUP}/providers/X.Y/disks/d${at + 1}`, {}]));

  it.each([
    [1, 'disks/d1'],
    [5, 'disks/d1, disks/d2, disks/d3, disks/d4, disks/d5'],
    [6, 'disks/d1, disks/d2, disks/d3, disks/d4, disks/d5 and 1 more'],
    [8, 'disks/d1, disks/d2, disks/d3, disks/d4, disks/d5 and 3 more'],
  ])('because of %i resources of others is explained', async (count, names) => {
    expect(await find({ ...OWN_GROUP, others: others(count) })).toEqual(
      done([owned('storage')], {
        note: `The resource group rg stays, since it holds what this deployment did not make: ${names}.`,
      }),
    );
  });
});
