import { z } from 'zod';
import { clusterCommand } from '../deployment/az/az-cluster-command.ts';
import { groupFlag, readInto } from '../deployment/az/az-lines.ts';
import { flag, shellWord } from '../deployment/az/az-words.ts';
import { POOL_NAME } from '../deployment/names/azure-names.ts';
import { hardenedCluster, hardenedEntra, ONLY_THE_CLUSTER } from '../deployment/profile/hardening.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { defineStep } from './define-step.ts';
import { hardenedField, placeFields } from './input-fields.ts';
import { hardenedOf, networksOf, placeOf } from './input-parts.ts';
import { resourceGroup } from './resource-group.ts';
import { sshKey } from './ssh-key.ts';

const clusterValue = z.object({
  id: z.string(),
  oidcIssuerUrl: z.string(),
  kubeletObjectId: z.string(),
  nodeResourceGroup: z.string(),
  kubernetesVersion: z.string(),
  /** How many nodes the first pool has: what the request wants, unless it scales by itself. */
  nodeCount: z.number(),
  fqdn: z.string(),
  /** The control plane's identity; only where it needs a role on a subnet. */
  controlPlaneObjectId: z.string().optional(),
});

const AFTER_CREATION = 'known after the step cluster';

/** Stands in for the value of a cluster that does not exist, in plans of steps that can be inspected without it. */
export const UNKNOWN_CLUSTER: z.infer<typeof clusterValue> = {
  id: AFTER_CREATION,
  oidcIssuerUrl: AFTER_CREATION,
  kubeletObjectId: AFTER_CREATION,
  nodeResourceGroup: AFTER_CREATION,
  kubernetesVersion: AFTER_CREATION,
  nodeCount: 0,
  fqdn: AFTER_CREATION,
};

const aks =
  (verb: string, options: (deployment: Deployment, to: string) => string) =>
  (deployment: Deployment, { to }: { readonly to: string }): string =>
    `az aks ${verb} ${groupFlag(deployment)} ${flag('name', deployment.clusterName)} ${options(deployment, to)}`;

