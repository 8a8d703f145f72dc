import { describe, expect, it } from 'vitest';
import { findOwnedResources } from '../../src/activities/find-owned-resources.ts';
import { findTagged } from '../../src/activities/find-tagged.ts';
import { toDelete } from '../../src/activities/to-delete.ts';
import { roleAssignmentName } from '../../src/deployment/names/role-assignment-name.ts';
import { container } from '../../src/steps/container.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { deploymentAir, OWN_TAGS } from '../support/call-activity.ts';
import { azureError, useScriptedAzure } from '../support/scripted-azure.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';
import { aCluster, CONTROL_PLANE, KUBELET } from './a-cluster.ts';
import { A_RESOURCE, ALL_OWN, hubOf, OWNED_GROUP, owned, RESOURCES, scriptGroup } from './a-group.ts';

const azure = useScriptedAzure();

const OTHER_TAGS = { 'airflow-on-aks-deployment': 'another' };
const SUBNET = `${GROUP.replace('/rg', '/net')}/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes`;

const role = (name: string, scope: string, principalId: string, roleId: string) => ({
  name,
  resourceId: `${scope}/providers/Microsoft.Authorization/roleAssignments/${roleAssignmentName(scope, principalId, roleId)}`,
  apiVersion: '2022-04-01',
  usualSeconds: 5,
});

const ACR_PULL = '7f951dda-4ed3-4680-a7ca-43fe172d538d';
const NETWORK = '4d97b98b-1d4f-4787-a291-c67834d212e7';
const AN_EARLIER = { run: 'q', status: 'Succeeded', startedAt: '2026-11-01', endedAt: '2026-11-01' };
const PULL = role('acr-pull', RESOURCES.registry.resourceId, KUBELET, ACR_PULL);

const find = (body: object = {}, { hub = hubOf(), earlier = [], purge = false }: FindOptions = {}) =>
  findOwnedResources(hub, { deployment: deploymentAir(body), earlier: earlier.map(deploymentAir), purge });

interface FindOptions {
  readonly hub?: MadeUpHub;
  readonly earlier?: readonly object[];
  readonly purge?: boolean;
}

const VAULT = { keyVaultName: 'kvair', location: 'canadacentral' };
const NOTHING = { owned: [], inside: [], kept: [], vaults: [] };
const idOf = (name: keyof typeof RESOURCES): string => RESOURCES[name].resourceId;
const ids = (...names: (keyof typeof RESOURCES)[]): string[] => names.map(idOf);
const keptFor = (reason: string, ...all: string[]) => all.map((id) => ({ id, reason }));
const HELD = { id: GROUP, reason: 'holds' };
const NOT_MADE = { id: GROUP, reason: 'foreign' };
const ALL_NAMES = ['cluster', 'storage', 'registry', 'key-vault', 'identity'] as const;

