import {
  type AzureSimulator,
  type AzureSimulatorOptions,
  type JournalEntry,
  type Resource,
  startAzureSimulator,
} from '../azure-simulator/azure-simulator.ts';
import { Azure } from './azure.ts';

type Listener = (entry: JournalEntry) => void;

/** How a simulated Azure is made. */
export type AzureOptions = Omit<AzureSimulatorOptions, 'onRequest'>;

/** A simulated Azure in this process: what exists and what was asked of it can be read at once. */
export class AzureHere extends Azure {
  readonly simulator: AzureSimulator;
  readonly #made: Pick<AzureSimulatorOptions, 'seed' | 'jitter'>;
  readonly #listeners: Set<Listener>;

  /** @see startAzure */
  constructor(simulator: AzureSimulator, { seed, jitter }: AzureOptions, listeners: Set<Listener>) {
    super(simulator.url, simulator.cloud);
    this.simulator = simulator;
    this.#made = { seed, jitter };
    this.#listeners = listeners;
  }

  /** Calls `listener` for every request, resets or not, before its answer leaves; until the returned function is called. */
  onRequest(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Makes Azure anew, as if nothing had ever been asked of it. */
  reset(seed = this.#made.seed): void {
    this.simulator.reset({ ...this.#made, seed });
  }

  /** The only resource of a type (the group that AKS makes for its nodes does not count). @throws when there are none or several. */
  the(type: string): Resource {
    const isOf = (resource: Resource): boolean => resource.type.toLowerCase() === type.toLowerCase();
    const found = this.simulator.resources().filter((each) => isOf(each) && !each.name.startsWith('MC_'));
    const [only] = found;
    if (!only || found.length > 1) throw new Error(`${found.length} resources of type ${type}`);
    return only;
  }

  /** The requests that came, by method and a part of their URL, in order. */
  requests(method: string, urlPart: string): JournalEntry[] {
    const part = urlPart.toLowerCase();
    return this.simulator
      .requests()
      .filter((entry) => entry.method === method && entry.url.toLowerCase().includes(part));
  }

  close(): Promise<void> {
    return this.simulator.close();
  }
}

/** Starts the Azure simulator alone, in this process. */
export const startAzure = async (options: AzureOptions): Promise<AzureHere> => {
  const listeners = new Set<Listener>();
  const onRequest = (entry: JournalEntry): void => {
    for (const listener of listeners) listener(entry);
  };
  return new AzureHere(await startAzureSimulator({ ...options, onRequest }), options, listeners);
};
