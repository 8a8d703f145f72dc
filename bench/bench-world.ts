import { type AzureSimulator, startAzureSimulator } from '../local/azure-simulator/azure-simulator.ts';
import { VirtualClock } from '../local/clock/virtual-clock.ts';
import type { Engine } from '../local/functions-host/engine/engine.ts';
import type { FunctionsHost } from '../local/functions-host/functions-host.ts';
import type { LoadedApp } from '../local/functions-host/worker/loaded-app.ts';
import { loadBenchApp, openBenchHost } from './bench-app.ts';

/** Host, simulator and the compiled app in this process, on one virtual clock. */
export class BenchWorld {
  readonly simulator: AzureSimulator;
  readonly #clock: VirtualClock;
  readonly #app: LoadedApp;
  readonly #onRequest: Set<() => void>;

  private constructor(clock: VirtualClock, simulator: AzureSimulator, app: LoadedApp, onRequest: Set<() => void>) {
    this.#clock = clock;
    this.simulator = simulator;
    this.#app = app;
    this.#onRequest = onRequest;
  }

  /** To be called once in a process. */
  static async open(): Promise<BenchWorld> {
    const clock = new VirtualClock();
    const onRequest = new Set<() => void>();
    const log = (): void => {
      for (const listener of onRequest) listener();
    };
    const simulator = await startAzureSimulator({ clock, seed: 1, log });
    return new BenchWorld(clock, simulator, await loadBenchApp(simulator.url), onRequest);
  }

  /** A fresh host with an empty task hub in memory. */
  openHost(): Promise<FunctionsHost<Engine>> {
    return openBenchHost(this.#app, this.#clock, ':memory:');
  }

  /** Calls `listener` at every request that the simulator has answered, until the returned function is called. */
  onRequest(listener: () => void): () => void {
    this.#onRequest.add(listener);
    return () => void this.#onRequest.delete(listener);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }
}
