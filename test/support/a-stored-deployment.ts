import type { Deployment } from '../../src/deployment/request/resolve-deployment.ts';

/** What every release knows a deployment by. */
export const ESSENTIALS = { id: 'one', subscriptionId: 'sub', resourceGroupName: 'group' };

/** A deployment as another release may have stored it: it has every field, each unlike the tutorial's. */
export const aStoredDeployment: Deployment = {
  ...ESSENTIALS,
  profile: 'hardened',
  location: 'nowhere',
  identityName: 'i',
  keyVaultName: 'k',
  registryName: 'r',
  storageAccountName: 's',
  storageContainerName: 'c',
  storageSecretName: 'S',
  clusterName: '!',
  serviceAccountName: 'A b',
  serviceAccountNamespace: 'B',
  airflowNamespace: 'C',
  airflowClusterName: 'D',
  cluster: {
    tier: 'Ultra',
    nodeVmSize: 'huge',
    nodeCount: 5000,
    zones: ['9'],
    autoUpgradeChannel: 'weekly',
    nodeOsUpgradeChannel: 'Never',
    kubernetesVersion: 'next',
    authorizedIpRanges: ['everywhere'],
    adminGroupObjectIds: ['g'],
    sshPublicKey: 'key',
  },
  images: [{ source: 'x', image: 'y' }],
  registryCredentials: [{ registry: 'R', usernameSecretId: 'u', passwordSecretId: 'p' }],
  existing: { registryId: 'a', keyVaultId: 'b', subnetId: 'c' },
  lock: 'ReadOnly',
  tags: [['microsoft-tag', 'x'.repeat(300)]],
  correlationId: 'a b',
  requestedBy: 'object',
};
