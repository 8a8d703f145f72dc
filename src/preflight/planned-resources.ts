import { authorizedRanges } from '../activities/reconcile/authorized-ranges.ts';
import { newTags } from '../activities/reconcile/differences.ts';
import { POOL_NAME } from '../activities/reconcile/immutables.ts';
import { apiVersionOf } from '../azure/api-versions.ts';
import {
  hardenedCluster,
  hardenedEntra,
  hardenedRegistry,
  hardenedStorage,
  hardenedVault,
} from '../deployment/profile/hardening.ts';
import type { Surroundings } from './surroundings.ts';

/** A resource that is to be created, as Azure Policy wants to see it: on the wire's shape, with the properties that policies ask for most. */
export interface PlannedResource {
  readonly step: string;
  readonly apiVersion: string;
  readonly content: { readonly type: string; readonly name: string; readonly [property: string]: unknown };
}

export const plannedResources = async (surroundings: Surroundings): Promise<readonly PlannedResource[]> => {
  const { input, group, identity, vault, registry, storage, cluster } = surroundings;
  const common = { location: input.location, tags: newTags(input) };
  const candidates: readonly (readonly [exists: () => Promise<unknown>, PlannedResource])[] = [
    [
      group,
      {
        step: 'resource-group',
        apiVersion: '2021-04-01',
        content: { type: 'Microsoft.Resources/subscriptions/resourceGroups', name: input.resourceGroupName, ...common },
      },
    ],
    [
      identity,
      {
        step: 'identity',
        apiVersion: apiVersionOf('Microsoft.ManagedIdentity'),
        content: { type: 'Microsoft.ManagedIdentity/userAssignedIdentities', name: input.identityName, ...common },
      },
    ],
    [
      vault,
      {
        step: 'key-vault',
        apiVersion: apiVersionOf('Microsoft.KeyVault'),
        content: {
          type: 'Microsoft.KeyVault/vaults',
          name: input.keyVaultName,
          ...common,
          properties: {
            sku: { family: 'A', name: 'standard' },
            enableRbacAuthorization: false,
            enableSoftDelete: true,
            softDeleteRetentionInDays: 90,
            networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
            ...(input.hardened && hardenedVault),
          },
        },
      },
    ],
    [
      registry,
      {
        step: 'registry',
        apiVersion: apiVersionOf('Microsoft.ContainerRegistry'),
        content: {
          type: 'Microsoft.ContainerRegistry/registries',
          name: input.registryName,
          ...common,
          sku: { name: 'Premium' },
          properties: {
            adminUserEnabled: true,
            anonymousPullEnabled: false,
            ...(input.hardened && hardenedRegistry),
          },
        },
      },
    ],
    [
      storage,
      {
        step: 'storage',
        apiVersion: apiVersionOf('Microsoft.Storage'),
        content: {
          type: 'Microsoft.Storage/storageAccounts',
          name: input.storageAccountName,
          ...common,
          kind: 'StorageV2',
          sku: { name: 'Standard_ZRS' },
          properties: {
            supportsHttpsTrafficOnly: true,
            allowBlobPublicAccess: false,
            allowCrossTenantReplication: false,
            ...(input.hardened && hardenedStorage),
          },
        },
      },
    ],
    [
      cluster,
      {
        step: 'cluster',
        apiVersion: apiVersionOf('Microsoft.ContainerService'),
        content: {
          type: 'Microsoft.ContainerService/managedClusters',
          name: input.clusterName,
          ...common,
          sku: { name: 'Base', tier: input.tier },
          properties: {
            enableRBAC: true,
            disableLocalAccounts: false,
            ...(input.hardened && hardenedProperties(input.authorizedIpRanges)),
            networkProfile: { networkPlugin: 'azure', loadBalancerSku: 'standard', outboundType: 'loadBalancer' },
            agentPoolProfiles: [
              {
                name: POOL_NAME,
                mode: 'System',
                osType: 'Linux',
                vmSize: input.nodeVmSize,
                count: input.nodeCount,
                ...(input.zones.length > 0 && { availabilityZones: input.zones }),
              },
            ],
          },
        },
      },
    ],
  ];
  const existing = await Promise.all(candidates.map(([exists]) => exists()));
  return candidates.flatMap(([, resource], index) =>
    existing[index] || isKept(input.existing, resource.step) ? [] : [resource],
  );
};

/** As a hardened cluster is sent on the wire. */
const hardenedProperties = (authorizedIpRanges: readonly string[] | undefined) => ({
  ...hardenedCluster,
  aadProfile: { managed: hardenedEntra.managed, enableAzureRBAC: hardenedEntra.enableAzureRbac },
  apiServerAccessProfile: { authorizedIPRanges: authorizedRanges(undefined, authorizedIpRanges) },
});

/** What is missing of these is not created. */
const isKept = (existing: Surroundings['input']['existing'], step: string): boolean =>
  (step === 'registry' && existing?.registryId !== undefined) ||
  (step === 'key-vault' && existing?.keyVaultId !== undefined);
