import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTracer } from '../../local/functions-host/tracing/open-tracer.ts';
import type { Tracer } from '../../local/functions-host/tracing/tracer.ts';
import { type HostOptions, World, type WorldOptions } from '../../local/world/world.ts';
import { AskedActions } from './asked-actions.ts';

/** With half of the usual durations a cluster is there at the first poll, after 0.6 of them. Polls are what most of a deployment's events are. */
const BRISK = 0.5;

// biome-ignore lint/suspicious/noExplicitAny: bodies of requests, read by tests that know their shape.
type Body = Record<string, any>;

/** How the world of a test is made. */
export interface TestWorldOptions
  extends Pick<WorldOptions, 'seed' | 'jitter' | 'durationFactor' | 'cloud'>,
    Pick<HostOptions, 'store' | 'auth' | 'keys'> {
  /** Keeps the task hub in a file, so that it outlives the host: see {@link World.restart}. */
  readonly onDisk?: boolean;
}

/** A world whose app may ask Azure for nothing but what its custom role allows, and whose log is kept. */
export class TestWorld extends World {
  /** Every line of the host's log. */
  readonly logs: string[] = [];
  readonly #asked = new AskedActions();
  readonly #options: TestWorldOptions;
  #tracer: Tracer | undefined;
  #directory: string | undefined;

  constructor(options: TestWorldOptions = {}) {
    const { seed, jitter = 0, durationFactor = BRISK, cloud = 'AzureCloud' } = options;
    super({ seed, jitter, durationFactor, cloud });
    this.#options = options;
  }

  /** Opens a world with Azure and a host. */
  static async start(options?: TestWorldOptions): Promise<TestWorld> {
    const world = new TestWorld(options);
    await world.start();
    return world;
  }

  async start(): Promise<void> {
    (await this.startAzure()).onRequest((entry) => this.#asked.note(entry));
    this.#tracer = openTracer('OpenTelemetry', process.env, this.clock, () => {});
    const { auth, keys, onDisk } = this.#options;
    if (onDisk) this.#directory = mkdtempSync(join(tmpdir(), 'world-'));
    const store = this.#directory === undefined ? this.#options.store : join(this.#directory, 'hub.sqlite');
    await this.startHost({ store, auth, ...(keys && { keys }) });
  }

  override startHost(options: HostOptions = {}) {
    const log = (level: string, category: string, message: string): void => {
      this.logs.push(`[${level}] ${category}: ${message}`);
    };
    return super.startHost({ ...options, log, tracer: this.#tracer });
  }

  /** Of the host; where the environment says that telemetry goes somewhere. */
  get tracer(): Tracer | undefined {
    return this.#tracer;
  }

  /** The bodies of the requests that were sent with a method and a part of their URL, in order. */
  sent(method: string, urlPart: string): Body[] {
    return this.azure.requests(method, urlPart).map(({ body }) => {
      const parsed: Body = typeof body === 'string' ? JSON.parse(body) : { ...(typeof body === 'object' ? body : {}) };
      return parsed;
    });
  }

  /** @throws Error when the app has asked Azure for an action that its custom role does not have. */
  override async close(): Promise<void> {
    await super.close();
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true });
    this.#asked.check();
  }
}
