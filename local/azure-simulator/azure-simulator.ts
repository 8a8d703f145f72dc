import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock/clock.ts';
import { makeDataFolder } from '../storage/make-data-folder.ts';
import { StorageError } from '../storage/storage-error.ts';
import { Azure } from './azure/azure.ts';
import { planesOf } from './azure/planes.ts';
import type { CloudName } from './base/clouds.ts';
import { hostName, isLoopback } from './base/host-name.ts';
import { controlApi } from './control/control-api.ts';
import { tokenEndpoint } from './entra/token-endpoint.ts';
import { type Answer, json } from './http/answer.ts';
import { DROPPED, exchange } from './http/exchange.ts';
import { type Incoming, readIncoming } from './http/incoming.ts';
import { listen } from './http/listen.ts';
import type { Plane } from './http/plane.ts';
import { respond, wireAnswer } from './http/respond.ts';
import { respondInPart } from './http/respond-in-part.ts';
import type { ConnectProxy } from './proxy/connect-proxy.ts';
import type { Fault } from './state/faults.ts';
import type { JournalEntry } from './state/journal.ts';
import type { OperationView } from './state/operations.ts';
import type { Resource } from './state/resource.ts';
import type { Secret } from './state/secrets-ledger.ts';
import type { World } from './state/world.ts';

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
export { cliEnvironment } from './proxy/cli-environment.ts';
export { type Cut, type Fault, type FaultAction, type FaultInput, faultSchema } from './state/faults.ts';
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
  /** What all durations are multiplied by; 1 by default. Of this process: a data directory does not keep it. */
  durationFactor?: number | undefined;
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
 * Azure's and public ones. Its Host header says which of them a request is for; loopback counts as Resource Manager.
 *
 * @throws Error with what to do when the port is taken, or the data are of another cloud.
 */
export const startAzureSimulator = async (options: AzureSimulatorOptions): Promise<AzureSimulator> => {
  const world = new Azure({
    clock: options.clock,
    seed: options.seed ?? 1,
    jitter: options.jitter ?? 0.4,
    durationFactor: options.durationFactor,
    throttling: options.throttling ?? true,
    cloud: options.cloud,
    dataDirectory: options.dataDirectory,
    onRequest: options.onRequest,
  });
  const planes = planesOf(world);
  const log = options.log ?? (() => {});
  const exposed = options.dataDirectory === undefined ? undefined : makeDataFolder(options.dataDirectory);
  if (exposed !== undefined) log(exposed);

  const planeOf = (host: string): Plane | undefined => planes.find((plane) => plane.serves(host));

  /** The service that answers under a host; none for a name that belongs to no resource, or leads nowhere yet. */
  const reachablePlane = (host: string): Plane | undefined => {
    world.settle();
    const plane = planeOf(host);
    return plane?.isReachable?.(host) === false ? undefined : plane;
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const incoming = await readIncoming(message);
    // Never through the proxy, which serves no loopback host.
    if (isLoopback(hostName(incoming.host))) {
      if (/^\/_simulator(\/|$)/.test(incoming.path)) return respond(response, controlApi(world, incoming));
      if (incoming.path === '/msi/token')
        return respond(
          response,
          world.store.transaction(() => tokenEndpoint(world, incoming)),
        );
    }
    const plane = reachablePlane(incoming.host);
    const answered = plane ? await exchange(world, plane, incoming) : drop(world, incoming);
    log(
      `${incoming.method} ${incoming.host}${incoming.path} ${answered === DROPPED ? 'dropped' : answered.answer.status}`,
    );
    if (answered === DROPPED) return void message.socket.destroy();
    const { answer, headers, cut } = answered;
    if (cut) return respondInPart(message.socket, wireAnswer(answer, headers), cut, (ms) => world.clock.sleep(ms));
    respond(response, answer, headers);
  };

  const sockets = new Set<Socket>();
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    serve(message, response).catch((error: unknown) => {
      log(`${message.method} ${message.url} failed: ${reasonOf(error)}`);
      respond(response, failure(error));
    });
  };
  const server = createServer(listener);
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const isServed = (host: string): boolean => {
    try {
      return !isLoopback(host) && reachablePlane(host) !== undefined;
    } catch (error) {
      // The request that follows is answered.
      if (error instanceof StorageError) return planeOf(host) !== undefined;
      throw error;
    }
  };
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
    cloud: world.cloud.name,
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

const reasonOf = (error: unknown): string => {
  if (error instanceof StorageError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

/** What the simulator, not Azure, answers: it failed, or its disk takes nothing now. */
const failure = (error: unknown): Answer => {
  if (!(error instanceof StorageError)) {
    return json(500, { error: { code: 'InternalServerError', message: 'The simulator failed; see its log.' } });
  }
  const message = `The simulator cannot store what it would answer: ${error.message}`;
  return json(503, { error: { code: 'ServiceUnavailable', message } }, { 'retry-after': '10' });
};

/** No name of this cloud, or one that leads nowhere: the connection is dropped, and the journal shows that it was tried. */
const drop = (world: World, { method, host, target }: Incoming): typeof DROPPED => {
  world.journal.add({ method, url: `https://${host}${target}`, status: null, at: world.now(), durationMs: 0 });
  return DROPPED;
};
