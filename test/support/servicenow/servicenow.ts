import { Worker } from 'node:worker_threads';
import type { Received } from '../receiver.ts';

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

type Row = Readonly<Record<string, string>>;

export interface OrderedValues {
  readonly resource_group: string;
  readonly location?: string;
  readonly node_count?: string;
  readonly vm_size?: string;
  readonly ssh_public_key?: string;
  readonly tags?: string;
}

interface Pending {
  readonly answer: (json: string | undefined) => void;
  readonly settled: () => void;
  readonly fail: (error: Error) => void;
}

/**
 * A ServiceNow instance with the app of integrations/servicenow on it, in a thread of its own: its scripts wait for their HTTP requests. The app's own
 * definitions and scripts run unbuilt; of the platform there is what they use.
 */
export class ServiceNow {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 0;

  constructor() {
    this.#worker = new Worker(new URL('./servicenow-worker.ts', import.meta.url));
    this.#worker.on('message', ({ id, json, error, settled }) => {
      const pending = this.#pending.get(id);
      if (error !== undefined) pending?.fail(new Error(error));
      else if (settled) pending?.settled();
      else pending?.answer(json);
    });
    this.#worker.on('error', (error: Error) => {
      for (const { fail } of this.#pending.values()) fail(error);
    });
  }

  /** Resolves when flows and rules wait again. */
  async #do<T>(name: string, input: unknown = undefined): Promise<T> {
    const { answered, settled } = this.#start<T>(name, input);
    await settled;
    return answered;
  }

  #start<T>(name: string, input: unknown): { readonly answered: Promise<T>; readonly settled: Promise<void> } {
    const id = this.#nextId++;
    const answered = Promise.withResolvers<T>();
    const settled = Promise.withResolvers<void>();
    // Whoever waits for one of them only learns of an error once.
    answered.promise.catch(() => {});
    settled.promise.catch(() => {});
    this.#pending.set(id, {
      answer: (json) => answered.resolve(json === undefined ? undefined : JSON.parse(json)),
      settled: settled.resolve,
      fail: (error) => {
        answered.reject(error);
        settled.reject(error);
      },
    });
    this.#worker.postMessage({ id, name, input });
    return { answered: answered.promise, settled: settled.promise };
  }

  /** Begins with no requests; the settings stay. */
  forget(): Promise<void> {
    return this.#do('forget');
  }

  configure(settings: { instanceUrl: string; serviceUrl?: string; key?: string; secret?: string }): Promise<void> {
    return this.#do('configure', settings);
  }

  setProperty(name: string, value: string): Promise<void> {
    return this.#do('setProperty', { name, value });
  }

  /** @returns the number of the requested item. */
  order(values: OrderedValues, manager = 'the-manager'): Promise<string> {
    return this.#do('order', { values, manager });
  }

  approvers(number: string): Promise<string | undefined> {
    return this.#do('approvers', number);
  }

  decide(number: string, state: 'approved' | 'rejected'): Promise<void> {
    return this.#do('decide', { number, state });
  }

  /** The flow has waited as long as it may. */
  timeOut(number: string): Promise<void> {
    return this.#do('timeOut', number);
  }

  /** Somebody cancels the request. */
  cancel(number: string): Promise<void> {
    return this.#do('cancel', number);
  }

  runJobs(): Promise<void> {
    return this.#do('runJobs');
  }

  item(number: string): Promise<Row> {
    return this.#do('item', number);
  }

  deployment(number: string): Promise<Row | undefined> {
    return this.#do('deployment', number);
  }

  everything(): Promise<unknown> {
    return this.#do('everything');
  }

  /** Answers as soon as the resource has: rules and flows go on afterwards. */
  post({ path, headers, body }: Pick<Received, 'path' | 'body'> & { headers: object }): Promise<RestAnswer> {
    return this.#start<RestAnswer>('rest', { method: 'POST', path, headers, body }).answered;
  }

  /** Has a request arrive while the next call of a script is under way. */
  duringNextCall({ path, headers, body }: Pick<Received, 'path' | 'body'> & { headers: object }): Promise<void> {
    return this.#do('duringNextCall', { method: 'POST', path, headers, body });
  }

  /** Somebody cancels the request while the next call of a script is under way. */
  cancelDuringNextCall(number: string): Promise<void> {
    return this.#do('cancelDuringNextCall', number);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
