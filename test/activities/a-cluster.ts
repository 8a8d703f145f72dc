import { GROUP } from '../support/a-located-deployment.ts';

export const CLUSTER = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/aks`;

/** A key as it stands on nodes. */
export const NODES_KEY = 'ssh-rsa AAAA nodes';

export const ISSUER = 'https://canadacentral.oic.prod-aks.azure.com/tenant/issuer/';
export const KUBELET = '22222222-0000-4000-8000-000000000001';
export const CONTROL_PLANE = '22222222-0000-4000-8000-000000000002';

/** The node pool of {@link aCluster}. */
export const POOL = {
  name: 'nodepool1',
  mode: 'System',
  vmSize: 'Standard_DS4_v2',
  count: 3,
  availabilityZones: ['1', '2', '3'],
  orchestratorVersion: '1.34',
};

/** A cluster as Resource Manager answers it: the tutorial's, and it is as the tutorial wants it. */
export const aCluster = (properties: object = {}, rest: object = {}) => ({
  id: CLUSTER,
  location: 'canadacentral',
  tags: { team: 'data' },
  sku: { name: 'Base', tier: 'Standard' },
  identity: { type: 'SystemAssigned', principalId: CONTROL_PLANE },
  ...rest,
  properties: {
    provisioningState: 'Succeeded',
    kubernetesVersion: '1.34',
    currentKubernetesVersion: '1.34.2',
    fqdn: 'aks-rg.hcp.canadacentral.azmk8s.io',
    nodeResourceGroup: 'MC_rg_aks_canadacentral',
    agentPoolProfiles: [POOL],
    linuxProfile: { adminUsername: 'azureuser', ssh: { publicKeys: [{ keyData: NODES_KEY }] } },
    networkProfile: { networkPlugin: 'azure', serviceCidr: '10.1.0.0/16' },
    oidcIssuerProfile: { enabled: true, issuerURL: ISSUER },
    securityProfile: { workloadIdentity: { enabled: true } },
    storageProfile: { blobCSIDriver: { enabled: true } },
    autoUpgradeProfile: { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'NodeImage' },
    identityProfile: { kubeletidentity: { objectId: KUBELET } },
    ...properties,
  },
});
