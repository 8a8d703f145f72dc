import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock/clock.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import type { InstanceState, RuntimeStatus } from '../functions-host/engine/task-hub.ts';
import type { FunctionsHost } from '../functions-host/functions-host.ts';
import { newHostKeys } from '../functions-host/http/host-keys.ts';
import { type DeploymentDocument, deploymentDocumentSchema } from './deployment-document.ts';
import { type AzureHere, type AzureOptions, startAzure } from './start-azure.ts';
import { type StartHostOptions, startHost } from './start-host.ts';

/** The statuses of an instance that does nothing more. */
export const ENDED: readonly RuntimeStatus[] = ['Completed', 'Failed', 'Canceled', 'Terminated'];

/** How the simulated Azure of a world is made. */
export interface WorldOptions extends Omit<AzureOptions, 'clock'> {
  /** Virtual when absent: ten modelled minutes then take a second or less. */
  readonly clock?: Clock;
  /** Of real time, for whatever is waited for; no limit when absent. */
  readonly deadlineSeconds?: number;
}

/** The host's options; the world knows the rest. */
export type HostOptions = Omit<StartHostOptions, 'clock' | 'azure'>;

/**
 * The compiled app, a Functions host, a simulated Azure and the clock of both, in this process. It has the words for the three parts of a test or a
 * measurement: what exists in Azure ({@link azure}), what is asked of the service, and what can be seen of it then.
 */
export class World {
  readonly clock: Clock;
  readonly #options: WorldOptions;
  readonly #keys = newHostKeys();
  #azure: AzureHere | undefined;
  #host: FunctionsHost | undefined;
  #hostOptions: HostOptions = {};

  /** The app reads the simulator's URL once in a process: its second simulator there takes the first one's port. One at a time, then. */
  static #port = 0;

  /** Makes a world that has neither Azure nor a host yet. @see World.open */
  constructor(options: WorldOptions = {}) {
    this.clock = options.clock ?? new VirtualClock();
    this.#options = options;
  }

  /** Opens a world with an empty Azure and no host yet. */
  static async open(options?: WorldOptions): Promise<World> {
    const world = new World(options);
    await world.startAzure();
    return world;
  }

  async startAzure(): Promise<AzureHere> {
    this.#azure = await startAzure({ port: World.#port, ...this.#options, clock: this.clock });
    World.#port = Number(new URL(this.#azure.url).port);
    return this.#azure;
  }

  /** Starts a host, by default with an empty task hub in memory. Who starts a second one closes the first. */
  async startHost(options: HostOptions = {}): Promise<FunctionsHost> {
    this.#hostOptions = options;
    this.#host = await startHost({
      keys: this.#keys,
      // Such a request is answered when modelled time has gone on.
      waitsForTime: (target) => /[?&]wait=/.test(target),
      ...options,
      clock: this.clock,
      azure: this.azure,
    });
    return this.#host;
  }

  /** Kills the host and starts another one as before, on its store or on another one. */
  async restart(store = this.#hostOptions.store): Promise<void> {
    await this.host.abandon();
    await this.startHost({ ...this.#hostOptions, store });
  }

  /** The simulated Azure. */
  get azure(): AzureHere {
    if (!this.#azure) throw new Error('No Azure has been started.');
    return this.#azure;
  }

  /** The host that was started last. */
  get host(): FunctionsHost {
    if (!this.#host) throw new Error('No host has been started.');
    return this.#host;
  }

  /** The app's function key. */
  get key(): string {
    return (this.#hostOptions.keys ?? this.#keys).functionKeys.default ?? '';
  }

  // What is asked of the service.

  fetch(path: string, init?: RequestInit): Promise<Response> {
    const headers = new Headers(init?.headers);
    if (!headers.has('x-functions-key')) headers.set('x-functions-key', this.key);
    return fetch(`${this.host.url}${path}`, { ...init, headers });
  }

  post(body: unknown, path = '/api/deployments'): Promise<Response> {
    return this.fetch(path, { method: 'POST', body: JSON.stringify(body) });
  }

  /** Asks for a deployment's deletion. @param query - e.g. `&purge=true`. */
  delete(id: string, query = '', confirm = id): Promise<Response> {
    return this.fetch(`/api/deployments/${id}?confirm=${confirm}${query}`, { method: 'DELETE' });
  }

  // What can be seen of it.

  /** Posts a deployment and waits for its end. @throws when it is not accepted. */
  async deploy(body: object): Promise<DeploymentDocument> {
    const response = await this.post(body);
    const text = await response.text();
    if (response.status !== 202) throw new Error(`POST answered ${response.status}: ${text}`);
    const { id }: { readonly id: string } = JSON.parse(text);
    return this.ended(id);
  }

  async ended(id: string): Promise<DeploymentDocument> {
    await this.instanceEnded(`d:${id}`);
    return this.status(id);
  }

  /** Waits for the end of a deletion. */
  async undone(id: string): Promise<DeploymentDocument> {
    await this.instanceEnded(`u:${id}`);
    return this.status(id);
  }

  async status(id: string): Promise<DeploymentDocument> {
    const response = await this.fetch(`/api/deployments/${id}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`The status of ${id} answered ${response.status}: ${text}`);
    return deploymentDocumentSchema.parse(JSON.parse(text));
  }

  async instanceEnded(instanceId: string): Promise<InstanceState> {
    return this.withinDeadline(instanceId, this.host.hub.waitFor(instanceId, ENDED));
  }

  /** Names of the instances that have not completed, each with its status. */
  get openInstances(): string[] {
    const { instances } = this.host.hub.list({ top: 1000 });
    return instances
      .filter(({ runtimeStatus }) => runtimeStatus !== 'Completed')
      .map(({ instanceId, runtimeStatus }) => `${instanceId} is ${runtimeStatus}`);
  }

  /** @throws when the work does not end in time, with what is still open. */
  async withinDeadline<T>(what: string, work: Promise<T>): Promise<T> {
    const { deadlineSeconds } = this.#options;
    if (deadlineSeconds === undefined) return work;
    const inTime = new AbortController();
    const late = sleep(deadlineSeconds * 1000, undefined, { signal: inTime.signal }).then((): never => {
      throw new Error(`${what} did not end within ${deadlineSeconds} seconds: ${this.openInstances.join(', ')}`);
    });
    return Promise.race([work, late]).finally(() => inTime.abort());
  }

  // Modelled time.

  /** Lets modelled time pass. What it sets off ends first: a sleeper who holds the clock leaves it standing while anybody else works. */
  pass(ms: number): Promise<void> {
    return this.held(() => this.clock.sleep(ms));
  }

  /** Does something at an instant of modelled time, which stands still meanwhile. */
  at<T>(instant: number, act: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.clock.schedule(instant, () => void this.held(act).then(resolve, reject));
    });
  }

  /** Does something so many modelled milliseconds from now. */
  after<T>(ms: number, act: () => Promise<T>): Promise<T> {
    return this.at(this.clock.now() + ms, act);
  }

  /** Keeps modelled time from running ahead of some work while it is on the wire. */
  async held<T>(work: () => Promise<T>): Promise<T> {
    const release = this.clock.hold();
    try {
      return await work();
    } finally {
      release();
    }
  }

  async close(): Promise<void> {
    await this.#host?.close();
    await this.#azure?.close();
  }
}
