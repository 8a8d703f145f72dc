import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import {
  isAuthority,
  isGraph,
  isKubernetesHost,
  isResourceManager,
  registryAt,
  storageAccountAt,
  vaultAt,
} from './base/cloud-hosts.ts';
import type { CloudName } from './base/clouds.ts';
import { hostName, isLoopback } from './base/host-name.ts';
import { controlApi } from './control/control-api.ts';
import { EntraPlane } from './entra/entra-plane.ts';
import { tokenEndpoint } from './entra/token-endpoint.ts';
import { GraphPlane } from './graph/graph-plane.ts';
import { json } from './http/answer.ts';
import { DROPPED, exchange } from './http/exchange.ts';
import { type Incoming, readIncoming } from './http/incoming.ts';
import { listen } from './http/listen.ts';
import type { Plane } from './http/plane.ts';
import { respond } from './http/respond.ts';
import { isPublicRegistryHost, PublicRegistries } from './providers/container-registry/public-registries.ts';
import { REGISTRY_TYPE } from './providers/container-registry/registries.ts';
import { RegistryDataPlane } from './providers/container-registry/registry-data-plane.ts';
import { letsIn } from './providers/container-service/cluster-access.ts';
import { KubernetesApi } from './providers/container-service/kubernetes-api.ts';
import { VaultDataPlane } from './providers/key-vault/vault-data-plane.ts';
import { BlobPlane } from './providers/storage/blob-plane.ts';
import type { ConnectProxy } from './proxy/connect-proxy.ts';
import { ResourceManager } from './resource-manager/resource-manager.ts';
import type { Fault } from './state/faults.ts';
import type { JournalEntry } from './state/journal.ts';
import type { OperationView } from './state/operations.ts';
import type { Resource } from './state/resource.ts';
import type { Secret } from './state/secrets-ledger.ts';
import { World } from './state/world.ts';

export type { CloudName } from './base/clouds.ts';
export {
  SIMULATED_API_CLIENT_ID,
  SIMULATED_CALLER_CLIENT_ID,
  SIMULATED_CALLER_OBJECT_ID,
  SIMULATED_IDENTITY_HEADER,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
  SIMULATED_OPERATOR_SECRET,
  SIMULATED_SUBSCRIPTION_ID,
  SIMULATED_TENANT_ID,
} from './base/identities.ts';
export type { CallerRoles } from './control/caller-roles.ts';
export type { ImageChanges, SettingsChange } from './control/control-api.ts';
export type { TokenWish } from './entra/api-token.ts';
export type { Fault, FaultInput } from './state/faults.ts';
export type { JournalEntry } from './state/journal.ts';
export type { OperationView } from './state/operations.ts';
export type { Resource } from './state/resource.ts';
export type { Secret } from './state/secrets-ledger.ts';

export interface AzureSimulatorOptions {
  /** 0 or nothing: any free port. */
  port?: number | undefined;
  clock: Clock;
  /** Everything made up is a function of it; 1 by default. A data directory's own seed wins. */
  seed?: number | undefined;
  /** Which of Azure's clouds it is: AzureCloud, or that of the data. Hosts of the others are not served. */
  cloud?: CloudName | undefined;
  /** Where the state is kept over restarts; in memory only when absent. The journal and the faults are not kept. */
  dataDirectory?: string | undefined;
  /** How far durations deviate from their usual value, as a fraction: 0.4 by default, 0 for none. */
  jitter?: number | undefined;
  /** Resource Manager's token buckets; on by default. */
  throttling?: boolean | undefined;
  /** The port of a CONNECT proxy for programs that keep Azure's host names, 0 for any free one; no proxy when absent. */
  proxyPort?: number | undefined;
  /** Called with a line for each request. */
  log?: ((line: string) => void) | undefined;
  /** Called with each entry of the journal as it is made: a reset clears the journal. */
  onRequest?: ((entry: JournalEntry) => void) | undefined;
}

export interface AzureSimulator {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly cloud: CloudName;
  /** The CONNECT proxy, when there is one: where it is and the CA certificate to trust, PEM. */
  readonly proxy: Pick<ConnectProxy, 'url' | 'certificate'> | undefined;
  /** Forgets everything: resources, secrets, journal, faults, settings. */
  reset(options?: { seed?: number | undefined; jitter?: number | undefined }): void;
  close(): Promise<void>;
  resources(): Resource[];
  requests(): JournalEntry[];
  operations(): OperationView[];
  secrets(): Secret[];
  addFault(fault: Fault): void;
}

/**
 * Starts a server on 127.0.0.1 that answers like Azure Resource Manager, a vault's secrets, a cluster's API server, and manifests in container registries,
 * Azure's and public ones. Which of them a request is for is told by its Host header; loopback counts as Resource Manager.
 *
 * @throws Error with what to do when the port is taken, or the data are of another cloud.
 */
