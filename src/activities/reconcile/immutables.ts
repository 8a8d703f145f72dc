import type { ManagedCluster, ManagedClusterAgentPoolProfile } from '@azure/arm-containerservice';
import type { StorageAccount } from '@azure/arm-storage';
import type { ImmutablePairs } from './differences.ts';

interface Located {
  readonly location?: string | undefined;
}

/** What a resource cannot be changed to, existing beside desired: only its location for most. */
export const immutableLocation = (existing: Located, wanted: { readonly location: string }): ImmutablePairs => ({
  location: [existing.location, wanted.location],
});

export const storageImmutables = (existing: StorageAccount, wanted: { readonly location: string }): ImmutablePairs => ({
  ...immutableLocation(existing, wanted),
  kind: [existing.kind, 'StorageV2'],
  'sku.name': [existing.sku?.name, 'Standard_ZRS'],
});

export interface WantedCluster {
  readonly location: string;
  readonly nodeVmSize: string;
  readonly zones: readonly string[];
  readonly subnetId?: string | undefined;
}

export const clusterImmutables = (existing: ManagedCluster, wanted: WantedCluster): ImmutablePairs => {
  const pool = systemPool(existing);
  const zonesOf = (zones: readonly string[] | undefined): string => zones?.toSorted().join(' ') || 'none';
  return {
    ...immutableLocation(existing, wanted),
    'networkProfile.networkPlugin': [existing.networkProfile?.networkPlugin, 'azure'],
    'cluster.nodeVmSize': [pool?.vmSize, wanted.nodeVmSize],
    'cluster.zones': [zonesOf(pool?.availabilityZones), zonesOf(wanted.zones)],
    ...(wanted.subnetId !== undefined && { 'existing.subnetId': [pool?.vnetSubnetID, wanted.subnetId] as const }),
  };
};

/** The name that `az aks create` gives the first node pool. */
export const POOL_NAME = 'nodepool1';

export const systemPool = ({ agentPoolProfiles }: ManagedCluster): ManagedClusterAgentPoolProfile | undefined =>
  agentPoolProfiles?.find(({ name }) => name === POOL_NAME) ?? agentPoolProfiles?.find(({ mode }) => mode === 'System');

/** The key that is on the nodes; undefined for a cluster without one. */
export const sshPublicKeyOf = ({ linuxProfile }: ManagedCluster): string | undefined =>
  linuxProfile?.ssh.publicKeys[0]?.keyData.trim();
