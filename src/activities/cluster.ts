import type { ManagedCluster, ManagedClusterAgentPoolProfile } from '@azure/arm-containerservice';
import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { AzureOperationError } from '../azure/failures/azure-failure.ts';
import { submit } from '../azure/submit.ts';
import { clusterDnsPrefix, POOL_NAME } from '../deployment/names/azure-names.ts';
import { fingerprintOf } from '../deployment/names/open-ssh-key.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import type { Difference } from '../deployment/plan/inspection.ts';
import { hardenedCluster, hardenedEntra } from '../deployment/profile/hardening.ts';
import { cluster } from '../steps/cluster.ts';
import { implement } from './implement.ts';
import { authorizedRanges } from './reconcile/authorized-ranges.ts';
import { differing, listText, mergeTags, newTags, tagDifferences } from './reconcile/differences.ts';
import { clusterImmutables, sshPublicKeyOf, systemPool } from './reconcile/immutables.ts';
import { keptHardening } from './reconcile/kept-hardening.ts';
import { managed } from './reconcile/managed.ts';
import type { ManagedResource } from './reconcile/managed-resource.ts';

type ClusterInput = z.infer<typeof cluster.input>;

/** The AKS cluster. */
export const clusterResource = (
  input: ClusterInput,
): ManagedResource<ManagedCluster, z.infer<typeof cluster.value>> => {
  const { resourceGroupName, clusterName } = input;
  const { managedClusters } = armClients(input.subscriptionId).clusters;
  const id = resourceId(input, 'Microsoft.ContainerService/managedClusters', clusterName);
  return {
    id,
    usualSeconds: cluster.usualSeconds.create,
    get: () => managedClusters.get(resourceGroupName, clusterName),
    provisioningState: ({ provisioningState }) => provisioningState,
    create: (existing) =>
      submit(() =>
        managedClusters.createOrUpdate(
          resourceGroupName,
          clusterName,
          existing ? withDesired(existing, input) : newCluster(input),
          existing ? {} : { ifNoneMatch: '*' },
        ),
      ),
    immutables: (existing) => clusterImmutables(existing, input),
    differences: (existing) => differencesOf(existing, input),
    update: (existing) =>
      submit(() => managedClusters.createOrUpdate(resourceGroupName, clusterName, withDesired(existing, input))),
    value: (existing) => ({
      ...clusterValue(id, existing),
      ...(input.subnetId !== undefined && { controlPlaneObjectId: controlPlaneOf(id, existing) }),
    }),
    note: (existing, changing) =>
      input.hardened ? noteOnHardening(changing) : keptHardening({ ...existing }, hardenedCluster),
  };
};

/** What `az aks create` sends for the tutorial's flags (azure-cli, acs/managed_cluster_decorator.py). */
const newCluster = (input: ClusterInput): ManagedCluster => ({
  location: input.location,
  tags: newTags(input),
  sku: { name: 'Base', tier: input.tier },
  identity: { type: 'SystemAssigned' },
  ...(input.kubernetesVersion !== undefined && { kubernetesVersion: input.kubernetesVersion }),
  dnsPrefix: clusterDnsPrefix(input.clusterName, input.resourceGroupName, input.subscriptionId),
  agentPoolProfiles: [newPool(input)],
  ...(input.sshPublicKey && {
    linuxProfile: { adminUsername: 'azureuser', ssh: { publicKeys: [{ keyData: input.sshPublicKey }] } },
  }),
  addonProfiles: {},
  enableRbac: true,
  disableLocalAccounts: false,
  networkProfile: { networkPlugin: 'azure', loadBalancerSku: 'standard', outboundType: 'loadBalancer' },
  ...features(input),
  bootstrapProfile: { artifactSource: 'Direct' },
  ...hardenedAccess(input),
});