export const startAzureSimulator = async (options: AzureSimulatorOptions): Promise<AzureSimulator> => {
  const world = new World({
    clock: options.clock,
    seed: options.seed ?? 1,
    jitter: options.jitter ?? 0.4,
    throttling: options.throttling ?? true,
    cloud: options.cloud,
    dataDirectory: options.dataDirectory,
    onRequest: options.onRequest,
  });
  const { cloud } = world;
  const resourceManager = new ResourceManager(world);
  const vaults = new VaultDataPlane(world);
  const blobs = new BlobPlane(world);
  const kubernetes = new KubernetesApi(world);
  const registries = new RegistryDataPlane(world);
  const publicRegistries = new PublicRegistries(world);
  const entra = new EntraPlane(world);
  const graph = new GraphPlane(world);
  const log = options.log ?? (() => {});

  const planeOf = (host: string): Plane | undefined => {
    if (isResourceManager(cloud, host)) return resourceManager;
    if (vaultAt(cloud, host) !== undefined) return vaults;
    if (registryAt(cloud, host) !== undefined) return registries;
    if (isPublicRegistryHost(host)) return publicRegistries;
    if (storageAccountAt(cloud, host) !== undefined) return blobs;
    if (isAuthority(cloud, host)) return entra;
    if (isGraph(cloud, host)) return graph;
    return isKubernetesHost(cloud, host) ? kubernetes : undefined;
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const incoming = await readIncoming(message);
    // Never through the proxy, which serves no loopback host.
    if (isLoopback(hostName(incoming.host))) {
      if (/^\/_simulator(\/|$)/.test(incoming.path)) return respond(response, controlApi(world, incoming));
      if (incoming.path === '/msi/token') return respond(response, tokenEndpoint(world, incoming));
    }
    const plane = planeOf(incoming.host);
    const isKnown = plane !== undefined && !isUnreachable(world, incoming.host);
    const answered = isKnown ? await exchange(world, plane, incoming) : refuseUnknown(world, incoming);
    log(
      `${incoming.method} ${incoming.host}${incoming.path} ${answered === DROPPED ? 'dropped' : answered.answer.status}`,
    );
    if (answered === DROPPED) return void message.socket.destroy();
    respond(response, answered.answer, answered.headers);
  };

  const sockets = new Set<Socket>();
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    serve(message, response).catch((error: unknown) => {
      log(`${message.method} ${message.url} failed: ${error instanceof Error ? error.stack : String(error)}`);
      respond(
        response,
        json(500, { error: { code: 'InternalServerError', message: 'The simulator failed; see its log.' } }),
      );
    });
  };
  const server = createServer(listener);
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const isServed = (host: string): boolean =>
    !isLoopback(host) && planeOf(host) !== undefined && !isUnreachable(world, host);
  const end = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
    world.store.close();
  };
  const port = await listen(server, options.port ?? 0, '--port').catch((error: unknown) => {
    world.store.close();
    throw error;
  });
  const { proxyPort } = options;
  const openProxy = async (wantedPort: number): Promise<ConnectProxy> => {
    try {
      // Its library is loaded when it is wanted only.
      const { startConnectProxy } = await import('./proxy/connect-proxy.ts');
      return await startConnectProxy({ port: wantedPort, isServed, handle: listener, log });
    } catch (error) {
      await end();
      throw error;
    }
  };
  const proxy = proxyPort === undefined ? undefined : await openProxy(proxyPort);

  return {
    url: `http://127.0.0.1:${port}`,
    cloud: cloud.name,
    proxy,
    reset: (resetOptions) => world.reset(resetOptions),
    close: async () => {
      await proxy?.close();
      await end();
    },
    resources: () => {
      world.settle();
      return world.resources.all();
    },
    requests: () => world.journal.entries(),
    operations: () => {
      world.settle();
      return world.operations.view(world.now());
    },
    secrets: () => world.secrets.list(),
    addFault: (fault) => world.faults.add(fault),
  };
};

/** No name of this cloud: the connection is dropped, and the journal shows that it was tried. */
const refuseUnknown = (world: World, { method, host, target }: Incoming): typeof DROPPED => {
  world.journal.add({ method, url: `https://${host}${target}`, status: null, at: world.now(), durationMs: 0 });
  return DROPPED;
};

/** A name below a data plane's suffix that belongs to no resource, or to a vault not yet in the DNS, would not resolve, and a closed API server does not answer: the connection is dropped. */
const isUnreachable = (world: World, host: string): boolean => {
  world.settle();
  const vault = vaultAt(world.cloud, host);
  if (vault !== undefined) {
    const found = world.resources.ofType('Microsoft.KeyVault/vaults').find(({ name }) => name.toLowerCase() === vault);
    return !found || found.properties.provisioningState === 'RegisteringDns';
  }
  const registry = registryAt(world.cloud, host);
  if (registry !== undefined) {
    const found = world.resources.ofType(REGISTRY_TYPE).find(({ name }) => name.toLowerCase() === registry);
    return !found || found.properties.provisioningState === 'Creating';
  }
  const account = storageAccountAt(world.cloud, host);
  if (account !== undefined) {
    return !world.resources.ofType('Microsoft.Storage/storageAccounts').some(({ name }) => name === account);
  }
  if (!isKubernetesHost(world.cloud, host)) return false;
  const clusters = world.resources.ofType('Microsoft.ContainerService/ManagedClusters');
  const { callerAddress } = world.settings.values;
  return !clusters.some((one) => one.properties.fqdn === hostName(host) && letsIn(one, callerAddress));
};
