import { ONLY_THE_CLUSTER } from '../profile/hardening.ts';
import { isHardened } from '../profile/profile-differences.ts';
import type { Deployment } from '../request/resolve-deployment.ts';
import { flag, shellWord, tagFlags } from './az-words.ts';

/** `az aks create` as the tutorial words it, with the flags of the deployment's profile. */
export const clusterCommand = ({ cluster, ...deployment }: Deployment): string =>
  [
    'az aks create',
    flag('location', deployment.location),
    flag('name', deployment.clusterName),
    flag('tier', cluster.tier.toLowerCase()),
    flag('resource-group', deployment.resourceGroupName),
    '--network-plugin azure',
    flag('node-vm-size', cluster.nodeVmSize),
    flag('node-count', `${cluster.nodeCount}`),
    flag('auto-upgrade-channel', cluster.autoUpgradeChannel),
    flag('node-os-upgrade-channel', cluster.nodeOsUpgradeChannel),
    flag('attach-acr', deployment.existing?.registryId ?? deployment.registryName),
    '--enable-oidc-issuer',
    '--enable-blob-driver',
    '--enable-workload-identity',
    cluster.zones.length > 0 ? `--zones ${cluster.zones.join(' ')}` : '',
    cluster.kubernetesVersion === undefined ? '' : flag('kubernetes-version', cluster.kubernetesVersion),
    sshKeyFlag({ cluster, ...deployment }),
    deployment.existing?.subnetId === undefined ? '' : flag('vnet-subnet-id', deployment.existing.subnetId),
    ...hardenedClusterFlags({ cluster, ...deployment }),
    tagFlags(deployment.tags),
    '--output table',
  ]
    .filter((word) => word !== '')
    .join(' ');

const sshKeyFlag = (deployment: Deployment): string => {
  const { sshPublicKey } = deployment.cluster;
  if (sshPublicKey !== undefined) return `--ssh-key-value ${shellWord(sshPublicKey)}`;
  return isHardened(deployment) ? '--no-ssh-key' : '--generate-ssh-keys';
};

const hardenedClusterFlags = (deployment: Deployment): readonly string[] => {
  if (!isHardened(deployment)) return [];
  const { adminGroupObjectIds, authorizedIpRanges = [ONLY_THE_CLUSTER] } = deployment.cluster;
  return [
    '--enable-aad --enable-azure-rbac',
    adminGroupObjectIds === undefined ? '' : flag('aad-admin-group-object-ids', adminGroupObjectIds.join(',')),
    '--disable-local-accounts',
    flag('api-server-authorized-ip-ranges', authorizedIpRanges.join(',')),
  ];
};