const newPool = (input: ClusterInput): ManagedClusterAgentPoolProfile => ({
  name: POOL_NAME,
  mode: 'System',
  type: 'VirtualMachineScaleSets',
  osType: 'Linux',
  vmSize: input.nodeVmSize,
  count: input.nodeCount,
  ...(input.zones.length > 0 && { availabilityZones: input.zones }),
  ...(input.kubernetesVersion !== undefined && { orchestratorVersion: input.kubernetesVersion }),
  ...(input.subnetId !== undefined && { vnetSubnetID: input.subnetId }),
  enableAutoScaling: false,
  enableNodePublicIP: false,
  scaleSetPriority: 'Regular',
  nodeTaints: [],
  upgradeSettings: {},
  enableEncryptionAtHost: false,
  enableUltraSSD: false,
  enableFips: false,
});

const features = (input: ClusterInput) => ({
  oidcIssuerProfile: { enabled: true },
  securityProfile: { workloadIdentity: { enabled: true } },
  storageProfile: { blobCSIDriver: { enabled: true } },
  autoUpgradeProfile: { upgradeChannel: input.autoUpgradeChannel, nodeOSUpgradeChannel: input.nodeOsUpgradeChannel },
});

/** Who gets into a hardened cluster, and from where. */
const hardenedAccess = (input: ClusterInput, existing?: ManagedCluster) => {
  if (!input.hardened) return {};
  const { aadProfile, apiServerAccessProfile } = existing ?? {};
  const { adminGroupObjectIds: adminGroupObjectIDs } = input;
  return {
    ...hardenedCluster,
    aadProfile: { ...aadProfile, ...hardenedEntra, ...(adminGroupObjectIDs && { adminGroupObjectIDs }) },
    apiServerAccessProfile: {
      ...apiServerAccessProfile,
      authorizedIPRanges: [...authorizedRanges(existing, input.authorizedIpRanges)],
    },
  };
};

const accessDifferences = (existing: ManagedCluster, input: ClusterInput): readonly Difference[] => {
  if (!input.hardened) return [];
  const { aadProfile, apiServerAccessProfile } = existing;
  return differing({
    // Before the local accounts, which cannot be off without it.
    'aadProfile.managed': [aadProfile?.managed, hardenedEntra.managed],
    'aadProfile.enableAzureRBAC': [aadProfile?.enableAzureRbac, hardenedEntra.enableAzureRbac],
    ...(input.adminGroupObjectIds && {
      'cluster.adminGroupObjectIds': [listText(aadProfile?.adminGroupObjectIDs), listText(input.adminGroupObjectIds)],
    }),
    disableLocalAccounts: [existing.disableLocalAccounts, hardenedCluster.disableLocalAccounts],
    'apiServerAccessProfile.authorizedIPRanges': [
      listText(apiServerAccessProfile?.authorizedIPRanges),
      listText(authorizedRanges(existing, input.authorizedIpRanges)),
    ],
  });
};

/** Source: https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad, https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id */
const noteOnHardening = (changing: readonly string[]): string | undefined =>
  changing.includes('disableLocalAccounts')
    ? 'Kubeconfigs of local accounts that were handed out before keep working until the certificates are rotated (az aks rotate-certs), which makes the nodes anew. The integration with Entra ID cannot be taken away again.'
    : undefined;

/** Only what the request names is compared, the version by "at least": an upgrade is never reverted. */
const differencesOf = (existing: ManagedCluster, input: ClusterInput): readonly Difference[] => {
  const pool = systemPool(existing);
  const version = versionOf(existing);
  return [
    ...differing({
      'cluster.tier': [existing.sku?.tier, input.tier],
      'cluster.nodeCount': [pool?.enableAutoScaling ? input.nodeCount : pool?.count, input.nodeCount],
      ...(input.sshPublicKey !== undefined && {
        'cluster.sshPublicKey': [
          fingerprintOf(sshPublicKeyOf(existing) ?? input.sshPublicKey),
          fingerprintOf(input.sshPublicKey),
        ],
      }),
      'cluster.autoUpgradeChannel': [existing.autoUpgradeProfile?.upgradeChannel ?? 'none', input.autoUpgradeChannel],
      'cluster.nodeOsUpgradeChannel': [existing.autoUpgradeProfile?.nodeOSUpgradeChannel, input.nodeOsUpgradeChannel],
      'cluster.kubernetesVersion': [
        isAtLeast(version, input.kubernetesVersion) ? input.kubernetesVersion : version,
        input.kubernetesVersion,
      ],
      'oidcIssuerProfile.enabled': [existing.oidcIssuerProfile?.enabled, true],
      'securityProfile.workloadIdentity.enabled': [existing.securityProfile?.workloadIdentity?.enabled, true],
      'storageProfile.blobCSIDriver.enabled': [existing.storageProfile?.blobCSIDriver?.enabled, true],
    }),
    ...accessDifferences(existing, input),
    ...tagDifferences(existing.tags, input.tags),
  ];
};

