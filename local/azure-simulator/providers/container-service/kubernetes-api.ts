import { isKubernetesHost } from '../../base/cloud-hosts.ts';
import { DURATIONS } from '../../base/durations.ts';
import { hostName } from '../../base/host-name.ts';
import { at, type JsonObject, objectsAt, textAt } from '../../base/json.ts';
import { type Answer, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Incoming } from '../../http/incoming.ts';
import type { Plan, Plane } from '../../http/plane.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../state/world.ts';
import { letsIn } from './cluster-access.ts';
import { CLUSTER_TYPE } from './cluster-id.ts';
import { clusterToken } from './credentials.ts';
import { kubernetesStatus } from './kubernetes-status.ts';

/** A cluster's API server, as far as one needs it to see that the cluster is there: its version and its nodes. */
export class KubernetesApi implements Plane {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  serves(host: string): boolean {
    return isKubernetesHost(this.#world.cloud, host);
  }

  /** A closed API server does not answer. */
  isReachable(host: string): boolean {
    const cluster = this.#clusterAt(host);
    return cluster !== undefined && letsIn(cluster, this.#world.settings.values.callerAddress);
  }

  prepare(incoming: Incoming): Plan {
    const cluster = this.#clusterAt(incoming.host);
    if (!cluster) throw new HttpError(404, 'NotFound', 'There is no such cluster.');
    const state = textAt(cluster.properties, 'provisioningState');
    if (state === 'Creating') throw new HttpError(503, 'ServiceUnavailable', 'the API server is not ready yet');
    this.#authenticate(cluster, incoming.headers.authorization);
    return { seconds: DURATIONS.read, asynchronous: false, execute: () => this.#answer(cluster, incoming) };
  }

  errorBody(error: HttpError): Answer {
    return json(error.status, kubernetesStatus(error));
  }

  headers(): Record<string, string> {
    return { 'cache-control': 'no-cache, private' };
  }

  #clusterAt(host: string): Resource | undefined {
    return this.#world.resources.ofType(CLUSTER_TYPE).find(({ properties }) => properties.fqdn === hostName(host));
  }

  #authenticate(cluster: Resource, authorization: string | undefined): void {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    const accounts = at(cluster.properties, 'disableLocalAccounts') === true ? [] : ['clusterUser', 'clusterAdmin'];
    const known = accounts.map((user) => clusterToken(this.#world.seeded, cluster, user));
    if (!token || !known.includes(token)) throw new HttpError(401, 'Unauthorized', 'Unauthorized');
  }

  #answer(cluster: Resource, incoming: Incoming): Answer {
    if (incoming.method === 'GET' && incoming.path === '/version') return json(200, version(cluster));
    if (incoming.method === 'GET' && incoming.path === '/api/v1/nodes') return json(200, this.#nodes(cluster));
    throw new HttpError(404, 'NotFound', 'the server could not find the requested resource');
  }

  #nodes(cluster: Resource): JsonObject {
    const pools = objectsAt(cluster.properties, 'agentPoolProfiles');
    const items = pools.flatMap((pool) => {
      const count = typeof pool.count === 'number' ? pool.count : 1;
      return Array.from({ length: count }, (_, index) => this.#node(cluster, pool, index));
    });
    return { kind: 'NodeList', apiVersion: 'v1', metadata: { resourceVersion: '1000' }, items };
  }

  #node(cluster: Resource, pool: JsonObject, index: number): JsonObject {
    const zones = Array.isArray(pool.availabilityZones) ? pool.availabilityZones : [];
    const zone = zones.length > 0 ? `${cluster.location}-${zones[index % zones.length]}` : String(index);
    const pool8 = this.#world.seeded
      .bytes(cluster.id, 'nodes', 4)
      .readUInt32BE()
      .toString()
      .padStart(8, '0')
      .slice(0, 8);
    const name = `aks-${pool.name}-${pool8}-vmss${index.toString(36).padStart(6, '0')}`;
    const since = textAt(cluster.systemData, 'createdAt') ?? '';
    const condition = (type: string, status: string, reason: string): JsonObject => ({
      type,
      status,
      reason,
      message: reason,
      lastHeartbeatTime: since,
      lastTransitionTime: since,
    });
    return {
      metadata: {
        name,
        uid: this.#world.seeded.guid(cluster.id, name),
        creationTimestamp: since,
        labels: {
          agentpool: pool.name,
          'kubernetes.azure.com/agentpool': pool.name,
          'kubernetes.azure.com/cluster': textAt(cluster.properties, 'nodeResourceGroup'),
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'node.kubernetes.io/instance-type': pool.vmSize,
          'topology.kubernetes.io/region': cluster.location,
          'topology.kubernetes.io/zone': zone,
        },
      },
      spec: { providerID: `azure://${cluster.id}/${name}` },
      status: {
        conditions: [
          condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
          condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
          condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
          condition('Ready', 'True', 'KubeletReady'),
        ],
        nodeInfo: {
          kubeletVersion: `v${textAt(pool, 'currentOrchestratorVersion')}`,
          osImage: 'Ubuntu 24.04 LTS',
          containerRuntimeVersion: 'containerd://2.0.0',
          operatingSystem: 'linux',
          architecture: 'amd64',
        },
      },
    };
  }
}

const version = (cluster: Resource): JsonObject => {
  const current = textAt(cluster.properties, 'currentKubernetesVersion') ?? '';
  const [major = '', minor = ''] = current.split('.');
  return { major, minor, gitVersion: `v${current}`, platform: 'linux/amd64' };
};