describe('what an undo deletes', () => {
  it('is nothing where there is no group', async () => {
    scriptGroup(azure, {});
    expect(await find()).toEqual(NOTHING);
  });

  it('is the group, when the deployment has created it and all that is in it', async () => {
    const others = { [`${RESOURCES.cluster.resourceId}/extensions/x`]: {} };
    scriptGroup(azure, { group: OWN_TAGS, resources: ALL_OWN, others });
    const found = await find();
    expect(found).toEqual({ ...NOTHING, owned: [OWNED_GROUP], inside: expect.anything(), vaults: [VAULT] });
    expect(found.inside.toSorted()).toEqual(ids(...ALL_NAMES).toSorted());
  });

  const THEIR_DISK = `${GROUP}/providers/Microsoft.Compute/disks/theirs`;

  it('is each resource of its own in a group that holds something else, the last created first', async () => {
    const others = { [THEIR_DISK]: {}, [`${GROUP}/providers/Microsoft.Compute/disks/others`]: OTHER_TAGS };
    scriptGroup(azure, { group: OWN_TAGS, resources: ALL_OWN, others });
    expect(await find()).toEqual({
      owned: [owned('cluster'), PULL, owned('storage'), owned('registry'), owned('key-vault'), owned('identity')],
      inside: [],
      kept: [...keptFor('foreign', ...Object.keys(others)), HELD],
      vaults: [VAULT],
    });
  });

  it('is what carries the tag of the deployment in a group of somebody else', async () => {
    const others = { [THEIR_DISK]: {} };
    scriptGroup(azure, { group: {}, resources: { ...ALL_OWN, cluster: OTHER_TAGS, 'key-vault': {} }, others });
    expect(await find()).toEqual({
      owned: [owned('storage'), owned('registry'), owned('identity')],
      inside: [],
      kept: [...keptFor('foreign', ...ids('key-vault', 'cluster')), NOT_MADE],
      vaults: [],
    });
  });

  it('is each resource of its own in a group that holds what it used of somebody else', async () => {
    scriptGroup(azure, { group: OWN_TAGS, resources: { ...ALL_OWN, registry: {} } });
    const existing = { registryId: RESOURCES.registry.resourceId };
    expect(await find({ registryName: undefined, existing })).toMatchObject({
      owned: [owned('cluster'), PULL, owned('storage'), owned('key-vault'), owned('identity')],
      kept: [{ id: existing.registryId, reason: 'existing' }, HELD],
    });
  });

  it('has roles on what is elsewhere after the group, as long as whose cluster lives keeps them', async () => {
    const registryId = `${GROUP.replace('/rg', '/theirs')}/providers/Microsoft.ContainerRegistry/registries/theirs`;
    scriptGroup(azure, { group: OWN_TAGS, resources: { cluster: OWN_TAGS } });
    azure.on(`GET ${registryId}`, { body: { id: registryId, ...A_RESOURCE } });
    const body = { registryName: undefined, existing: { registryId, subnetId: SUBNET } };
    const found = await find(body);
    expect(found.owned).toEqual([
      OWNED_GROUP,
      role('network-access', SUBNET, CONTROL_PLANE, NETWORK),
      role('acr-pull', registryId, KUBELET, ACR_PULL),
    ]);
    expect(found.kept).toEqual(keptFor('existing', registryId, SUBNET));
  });

  it('has the role of the cluster on a subnet after the cluster', async () => {
    scriptGroup(azure, { group: {}, resources: { cluster: OWN_TAGS, storage: OWN_TAGS } });
    expect((await find({ existing: { subnetId: SUBNET } })).owned).toEqual([
      owned('cluster'),
      role('network-access', SUBNET, CONTROL_PLANE, NETWORK),
      owned('storage'),
    ]);
  });

  it('has the roles of a cluster that is gone already, as the record names them', async () => {
    const { resourceId } = role('network-access', SUBNET, CONTROL_PLANE, NETWORK);
    const hub = hubOf([resourceId, `${idOf('registry')}/providers/Microsoft.Authorization/roleAssignments/x`]);
    scriptGroup(azure, {});
    expect((await find({}, { hub })).owned).toEqual([role('network-access', SUBNET, CONTROL_PLANE, NETWORK)]);
  });

  it('is unknown when Azure does not say', async () => {
    scriptGroup(azure, { group: OWN_TAGS });
    azure.on(`GET ${GROUP}`, azureError(500, 'InternalServerError'));
    await expect(find()).rejects.toMatchObject({ statusCode: 500 });
  });
});

