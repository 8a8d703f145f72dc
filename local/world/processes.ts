import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudName } from '../azure-simulator/azure-simulator.ts';
import type { ScaledClock } from '../clock/scaled-clock.ts';
import { openStoredClock } from '../clock/stored-clock.ts';
import { Azure } from './azure.ts';
import { ChildService } from './child-service.ts';
import { shareClock } from './shared-clock.ts';
import { azureSettings } from './start-host.ts';

/** Where and how fast the emulators run. */
export interface ProcessesOptions {
  /** Holds a folder for each; made if missing. When absent, a temporary one that is removed in the end. */
  readonly dataDirectory?: string;
  /** Modelled seconds per second. */
  readonly speed: number;
  /** Is given every line that they print. */
  readonly onLine?: (command: ChildService['command'], line: string) => void;
}

/** @see Processes.startAzure */
export interface AzureProcessOptions {
  readonly seed?: number | undefined;
  readonly cloud?: CloudName | undefined;
  readonly throttling?: boolean;
}

/** @see Processes.startHost */
export interface HostProcessOptions {
  /** What the app asks; an app that asks none needs none. */
  readonly azure?: Pick<Azure, 'url' | 'cloud'>;
  /** Any free one when absent. */
  readonly port?: number;
  readonly auth?: boolean;
  /** Names under which others may call the host while it asks for no key. */
  readonly allowedHosts?: readonly string[];
  /** The folder of the compiled app; this project when absent. */
  readonly app?: string;
  /** More settings of the app. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * The simulator and the host as processes of their own, with one modelled time: both, or one of them beside what runs in this process. The host can be
 * killed and started again.
 */
export class Processes {
  readonly dataDirectory: string;
  readonly #options: ProcessesOptions;
  readonly #data: { readonly host: string; readonly simulator: string };
  readonly #running = new Set<ChildService>();
  #clock: ScaledClock | undefined;
  #host: ChildService | undefined;

  constructor(options: ProcessesOptions) {
    this.#options = options;
    this.dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'airflow-on-aks-'));
    this.#data = { host: join(this.dataDirectory, 'host'), simulator: join(this.dataDirectory, 'simulator') };
  }

  /** The modelled time of all of them. */
  get clock(): ScaledClock {
    if (!this.#clock) {
      shareClock(Object.values(this.#data), this.#options.speed);
      this.#clock = openStoredClock(this.#data.host);
    }
    return this.#clock;
  }

  /** @throws with the words of the process when it does not start; {@link stop} is to be called all the same. */
  async startAzure({ seed, cloud, throttling = true }: AzureProcessOptions = {}): Promise<Azure> {
    const simulator = this.#start('simulator', [
      ...(seed === undefined ? [] : ['--seed', String(seed)]),
      ...(cloud === undefined ? [] : ['--cloud', cloud]),
      ...(throttling ? [] : ['--throttling', 'off']),
    ]);
    return new Azure(await simulator.ready(), cloud);
  }

  /** @returns the URL of the host. @throws with the words of the process when it does not start; {@link stop} is to be called all the same. */
  startHost({
    azure,
    port = 0,
    auth = false,
    allowedHosts = [],
    app,
    settings,
  }: HostProcessOptions = {}): Promise<string> {
    const args = [
      ...(auth ? ['--auth'] : []),
      ...allowedHosts.flatMap((name) => ['--allow-host', name]),
      ...(app === undefined ? [] : ['--app', app]),
    ];
    this.#host = this.#start('host', args, port, { ...(azure && azureSettings(azure)), ...settings });
    return this.#host.ready();
  }

  /** Ends the host as `kill -9` does. */
  async killHost(): Promise<void> {
    if (!this.#host) return;
    this.#running.delete(this.#host);
    this.#host.kill();
    await this.#host.exited;
  }

  /** Lets the host end its work first. */
  async stopHost(): Promise<void> {
    if (!this.#host) return;
    this.#running.delete(this.#host);
    await this.#host.stop();
  }

  /** Resolves with the first one that ended, for whatever reason. */
  get ended(): Promise<ChildService> {
    return Promise.race([...this.#running].map((child) => child.exited.then(() => child)));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running].map((child) => child.stop()));
    this.#removeTemporary();
  }

  kill(): void {
    for (const child of this.#running) child.kill();
    this.#removeTemporary();
  }

  #removeTemporary(): void {
    if (this.#options.dataDirectory === undefined) rmSync(this.dataDirectory, { recursive: true, force: true });
  }

  #start(
    command: ChildService['command'],
    args: readonly string[],
    port = 0,
    environment: Readonly<Record<string, string>> = {},
  ): ChildService {
    // The data folders agree on the time before anything opens them.
    void this.clock;
    const child = new ChildService({
      command,
      args: ['--port', String(port), '--data', this.#data[command], ...args],
      environment,
      onLine: (line) => this.#options.onLine?.(command, line),
    });
    this.#running.add(child);
    return child;
  }
}
