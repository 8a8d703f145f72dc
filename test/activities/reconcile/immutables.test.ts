import type { ManagedCluster } from '@azure/arm-containerservice';
import { describe, expect, it } from 'vitest';
import {
  clusterImmutables,
  immutableLocation,
  sshPublicKeyOf,
  storageImmutables,
  systemPool,
} from '../../../src/activities/reconcile/immutables.ts';

const WANTED = { location: 'eastus', nodeVmSize: 'Standard_DS4_v2', zones: ['3', '1'] };
const SUBNET = '/subnets/ours';

it('a resource stays where it is', () => {
  expect(immutableLocation({ location: 'westus' }, { location: 'eastus' })).toEqual({ location: ['westus', 'eastus'] });
  expect(immutableLocation({}, { location: 'eastus' })).toEqual({ location: [undefined, 'eastus'] });
});

it('a storage account keeps its kind and how it is replicated', () => {
  const existing = { location: 'westus', kind: 'BlobStorage', sku: { name: 'Standard_LRS' } };
  expect(storageImmutables(existing, { location: 'eastus' })).toEqual({
    location: ['westus', 'eastus'],
    kind: ['BlobStorage', 'StorageV2'],
    'sku.name': ['Standard_LRS', 'Standard_ZRS'],
  });
  expect(storageImmutables({ location: 'eastus' }, { location: 'eastus' })).toMatchObject({
    'sku.name': [undefined, 'Standard_ZRS'],
  });
});

describe('a cluster', () => {
  const existing: ManagedCluster = {
    location: 'westus',
    networkProfile: { networkPlugin: 'kubenet' },
    agentPoolProfiles: [
      { name: 'user', mode: 'User', vmSize: 'Standard_B2s' },
      { name: 'nodepool1', mode: 'System', vmSize: 'Standard_D8', availabilityZones: ['3', '2'], vnetSubnetID: '/s' },
    ],
  };

  it('keeps its place, its network plugin, and the size, zones and subnet of its nodes', () => {
    expect(clusterImmutables(existing, { ...WANTED, subnetId: SUBNET })).toEqual({
      location: ['westus', 'eastus'],
      'networkProfile.networkPlugin': ['kubenet', 'azure'],
      'cluster.nodeVmSize': ['Standard_D8', 'Standard_DS4_v2'],
      'cluster.zones': ['2 3', '1 3'],
      'existing.subnetId': ['/s', SUBNET],
    });
  });

  it('is not asked for its subnet when the request names none', () => {
    expect(clusterImmutables(existing, WANTED)).not.toHaveProperty(['existing.subnetId']);
  });

  it('without zones is distinguished from one with zones', () => {
    const zonesOf = (availabilityZones: string[] | undefined, zones: string[]) =>
      clusterImmutables(
        {
          location: 'eastus',
          agentPoolProfiles: [{ name: 'nodepool1', ...(availabilityZones && { availabilityZones }) }],
        },
        { ...WANTED, zones },
      )['cluster.zones'];
    expect(zonesOf(undefined, ['1'])).toEqual(['none', '1']);
    expect(zonesOf(['1'], [])).toEqual(['1', 'none']);
    expect(zonesOf([], [])).toEqual(['none', 'none']);
  });

  it('of which Azure shows nothing differs in everything', () => {
    expect(clusterImmutables({ location: 'eastus' }, { ...WANTED, subnetId: SUBNET })).toEqual({
      location: ['eastus', 'eastus'],
      'networkProfile.networkPlugin': [undefined, 'azure'],
      'cluster.nodeVmSize': [undefined, 'Standard_DS4_v2'],
      'cluster.zones': ['none', '1 3'],
      'existing.subnetId': [undefined, SUBNET],
    });
  });
});

describe('the pool that the request is about', () => {
  const poolOf = (...agentPoolProfiles: { name: string; mode?: string }[]) =>
    systemPool({ location: 'eastus', agentPoolProfiles })?.name;

  it('is the one of the name that az gives', () => {
    expect(poolOf({ name: 'other', mode: 'System' }, { name: 'nodepool1', mode: 'User' })).toBe('nodepool1');
  });

  it("is else the first of the system's", () => {
    expect(poolOf({ name: 'user', mode: 'User' }, { name: 'a', mode: 'System' }, { name: 'b', mode: 'System' })).toBe(
      'a',
    );
  });

  it('may be missing', () => {
    expect(poolOf({ name: 'user', mode: 'User' })).toBeUndefined();
    expect(poolOf()).toBeUndefined();
    expect(systemPool({ location: 'eastus' })).toBeUndefined();
  });
});

describe('the SSH key on the nodes', () => {
  const keyOf = (keys: string[]) =>
    sshPublicKeyOf({
      location: 'eastus',
      linuxProfile: { adminUsername: 'azureuser', ssh: { publicKeys: keys.map((keyData) => ({ keyData })) } },
    });

  it('is the first, without what stands around it', () => {
    expect(keyOf(['ssh-rsa AAAA me@here\n', 'ssh-rsa BBBB'])).toBe('ssh-rsa AAAA me@here');
  });

  it('may be missing', () => {
    expect(keyOf([])).toBeUndefined();
    expect(sshPublicKeyOf({ location: 'eastus' })).toBeUndefined();
  });
});