describe('what carries no tag of the deployment', () => {
  it.each([
    ['is kept when an earlier run made it', hubOf(ids('storage')), 'untagged'],
    ['was never made by it when all runs are known', hubOf(), 'foreign'],
    [
      'counts as made when older runs are not known',
      hubOf([], { made: undefined, earlierRuns: [AN_EARLIER] }),
      'untagged',
    ],
    ['counts as made when the record cannot be read', hubOf([], { schemaVersion: 99 }), 'untagged'],
    ['counts as made when there is no record', new MadeUpHub(), 'untagged'],
    ['was never made by it in its first run', hubOf([], { made: undefined }), 'foreign'],
  ])('%s', async (_, hub, reason) => {
    scriptGroup(azure, { group: OWN_TAGS, resources: { ...ALL_OWN, storage: {} } });
    expect((await find({}, { hub })).kept).toEqual([{ id: idOf('storage'), reason }, HELD]);
  });

  it('is kept when the latest run made it, or may have', async () => {
    scriptGroup(azure, { group: OWN_TAGS, resources: { ...ALL_OWN, storage: {}, registry: {}, identity: {} } });
    const hub = hubOf();
    const steps = [
      { name: 'storage', state: 'Succeeded', change: 'created' },
      { name: 'registry', state: 'Failed', resourceId: idOf('registry') },
      { name: 'identity', state: 'Succeeded', change: 'unchanged' },
    ];
    const [instance] = await hub.list('d:', { showInput: true });
    if (instance) hub.set({ ...instance, runtimeStatus: 'Failed', customStatus: { run: 'r', steps } });
    expect((await find({}, { hub })).kept).toEqual([
      ...keptFor('untagged', ...ids('registry', 'storage')),
      ...keptFor('foreign', idOf('identity')),
      HELD,
    ]);
  });

  it('keeps what it needs when it is a cluster, and the roles too', async () => {
    scriptGroup(azure, { group: OWN_TAGS, resources: { ...ALL_OWN, cluster: {} } });
    const found = await find({}, { hub: hubOf([...ids('cluster'), PULL.resourceId]) });
    expect(found.owned).toEqual([]);
    expect(found.vaults).toEqual([]);
    expect(found.kept[0]).toEqual({ id: idOf('cluster'), reason: 'untagged' });
    expect(found.kept).toEqual(
      expect.arrayContaining([...keptFor('needed', ...ids('storage', 'registry', 'key-vault', 'identity')), HELD]),
    );
  });

  it('is that of another deployment when it carries the tag of one that is in the group', async () => {
    scriptGroup(azure, { group: OWN_TAGS, resources: { ...ALL_OWN, storage: OTHER_TAGS } });
    const hub = hubOf(ids('storage'));
    const other = (resourceGroupName: string, status = 'Completed') =>
      hub.set(
        anInstance('d:another', status, {
          input: { run: 'x', deployment: deploymentAir({ id: 'another', resourceGroupName }) },
        }),
      );
    const reason = async () => (await find({}, { hub })).kept[0]?.reason;
    expect(await reason()).toBe('untagged');
    other('elsewhere');
    expect(await reason()).toBe('untagged');
    other('rg');
    expect(await reason()).toBe('other');
    hub.set(anInstance('u:another', 'Completed', { customStatus: { run: 'x', steps: [] } }));
    expect(await reason()).toBe('untagged');
  });

  it('has the task hub asked for nothing but ids of deployments, whatever the tag says', async () => {
    const asked: string[] = [];
    class Listening extends MadeUpHub {
      override find(instanceId: string) {
        asked.push(instanceId);
        return super.find(instanceId);
      }
    }
    const tags = { 'airflow-on-aks-deployment': '../terminate?x=' };
    scriptGroup(azure, { group: OWN_TAGS, resources: { storage: tags, registry: OTHER_TAGS } });
    await find({}, { hub: new Listening() });
    expect(asked).toEqual(['d:air', 'd:another']);
  });

  it('is kept when it is the group itself', async () => {
    scriptGroup(azure, { group: {}, resources: { storage: OWN_TAGS } });
    expect(await find({}, { hub: hubOf([GROUP]) })).toMatchObject({
      owned: [owned('storage')],
      kept: [{ id: GROUP, reason: 'untagged' }],
    });
  });
});

