import { fileURLToPath } from 'node:url';
import {
  type AzureSimulator,
  SIMULATED_SUBSCRIPTION_ID,
  startAzureSimulator,
} from '../../local/azure-simulator/azure-simulator.ts';
import type { CloudName } from '../../local/azure-simulator/base/clouds.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import type { RuntimeStatus } from '../../local/functions-host/engine/task-hub.ts';
import {
  type CreateFunctionsHostOptions,
  createFunctionsHost,
  type FunctionsHost,
} from '../../local/functions-host/functions-host.ts';
import { newHostKeys } from '../../local/functions-host/http/host-keys.ts';
import { openTracer } from '../../local/functions-host/tracing/open-tracer.ts';
import type { Tracer } from '../../local/functions-host/tracing/tracer.ts';
import { loadApp } from '../../local/functions-host/worker/load-app.ts';
import { AskedActions } from './asked-actions.ts';

const APP_DIRECTORY = fileURLToPath(new URL('../..', import.meta.url));

const ENDED: readonly RuntimeStatus[] = ['Completed', 'Failed', 'Terminated'];

export interface StandInsOptions {
  readonly seed?: number;
  readonly jitter?: number;
  /** The public cloud when absent. */
  readonly cloud?: CloudName;
  readonly store?: CreateFunctionsHostOptions['store'];
  /** Whether the host asks for keys; {@link StandIns.fetch} then sends {@link StandIns.key}. */
  readonly auth?: boolean;
  readonly keys?: CreateFunctionsHostOptions['keys'];
}

/** The compiled app on both stand-ins in this process, on a virtual clock: ten modelled minutes take a second or less. */
export class StandIns {
  readonly clock: VirtualClock;
  readonly simulator: AzureSimulator;
  readonly logs: string[];
  /** The app's function key. */
  readonly key: string;
  /** Of the host; where the environment says that telemetry goes somewhere. */
  readonly tracer: Tracer | undefined;
  host: FunctionsHost;
  readonly #asked: AskedActions;

  constructor(
    clock: VirtualClock,
    simulator: AzureSimulator,
    host: FunctionsHost,
    logs: string[],
    key: string,
    tracer: Tracer | undefined,
    asked: AskedActions,
  ) {
    this.clock = clock;
    this.simulator = simulator;
    this.host = host;
    this.logs = logs;
    this.key = key;
    this.tracer = tracer;
    this.#asked = asked;
  }

  /** The app reads the simulator's URL once in a process: its second simulator there takes the first one's port. One at a time, then. */
  static #port = 0;

  static async start({
    seed,
    jitter = 0,
    cloud = 'AzureCloud',
    store,
    auth,
    keys = newHostKeys(),
  }: StandInsOptions = {}): Promise<StandIns> {
    const clock = new VirtualClock();
    const logs: string[] = [];
    const asked = new AskedActions();
    const simulator = await startAzureSimulator({
      clock,
      seed,
      jitter,
      cloud,
      port: StandIns.#port,
      onRequest: (entry) => asked.note(entry),
    });
    StandIns.#port = Number(new URL(simulator.url).port);
    process.env.AZURE_CLOUD = cloud;
    process.env.AZURE_SIMULATOR_URL = simulator.url;
    process.env.AZURE_SUBSCRIPTION_ID = SIMULATED_SUBSCRIPTION_ID;
    const tracer = openTracer('OpenTelemetry', process.env, clock, () => {});
    const host = await StandIns.#startHost(clock, logs, { store, auth, keys, tracer });
    return new StandIns(clock, simulator, host, logs, keys.functionKeys.default ?? '', tracer, asked);
  }

