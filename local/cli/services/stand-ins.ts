import { join } from 'node:path';
import type { CloudName } from '../../azure-simulator/base/clouds.ts';
import { SIMULATED_SUBSCRIPTION_ID } from '../../azure-simulator/base/identities.ts';
import { ChildService } from '../../world/child-service.ts';
import { shareClock } from '../../world/shared-clock.ts';
import { callbackKeys } from './callback-keys.ts';
import { entraSettings } from './entra-settings.ts';

/** Where and how fast the stand-ins run. */
export interface StandInsOptions {
  /** Holds a folder for each; made if missing. */
  readonly dataDirectory: string;
  readonly speed: number;
  /** The host's port; 0 for any free one. The simulator takes any free one. */
  readonly hostPort: number;
  readonly auth?: boolean;
  /** Names under which others may call the host while it asks for no key. */
  readonly allowedHosts?: readonly string[];
  /** The folder of the compiled app; this project when absent. */
  readonly app?: string;
  readonly seed?: number;
  /** AzureCloud when absent. */
  readonly cloud?: CloudName;
  /** Is told every line that they print. */
  readonly onLine?: (command: 'host' | 'simulator', line: string) => void;
}

/** The simulator and the host as two child processes with one modelled time. */
export class StandIns {
  readonly #options: StandInsOptions;
  readonly #children: ChildService[] = [];

  constructor(options: StandInsOptions) {
    this.#options = options;
  }

  /** Starts both. @throws with the words of the one that did not start; {@link stop} is to be called all the same. */
  async start(): Promise<{ readonly hostUrl: string; readonly simulatorUrl: string }> {
    const {
      dataDirectory,
      speed,
      hostPort,
      auth,
      allowedHosts = [],
      app,
      seed,
      cloud = 'AzureCloud',
      onLine = () => {},
    } = this.#options;
    const data = { host: join(dataDirectory, 'host'), simulator: join(dataDirectory, 'simulator') };
    shareClock(Object.values(data), speed);
    const simulator = new ChildService({
      command: 'simulator',
      args: [
        ...['--port', '0', '--data', data.simulator, '--cloud', cloud],
        ...(seed === undefined ? [] : ['--seed', String(seed)]),
      ],
      onLine: (line) => onLine('simulator', line),
    });
    this.#children.push(simulator);
    const simulatorUrl = await simulator.ready();
    const host = new ChildService({
      command: 'host',
      args: [
        ...['--port', String(hostPort), '--data', data.host],
        ...(auth ? ['--auth'] : []),
        ...allowedHosts.flatMap((name) => ['--allow-host', name]),
        ...(app === undefined ? [] : ['--app', app]),
      ],
      environment: {
        AZURE_CLOUD: cloud,
        AZURE_SIMULATOR_URL: simulatorUrl,
        AZURE_SUBSCRIPTION_ID: SIMULATED_SUBSCRIPTION_ID,
        ...callbackKeys(dataDirectory),
        ...entraSettings(),
      },
      onLine: (line) => onLine('host', line),
    });
    this.#children.push(host);
    return { hostUrl: await host.ready(), simulatorUrl };
  }

  /** Resolves with the first one that ended, for whatever reason. */
  get ended(): Promise<ChildService> {
    return Promise.race(this.#children.map((child) => child.exited.then(() => child)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.stop()));
  }

  kill(): void {
    for (const child of this.#children) child.kill();
  }
}
