import { z } from 'zod';
import { getFromCluster } from '../azure/cluster-api.ts';
import { fetchKubeconfig, parseKubeconfig } from '../azure/kubeconfig.ts';
import type { Progress } from '../deployment/progress.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import type { connect } from '../deployment/step-contracts.ts';
import type { StepLook } from '../deployment/step-look.ts';

/** How long nodes usually take to report that they are ready. */
const NODES_READY_SECONDS = 15;

const ZONE_LABEL = 'topology.kubernetes.io/zone';

const versionSchema = z.object({ gitVersion: z.string() });

const nodeListSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
      status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) }),
    }),
  ),
});

type Input = z.infer<typeof connect.input>;

const clusterId = (input: Pick<Input, 'subscriptionId' | 'resourceGroupName' | 'clusterName'>): string =>
  resourceId(input, 'Microsoft.ContainerService/managedClusters', input.clusterName);

/** Connecting changes nothing; a plan does not fetch the kubeconfig for it. */
export const lookAtConnection = (input: Parameters<typeof clusterId>[0]): StepLook => ({
  action: 'unchanged',
  changes: [],
  resourceId: clusterId(input),
  note: "Reads the cluster's version and nodes.",
});

/** Connects to the cluster and sees its nodes. The kubeconfig stays inside this call. */
export const connectToCluster = async (input: Input): Promise<Progress<z.infer<typeof connect.value>>> => {
  const { subscriptionId, resourceGroupName, clusterName, nodeCount } = input;
  const access = parseKubeconfig(await fetchKubeconfig(subscriptionId, resourceGroupName, clusterName));
  const { gitVersion } = await getFromCluster(access, '/version', versionSchema);
  const { items } = await getFromCluster(access, '/api/v1/nodes', nodeListSchema);
  const ready = items.filter(({ status }) =>
    status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
  );
  const id = clusterId(input);
  if (ready.length < nodeCount) return { kind: 'running', usualSeconds: NODES_READY_SECONDS, resourceId: id };

  const zones = new Set(items.flatMap(({ metadata }) => metadata.labels[ZONE_LABEL] ?? []));
  const value = {
    kubernetesVersion: gitVersion,
    nodes: items.length,
    nodesReady: ready.length,
    zones: [...zones].toSorted(),
  };
  return { kind: 'done', value, change: 'unchanged', resourceId: id };
};
