import { z } from 'zod';
import { command, groupFlag, TABLE } from '../deployment/az/az-lines.ts';
import { flag } from '../deployment/az/az-words.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import { acrPull } from './acr-pull.ts';
import { cluster, UNKNOWN_CLUSTER } from './cluster.ts';
import { defineStep } from './define-step.ts';
import { federatedCredential } from './federated-credential.ts';
import { groupFields, hardenedField } from './input-fields.ts';
import { groupOf, hardenedOf } from './input-parts.ts';
import { logsAccess } from './logs-access.ts';
import { networkAccess } from './network-access.ts';
import { secrets } from './secrets.ts';
import { vaultAccess } from './vault-access.ts';

/** The proof that the cluster works: its nodes are ready. */
export const connect = defineStep({
  name: 'connect',
  summary: 'Connects to the cluster and waits until its nodes are ready.',
  uses: { cluster },
  dependsOn: [secrets, logsAccess, acrPull, networkAccess, vaultAccess, federatedCredential],
  input: z.object({ ...groupFields, clusterName: z.string(), nodeCount: z.number(), hardened: hardenedField }),
  value: z.object({
    kubernetesVersion: z.string(),
    nodes: z.number(),
    nodesReady: z.number(),
    zones: z.array(z.string()),
  }),
  from: (deployment, { cluster: { nodeCount } }) => ({
    ...groupOf(deployment),
    clusterName: deployment.clusterName,
    nodeCount,
    ...hardenedOf(deployment),
  }),
  unknown: { cluster: UNKNOWN_CLUSTER },
  usualSeconds: { create: 2, unchanged: 2 },
  deadlineMinutes: 30,
  actions: [
    {
      action: 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
      why: "sees the cluster's nodes, and answers `POST …/kubeconfig`. It opens the whole cluster, as local accounts are on",
      needed: 'write',
    },
  ],
  resourceId: cluster.resourceId,
  actsOn: (deployment) => [cluster.resourceId(deployment)],
  // The kubeconfig, which a hardened one is not asked for.
  opens: (deployment) => !isHardened(deployment),
  commandOrder: 11,
  commands: (deployment) => ({
    create: [],
    reads: [
      command(
        'az aks get-credentials',
        groupFlag(deployment),
        flag('name', deployment.clusterName),
        '--overwrite-existing',
        TABLE,
      ),
      ...(isHardened(deployment) ? ['kubelogin convert-kubeconfig -l azurecli'] : []),
    ],
  }),
});