  static async #startHost(
    clock: VirtualClock,
    logs: string[],
    options: Pick<CreateFunctionsHostOptions, 'store' | 'auth' | 'keys' | 'tracer'>,
  ): Promise<FunctionsHost> {
    const log = (level: string, category: string, message: string): void => {
      logs.push(`[${level}] ${category}: ${message}`);
    };
    const app = await loadApp(APP_DIRECTORY, { log });
    return createFunctionsHost({
      app,
      clock,
      log,
      ...options,
      durableTask: { defaultVersion: '1.0' },
      waitsForTime: (target) => /[?&]wait=/.test(target),
    });
  }

  /** Opens another host on a store: what a restart finds. */
  async restart(store: NonNullable<CreateFunctionsHostOptions['store']>): Promise<void> {
    await this.host.abandon();
    this.host = await StandIns.#startHost(this.clock, this.logs, { store, tracer: this.tracer });
  }

  fetch(path: string, init?: RequestInit): Promise<Response> {
    const headers = new Headers(init?.headers);
    if (!headers.has('x-functions-key')) headers.set('x-functions-key', this.key);
    return fetch(`${this.host.url}${path}`, { ...init, headers });
  }

  post(body: unknown, path = '/api/deployments'): Promise<Response> {
    return this.fetch(path, { method: 'POST', body: JSON.stringify(body) });
  }

  /** Posts a deployment and waits for its end; returns its status document. */
  async deploy(body: object): Promise<DeploymentDocument> {
    const response = await this.post(body);
    const text = await response.text();
    if (response.status !== 202) throw new Error(`POST answered ${response.status}: ${text}`);
    const { id }: { id: string } = JSON.parse(text);
    return this.ended(id);
  }

  async ended(id: string): Promise<DeploymentDocument> {
    await this.host.hub.waitFor(`d:${id}`, ENDED);
    return this.status(id);
  }

  async status(id: string): Promise<DeploymentDocument> {
    const response = await this.fetch(`/api/deployments/${id}`);
    return JSON.parse(await response.text());
  }

  /** Sets up what goes wrong, by the simulator's control API. */
  async control(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.simulator.url}/_simulator/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }

  /** The requests that the app sent, by method and a part of their URL. */
  requests(method: string, urlPart: string) {
    return this.simulator
      .requests()
      .filter((entry) => entry.method === method && entry.url.toLowerCase().includes(urlPart.toLowerCase()));
  }

  /** @throws Error when the app has asked Azure for an action that its custom role does not have. */
  async close(): Promise<void> {
    await this.host.close();
    await this.simulator.close();
    this.#asked.check();
  }
}

/** The status document as a client reads it. */
export interface DeploymentDocument {
  readonly id: string;
  readonly run: string;
  readonly status: string;
  readonly steps: readonly StepDocument[];
  readonly warnings: readonly string[];
  readonly error?: { readonly step: string; readonly code: string; readonly message: string; readonly remedy?: string };
  readonly waiting?: string;
  readonly findings?: readonly { readonly rule: string; readonly severity: string }[];
  readonly reason?: string;
  readonly approval?: {
    readonly state: string;
    readonly requestedAt: string;
    readonly expiresAt: string;
    readonly decidedAt?: string;
    readonly by?: string;
  };
  readonly callback?: { readonly state: string; readonly deliveries: readonly DeliveryDocument[] };
  readonly expiry?: { readonly state: string; readonly expiresAt: string; readonly noticeAt: string };
  readonly drift?: { readonly checkedAt: string; readonly changes?: number; readonly error?: string };
  readonly undo?: { readonly status: string };
  readonly earlierRuns: readonly { readonly run: string; readonly status: string; readonly error?: string }[];
  readonly urls: Readonly<Record<string, string>>;
}

export interface DeliveryDocument {
  readonly event: string;
  readonly step?: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastAttemptAt?: string;
  readonly nextAttemptAt?: string;
  readonly status?: number;
  readonly error?: string;
}

export interface StepDocument {
  readonly name: string;
  readonly state: string;
  readonly waitsFor: readonly string[];
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly attempts: number;
  readonly polls: number;
  readonly change?: string;
  readonly changed?: readonly string[];
  readonly resourceId?: string;
  readonly error?: { readonly code: string; readonly message: string };
}