describe('the tag', () => {
  it('is read from the resource itself, since the list of a group may be behind', async () => {
    scriptGroup(azure, { group: OWN_TAGS, resources: { storage: {}, registry: OWN_TAGS } });
    const listed = (name: 'storage' | 'registry', tags: object) => ({ id: idOf(name), tags });
    azure.on(`GET ${GROUP}/resources`, { body: { value: [listed('storage', OWN_TAGS), listed('registry', {})] } });
    expect(await find({}, { hub: hubOf(ids('storage')) })).toMatchObject({
      owned: [owned('registry')],
      kept: [...keptFor('untagged', idOf('storage')), HELD],
    });
  });

  it('has a name without regard to case, and a value with it', async () => {
    const tags = { 'AIRFLOW-on-aks-DEPLOYMENT': 'air' };
    scriptGroup(azure, { group: tags, resources: { storage: tags, registry: { 'airflow-on-aks-deployment': 'AIR' } } });
    expect((await find()).owned).toEqual([owned('storage')]);
  });

  it('finds what the deployment has no name for any more', async () => {
    const old = `${GROUP}/providers/Microsoft.Storage/storageAccounts/stold`;
    scriptGroup(azure, { group: {}, resources: { storage: OWN_TAGS }, others: { [old]: OWN_TAGS } });
    azure.on(`GET ${old}`, { body: { id: old, ...A_RESOURCE, tags: OWN_TAGS } });
    expect((await find()).owned.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      owned('storage'),
      { ...owned('storage'), name: 'storage:stold', resourceId: old },
    ]);
  });

  it('on what the service never makes does not have it deleted one by one', async () => {
    const disk = `${GROUP}/providers/Microsoft.Compute/disks/d`;
    scriptGroup(azure, { group: {}, others: { [disk]: OWN_TAGS } });
    expect(await find()).toMatchObject({ owned: [], kept: [{ id: disk, reason: 'unknownType' }, NOT_MADE] });
  });
});

it('what an earlier run has names for is searched too, and its roles', async () => {
  const old = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/old`;
  scriptGroup(azure, { group: {}, resources: { registry: OWN_TAGS } });
  azure.on(`GET ${old}`, { body: { ...aCluster(), id: old, tags: OWN_TAGS } });
  const found = await find({}, { earlier: [{ clusterName: 'old' }, { clusterName: 'x', resourceGroupName: 'other' }] });
  expect(found.owned).toEqual([{ ...owned('cluster'), name: 'cluster:old', resourceId: old }, PULL, owned('registry')]);
});

describe('a deleted vault is to be purged', () => {
  it.each([
    ['if it was its own', { deletedVault: OWN_TAGS }, [VAULT], []],
    ['not if it was of another', { deletedVault: OTHER_TAGS }, [], ['deletedVault']],
    ['not if it has no tags', { deletedVault: {} }, [], ['deletedVault']],
    ['not without a vault', {}, [], []],
  ])('%s', async (_, state, vaults, reasons) => {
    scriptGroup(azure, state);
    const found = await find({}, { purge: true });
    expect([found.vaults, found.kept.map(({ reason }) => reason)]).toEqual([vaults, reasons]);
    expect((await find()).kept).toEqual([]);
    scriptGroup(azure, { group: OWN_TAGS, ...state });
    expect(await find()).toMatchObject({ vaults });
  });

  it.each([
    ['subscription', `/subscriptions/99999999-2222-4333-8444-555555555555/resourceGroups/rg`],
    ['group', `${GROUP}2`],
  ])('not if it was in another %s, whose deployment may have had the same id', async (_, place) => {
    scriptGroup(azure, { deletedVault: OWN_TAGS });
    const vaultId = `${place}/providers/Microsoft.KeyVault/vaults/kvair`;
    azure.on(
      `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/canadacentral/deletedVaults/kvair`,
      { body: { properties: { vaultId, tags: OWN_TAGS } } },
    );
    expect((await find({}, { purge: true })).vaults).toEqual([]);
  });

  it('not if it is somebody else’s, whatever its tags say', async () => {
    const keyVaultId = RESOURCES['key-vault'].resourceId;
    scriptGroup(azure, { group: {}, resources: { 'key-vault': OWN_TAGS }, deletedVault: OWN_TAGS });
    expect(await find({ keyVaultName: undefined, existing: { keyVaultId } })).toMatchObject({
      owned: [],
      vaults: [],
    });
  });
});

it('without the group itself, what carries the tag is found', async () => {
  scriptGroup(azure, { group: OWN_TAGS, resources: { storage: OWN_TAGS, identity: OTHER_TAGS, cluster: OWN_TAGS } });
  expect(await findTagged(deploymentAir())).toEqual([
    { name: 'cluster', ...RESOURCES.cluster },
    { name: 'storage', ...RESOURCES.storage },
  ]);
  expect(azure.requests.map(({ query }) => query['api-version'])).toContain('2024-11-30');
});

it('a step that creates no resource has none to delete', () => {
  expect(toDelete(container, deploymentAir())).toEqual([]);
});
