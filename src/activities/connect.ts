import { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { getFromCluster } from '../azure/cluster-api.ts';
import { AzureOperationError } from '../azure/failures/azure-failure.ts';
import { fetchKubeconfig, parseKubeconfig } from '../azure/kubeconfig.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import { connect } from '../steps/connect.ts';
import { implement } from './implement.ts';

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
type Value = z.infer<typeof connect.value>;

const clusterId = (input: Input): string =>
  resourceId(input, 'Microsoft.ContainerService/managedClusters', input.clusterName);

const THROUGH_RESOURCE_MANAGER =
  'Reads through Resource Manager the state of the cluster and its nodes: the service has no account in the cluster.';

/** Connecting changes nothing; a plan does not fetch the kubeconfig for it. */
const inspectConnection = async (input: Input): Promise<Inspection<Value>> => ({
  action: 'unchanged',
  changes: [],
  resourceId: clusterId(input),
  note: input.hardened ? THROUGH_RESOURCE_MANAGER : "Reads the cluster's version and nodes.",
});

/** What Resource Manager knows of a cluster and its nodes: whether they run, not whether Kubernetes finds them ready. */
const inspectThroughResourceManager = async (input: Input): Promise<ReconcileResult<Value>> => {
  const { subscriptionId, resourceGroupName, clusterName, nodeCount } = input;
  const { managedClusters } = armClients(subscriptionId).clusters;
  const { agentPoolProfiles = [], ...cluster } = await managedClusters.get(resourceGroupName, clusterName);
  const id = clusterId(input);
  const states = [cluster, ...agentPoolProfiles];
  const stopped = states.some(({ powerState }) => powerState?.code !== undefined && powerState.code !== 'Running');
  if (stopped) {
    throw new AzureOperationError({ code: 'ClusterNotReady', message: `${id} or one of its node pools is stopped.` });
  }
  const running = agentPoolProfiles.filter(({ provisioningState }) => provisioningState === 'Succeeded');
  const nodes = (pools: typeof agentPoolProfiles): number => pools.reduce((sum, { count = 0 }) => sum + count, 0);
  if (cluster.provisioningState !== 'Succeeded' || nodes(running) < nodeCount) {
    return { kind: 'running', usualSeconds: NODES_READY_SECONDS, resourceId: id };
  }
  const value = {
    kubernetesVersion: cluster.currentKubernetesVersion ?? '',
    nodes: nodes(agentPoolProfiles),
    nodesReady: nodes(running),
    zones: [...new Set(agentPoolProfiles.flatMap(({ availabilityZones }) => availabilityZones ?? []))].toSorted(),
  };
  return { kind: 'done', value, change: 'unchanged', resourceId: id, note: THROUGH_RESOURCE_MANAGER };
};

/** Connects to the cluster and sees its nodes. The kubeconfig stays inside this call. */
const connectToCluster = async (input: Input): Promise<ReconcileResult<Value>> => {
  const { subscriptionId, resourceGroupName, clusterName, nodeCount } = input;
  if (input.hardened) return inspectThroughResourceManager(input);
  const access = parseKubeconfig(await fetchKubeconfig(subscriptionId, resourceGroupName, clusterName));
  // The kubeconfig of a cluster whose local accounts somebody disabled asks a program for a token, and there is none here.
  if (!access.token && !access.clientKey) return inspectThroughResourceManager(input);
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

export const connectImplementation = implement(connect, { inspect: inspectConnection, apply: connectToCluster });
