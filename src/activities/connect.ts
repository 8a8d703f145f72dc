import { z } from 'zod';
import { getFromCluster } from '../azure/cluster-api.ts';
import { fetchKubeconfig, parseKubeconfig } from '../azure/kubeconfig.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { connect } from '../deployment/step-contracts.ts';
import { stepActivity } from './step-activity.ts';

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

/** Connects to the cluster and sees its nodes. The kubeconfig stays inside this activity. */
export const connectActivity = stepActivity(connect, async (input) => {
  const { subscriptionId, resourceGroupName, clusterName, nodeCount } = input;
  const access = parseKubeconfig(await fetchKubeconfig(subscriptionId, resourceGroupName, clusterName));
  const { gitVersion } = await getFromCluster(access, '/version', versionSchema);
  const { items } = await getFromCluster(access, '/api/v1/nodes', nodeListSchema);
  const ready = items.filter(({ status }) =>
    status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
  );
  const id = resourceId(input, 'Microsoft.ContainerService/managedClusters', clusterName);
  if (ready.length < nodeCount) return { kind: 'running', usualSeconds: 15, resourceId: id };

  const zones = new Set(items.flatMap(({ metadata }) => metadata.labels[ZONE_LABEL] ?? []));
  const value = {
    kubernetesVersion: gitVersion,
    nodes: items.length,
    nodesReady: ready.length,
    zones: [...zones].toSorted(),
  };
  return { kind: 'done', value, change: 'unchanged', resourceId: id };
});