/** The cluster as it is, with what the request names on top: a PUT replaces the whole. */
const withDesired = (existing: ManagedCluster, input: ClusterInput): ManagedCluster => {
  const pool = systemPool(existing);
  const upgrade = !isAtLeast(versionOf(existing), input.kubernetesVersion);
  const version = upgrade && input.kubernetesVersion !== undefined ? input.kubernetesVersion : undefined;
  const { securityProfile, storageProfile, ...rest } = features(input);
  return {
    ...existing,
    tags: mergeTags(existing.tags, input.tags),
    sku: { name: 'Base', tier: input.tier },
    ...(version !== undefined && { kubernetesVersion: version }),
    agentPoolProfiles: (existing.agentPoolProfiles ?? []).map((each) =>
      each === pool
        ? {
            ...each,
            ...(!each.enableAutoScaling && { count: input.nodeCount }),
            ...(version !== undefined && { orchestratorVersion: version }),
          }
        : each,
    ),
    ...(existing.linuxProfile &&
      input.sshPublicKey !== undefined &&
      sshPublicKeyOf(existing) !== input.sshPublicKey && {
        linuxProfile: { ...existing.linuxProfile, ssh: { publicKeys: [{ keyData: input.sshPublicKey }] } },
      }),
    ...rest,
    securityProfile: { ...existing.securityProfile, ...securityProfile },
    storageProfile: { ...existing.storageProfile, ...storageProfile },
    ...hardenedAccess(input, existing),
  };
};

/** The version that runs; `kubernetesVersion` may be an alias such as 1.34. */
const versionOf = ({ currentKubernetesVersion, kubernetesVersion }: ManagedCluster): string | undefined =>
  currentKubernetesVersion ?? kubernetesVersion;

const isAtLeast = (existing: string | undefined, wanted: string | undefined): boolean => {
  if (wanted === undefined) return true;
  const parts = (version: string): number[] => version.split('.').map(Number);
  const have = parts(existing ?? '0');
  for (const [index, part] of parts(wanted).entries()) {
    const difference = (have[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
};

/** @throws AzureOperationError when the cluster shows no managed identity. */
const controlPlaneOf = (id: string, { identity }: ManagedCluster): string => {
  const [assigned] = Object.values(identity?.userAssignedIdentities ?? {});
  const objectId = identity?.principalId ?? assigned?.principalId;
  if (objectId !== undefined) return objectId;
  throw new AzureOperationError({
    code: 'ClusterIncomplete',
    message: `${id} shows no identity of its control plane.`,
  });
};

const clusterValue = (id: string, existing: ManagedCluster): z.infer<typeof cluster.value> => {
  const oidcIssuerUrl = existing.oidcIssuerProfile?.issuerURL;
  const kubeletObjectId = existing.identityProfile?.kubeletidentity?.objectId;
  if (!oidcIssuerUrl || !kubeletObjectId) {
    throw new AzureOperationError({
      code: 'ClusterIncomplete',
      message: `${id} shows no ${oidcIssuerUrl ? 'kubelet identity' : 'OIDC issuer'}.`,
    });
  }
  return {
    id,
    oidcIssuerUrl,
    kubeletObjectId,
    nodeResourceGroup: existing.nodeResourceGroup ?? '',
    kubernetesVersion: versionOf(existing) ?? '',
    nodeCount: systemPool(existing)?.count ?? 1,
    fqdn: existing.fqdn ?? '',
  };
};

export const clusterImplementation = implement(cluster, managed(clusterResource));
