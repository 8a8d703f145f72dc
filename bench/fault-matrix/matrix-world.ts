import * as z from 'zod';
import { type AzureSimulator, startAzureSimulator } from '../../local/azure-simulator/azure-simulator.ts';
import type { Fault } from '../../local/azure-simulator/state/faults.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import type { Engine } from '../../local/functions-host/engine/engine.ts';
import type { FunctionsHost } from '../../local/functions-host/functions-host.ts';
import type { LoadedApp } from '../../local/functions-host/worker/loaded-app.ts';
import { fetchJson } from '../../local/world/deployment-client.ts';
import { loadBenchApp, openBenchHost } from '../bench-app.ts';

const SEED = 1;

/** Longer than anything that a scenario may leave on its way: an answer that the client no longer waits for. */
const DRAIN_MS = 600_000;

const tokenSchema = z.object({ access_token: z.string() });
const struckSchema = z.object({ faults: z.array(z.object({ nth: z.number(), matched: z.number() })) });
const stateSchema = z.object({
  resources: z.array(z.object({ id: z.string(), managedBy: z.string().optional() })),
  roleAssignments: z.array(z.object({ scope: z.string(), name: z.string() })),
});

/** What exists in the simulated Azure. */
export type AzureState = z.output<typeof stateSchema>;

/** Host, simulator and the compiled app in this process, on one virtual clock; everything in it repeats exactly. */
export class MatrixWorld {
  readonly clock: VirtualClock;
  readonly simulator: AzureSimulator;
  readonly #app: LoadedApp;
  readonly #answered: { listener: ((line: string) => void) | undefined };

  private constructor(
    clock: VirtualClock,
    simulator: AzureSimulator,
    app: LoadedApp,
    answered: { listener: ((line: string) => void) | undefined },
  ) {
    this.clock = clock;
    this.simulator = simulator;
    this.#app = app;
    this.#answered = answered;
  }

  /** To be called once in a process. */
  static async open(): Promise<MatrixWorld> {
    const clock = new VirtualClock();
    const answered: { listener: ((line: string) => void) | undefined } = { listener: undefined };
    const simulator = await startAzureSimulator({ clock, seed: SEED, log: (line) => answered.listener?.(line) });
    return new MatrixWorld(clock, simulator, await loadBenchApp(simulator.url), answered);
  }

  /** A fresh host with an empty task hub, and Azure as it was before anything happened. */
  async begin(): Promise<FunctionsHost<Engine>> {
    this.#answered.listener = undefined;
    this.simulator.reset({ seed: SEED });
    return openBenchHost(this.#app, this.clock, ':memory:');
  }

  /** Lets arrive whatever is still on its way, so that it does not reach the next scenario. */
  drain(): Promise<void> {
    return this.clock.sleep(DRAIN_MS);
  }

  /**
   * Has `action` called when the nth request of a kind was answered, before the answer leaves.
   *
   * @param pattern - a regular expression for the path.
   */
  onAnswer(method: string, pattern: string, nth: number, action: () => void): void {
    const path = new RegExp(pattern, 'i');
    let matched = 0;
    this.#answered.listener = (line) => {
      const [verb = '', target = ''] = line.split(' ');
      const slash = target.indexOf('/');
      if (verb !== method || !path.test(target.slice(slash))) return;
      matched++;
      if (matched === nth) action();
    };
  }

  /** Deletes a resource as somebody else would; time goes on for the deployment meanwhile. */
  async remove(path: string, apiVersion: string): Promise<void> {
    // The request itself sleeps on the clock: with this the clock does not run ahead of it while it is on the wire.
    const release = this.clock.hold();
    try {
      const resource = 'https://management.azure.com';
      const tokenUrl = `${this.simulator.url}/msi/token?api-version=2019-08-01&resource=${resource}`;
      const token = await fetchJson(tokenUrl, tokenSchema, { headers: { 'X-IDENTITY-HEADER': 'simulator' } });
      const response = await fetch(`${this.simulator.url}${path}?api-version=${apiVersion}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token.access_token}` },
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`DELETE ${path} answered ${response.status}: ${text}`);
    } finally {
      release();
    }
  }

  addFaults(faults: readonly Fault[]): void {
    for (const fault of faults) this.simulator.addFault(fault);
  }

  /** Whether every fault has struck. */
  async haveFaultsStruck(): Promise<boolean> {
    const { faults } = await this.#control('GET', 'faults', struckSchema);
    return faults.every(({ nth, matched }) => matched >= nth);
  }

  /** The faults are gone, and what they held goes on. */
  async clearFaults(): Promise<void> {
    await this.#control('DELETE', 'faults', z.unknown());
  }

  state(): Promise<AzureState> {
    return this.#control('GET', 'resources', stateSchema);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  #control<T>(method: string, name: string, schema: z.ZodType<T>): Promise<T> {
    return fetchJson(`${this.simulator.url}/_simulator/${name}`, schema, { method });
  }
}
