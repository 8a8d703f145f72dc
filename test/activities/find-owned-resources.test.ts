import { describe, expect, it } from 'vitest';
import { findOwnedResources } from '../../src/activities/find-owned-resources.ts';
import { findTagged } from '../../src/activities/find-tagged.ts';
import { toDelete } from '../../src/activities/to-delete.ts';
import { roleAssignmentName } from '../../src/deployment/names/role-assignment-name.ts';
import { container } from '../../src/steps/container.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { deploymentAir, OWN_TAGS } from '../support/call-activity.ts';
import { azureError, useScriptedAzure } from '../support/scripted-azure.ts';
import { CONTROL_PLANE, KUBELET } from './a-cluster.ts';
import { A_RESOURCE, ALL_OWN, OWNED_GROUP, owned, RESOURCES, scriptGroup } from './a-group.ts';

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
const PULL = role('acr-pull', RESOURCES.registry.resourceId, KUBELET, ACR_PULL);

const find = (body: object = {}) => findOwnedResources(deploymentAir(body));

describe('what an undo deletes', () => {
  it('is nothing where there is no group', async () => {
    scriptGroup(azure, {});
    expect(await find()).toEqual({ owned: [], vaultOwned: false, strangers: [] });
  });

  it('is the group, when the deployment has created it and all that is in it', async () => {
    const others = { [`${RESOURCES.cluster.resourceId}/extensions/x`]: {} };
    scriptGroup(azure, { group: OWN_TAGS, resources: ALL_OWN, others });
    expect(await find()).toEqual({ owned: [OWNED_GROUP], vaultOwned: true, strangers: [] });
  });

  const THEIR_DISK = `${GROUP}/providers/Microsoft.Compute/disks/theirs`;

  it('is each resource of its own in a group that holds something else, the last created first', async () => {
    const others = { [THEIR_DISK]: {}, [`${GROUP}/providers/Microsoft.Compute/disks/others`]: OTHER_TAGS };
    scriptGroup(azure, { group: OWN_TAGS, resources: ALL_OWN, others });
    expect(await find()).toEqual({
      owned: [PULL, owned('cluster'), owned('storage'), owned('registry'), owned('key-vault'), owned('identity')],
      vaultOwned: true,
      strangers: Object.keys(others),
    });
  });

  it('is what carries the tag of the deployment in a group of somebody else', async () => {
    scriptGroup(azure, { group: {}, resources: { ...ALL_OWN, cluster: OTHER_TAGS, 'key-vault': {} } });
    expect(await find()).toEqual({
      owned: [PULL, owned('storage'), owned('registry'), owned('identity')],
      vaultOwned: false,
      strangers: [],
    });
    expect(azure.routes).not.toContain(`GET ${GROUP}/resources`);
  });

  it('is each resource of its own in a group that holds what it used of somebody else', async () => {
    scriptGroup(azure, { group: OWN_TAGS, resources: { ...ALL_OWN, registry: {} } });
    const existing = { registryId: RESOURCES.registry.resourceId };
    expect(await find({ registryName: undefined, existing })).toMatchObject({
      owned: [PULL, owned('cluster'), owned('storage'), owned('key-vault'), owned('identity')],
      strangers: [],
    });
  });

  it('has roles on what is elsewhere beside the group: that of the nodes before it, that of the cluster after it', async () => {
    const registryId = `${GROUP.replace('/rg', '/theirs')}/providers/Microsoft.ContainerRegistry/registries/theirs`;
    scriptGroup(azure, { group: OWN_TAGS, resources: { cluster: OWN_TAGS } });
    azure.on(`GET ${registryId}`, { body: { id: registryId, ...A_RESOURCE } });
    const body = { registryName: undefined, existing: { registryId, subnetId: SUBNET } };
    expect((await find(body)).owned).toEqual([
      role('acr-pull', registryId, KUBELET, ACR_PULL),
      OWNED_GROUP,
      role('network-access', SUBNET, CONTROL_PLANE, NETWORK),
    ]);
  });

  it('has the role of the cluster on a subnet after the cluster', async () => {
    scriptGroup(azure, { group: {}, resources: { cluster: OWN_TAGS, storage: OWN_TAGS } });
    expect((await find({ existing: { subnetId: SUBNET } })).owned).toEqual([
      owned('cluster'),
      role('network-access', SUBNET, CONTROL_PLANE, NETWORK),
      owned('storage'),
    ]);
  });

  it('is unknown when Azure does not say', async () => {
    scriptGroup(azure, { group: OWN_TAGS });
    azure.on(`GET ${GROUP}`, azureError(500, 'InternalServerError'));
    await expect(find()).rejects.toMatchObject({ statusCode: 500 });
  });
});

describe('the vault is to be purged', () => {
  it.each([
    ['if it is deleted and was its own', { deletedVault: OWN_TAGS }, true],
    ['not if it was of another', { deletedVault: OTHER_TAGS }, false],
    ['not if it has no tags', { deletedVault: {} }, false],
    ['not without a vault', {}, false],
  ])('%s', async (_, state, vaultOwned) => {
    scriptGroup(azure, state);
    expect(await find()).toMatchObject({ vaultOwned });
    scriptGroup(azure, { group: OWN_TAGS, ...state });
    expect(await find()).toMatchObject({ vaultOwned });
  });

  it('not if it is somebody else’s, whatever its tags say', async () => {
    const keyVaultId = RESOURCES['key-vault'].resourceId;
    scriptGroup(azure, { group: {}, resources: { 'key-vault': OWN_TAGS }, deletedVault: OWN_TAGS });
    expect(await find({ keyVaultName: undefined, existing: { keyVaultId } })).toMatchObject({
      owned: [],
      vaultOwned: false,
    });
  });
});

it('without the group itself, what carries the tag is found', async () => {
  scriptGroup(azure, { group: OWN_TAGS, resources: { storage: OWN_TAGS, identity: OTHER_TAGS, cluster: OWN_TAGS } });
  expect(await findTagged(deploymentAir())).toEqual([owned('cluster'), owned('storage')]);
  expect(azure.requests.map(({ query }) => query['api-version'])).toContain('2024-11-30');
});

it('a step that creates no resource has none to delete', () => {
  expect(toDelete(container, deploymentAir())).toEqual([]);
});