/** The AKS cluster: the longest step by far. */
export const cluster = defineStep({
  name: 'cluster',
  summary: 'Creates the AKS cluster and its node pool.',
  uses: { sshKey },
  dependsOn: [resourceGroup],
  input: z.object({
    ...placeFields,
    clusterName: z.string(),
    tier: z.string(),
    nodeVmSize: z.string(),
    nodeCount: z.number(),
    zones: z.array(z.string()),
    autoUpgradeChannel: z.string(),
    nodeOsUpgradeChannel: z.string(),
    kubernetesVersion: z.string().optional(),
    /** An existing subnet for the nodes. */
    subnetId: z.string().optional(),
    hardened: hardenedField,
    authorizedIpRanges: z.array(z.string()).optional(),
    adminGroupObjectIds: z.array(z.string()).optional(),
    /** Without a key nobody gets onto the nodes by SSH. */
    sshPublicKey: z.string().optional(),
  }),
  value: clusterValue,
  from(deployment, { sshKey: generated }) {
    const { sshPublicKey = generated?.publicKey, ...settings } = deployment.cluster;
    const subnetId = deployment.existing?.subnetId;
    return {
      ...placeOf(deployment),
      clusterName: deployment.clusterName,
      ...settings,
      ...hardenedOf(deployment),
      ...(subnetId !== undefined && { subnetId }),
      ...(sshPublicKey !== undefined && { sshPublicKey }),
    };
  },
  // Without a key yet there is nothing to compare: a cluster that exists has given its own.
  unknown: { sshKey: { publicKey: '' } },
  usualSeconds: { create: 330, update: 90 },
  deadlineMinutes: 90,
  actions: [
    { action: 'Microsoft.ContainerService/locations/operations/read', why: 'why a creation or deletion failed' },
    { action: 'Microsoft.ContainerService/managedClusters/read', why: 'reads it', needed: 'always' },
    {
      action: 'Microsoft.ContainerService/managedClusters/write',
      why: 'creates, changes or repairs it',
      needed: 'write',
    },
    {
      action: 'Microsoft.Network/virtualNetworks/subnets/join/action',
      why: 'with `existing.subnetId` only: puts the nodes into it',
    },
  ],
  resource: {
    type: 'Microsoft.ContainerService/managedClusters',
    apiVersion: '2026-06-01',
    nameIn: ({ clusterName }) => clusterName,
    deleteSeconds: 240,
    policyContent: ({ cluster: wanted, ...deployment }) => ({
      sku: { name: 'Base', tier: wanted.tier },
      properties: {
        enableRBAC: true,
        disableLocalAccounts: false,
        ...(isHardened(deployment) && hardenedProperties(wanted.authorizedIpRanges)),
        networkProfile: { networkPlugin: 'azure', loadBalancerSku: 'standard', outboundType: 'loadBalancer' },
        agentPoolProfiles: [
          {
            name: POOL_NAME,
            mode: 'System',
            osType: 'Linux',
            vmSize: wanted.nodeVmSize,
            count: wanted.nodeCount,
            ...(wanted.zones.length > 0 && { availabilityZones: wanted.zones }),
          },
        ],
      },
    }),
  },
  actsOn: (deployment) => [resourceGroup.resourceId(deployment), ...networksOf(deployment)],
  commandOrder: 8,
  commands: (deployment) => ({
    create: [clusterCommand(deployment)],
    reads: [
      readInto(
        'OIDC_URL',
        `az aks show ${groupFlag(deployment)} ${flag('name', deployment.clusterName)} --query oidcIssuerProfile.issuerUrl`,
      ),
      `export KUBELET_IDENTITY=$(az aks show ${flag('g', deployment.resourceGroupName)} ${flag('name', deployment.clusterName)} --output tsv --query identityProfile.kubeletidentity.objectId)`,
    ],
  }),
  updates: {
    'cluster.nodeCount': aks('scale', (_, to) => flag('node-count', to)),
    'cluster.tier': aks('update', (_, to) => flag('tier', to.toLowerCase())),
    'cluster.autoUpgradeChannel': aks('update', (_, to) => flag('auto-upgrade-channel', to)),
    'cluster.nodeOsUpgradeChannel': aks('update', (_, to) => flag('node-os-upgrade-channel', to)),
    'cluster.kubernetesVersion': aks('upgrade', (_, to) => flag('kubernetes-version', to)),
    'cluster.sshPublicKey': aks(
      'update',
      ({ cluster: { sshPublicKey = '' } }) => `--ssh-key-value ${shellWord(sshPublicKey)}`,
    ),
    'oidcIssuerProfile.enabled': aks('update', () => '--enable-oidc-issuer'),
    'securityProfile.workloadIdentity.enabled': aks('update', () => '--enable-workload-identity'),
    'storageProfile.blobCSIDriver.enabled': aks('update', () => '--enable-blob-driver'),
    'aadProfile.managed': aks('update', () => '--enable-aad'),
    'aadProfile.enableAzureRBAC': aks('update', () => '--enable-azure-rbac'),
    'cluster.adminGroupObjectIds': aks('update', (_, to) => flag('aad-admin-group-object-ids', to.replaceAll(' ', ''))),
    disableLocalAccounts: aks('update', () => '--disable-local-accounts'),
    'apiServerAccessProfile.authorizedIPRanges': aks('update', (_, to) =>
      flag('api-server-authorized-ip-ranges', to.replaceAll(' ', '')),
    ),
  },
  outputs: ({ clusterName }, { oidcIssuerUrl, kubeletObjectId }) => ({
    MY_CLUSTER_NAME: clusterName,
    OIDC_URL: oidcIssuerUrl,
    KUBELET_IDENTITY: kubeletObjectId,
  }),
});

/** As a hardened cluster is sent on the wire. */
const hardenedProperties = (authorizedIpRanges: readonly string[] = [ONLY_THE_CLUSTER]) => ({
  ...hardenedCluster,
  aadProfile: { managed: hardenedEntra.managed, enableAzureRBAC: hardenedEntra.enableAzureRbac },
  apiServerAccessProfile: { authorizedIPRanges: authorizedIpRanges },
});
