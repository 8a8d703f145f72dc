import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import type { FunctionWorker } from '../../local/functions-host/functions-host.ts';

const currentLife = new AsyncLocalStorage<HostLife>();

/** Node's channel for every request of `node:http` as it is made, in the caller's asynchronous context. */
const REQUEST_CREATED = 'http.client.request.created';

subscribe(REQUEST_CREATED, (message) => {
  if (currentLife.getStore()?.ended !== true) return;
  if (typeof message !== 'object' || message === null || !('request' in message)) return;
  if (message.request instanceof ClientRequest) message.request.destroy();
});

/**
 * What a host's functions do between its start and its end, kept apart from those of other hosts in the same process. A killed process takes its
 * activities with it; here they go on, so once the life has ended every request that they still make is cut before it is sent. One that was on its
 * way already arrives, as it would from a killed process.
 */
export class HostLife {
  #ended = false;
  #running = 0;

  get ended(): boolean {
    return this.#ended;
  }

  /** How many functions have not returned yet. */
  get running(): number {
    return this.#running;
  }

  end(): void {
    this.#ended = true;
  }

  /** The worker, with every function run as part of this life. */
  watch(worker: FunctionWorker): FunctionWorker {
    return {
      names: (type) => worker.names(type),
      invoke: async (...invocation) => {
        this.#running++;
        try {
          return await currentLife.run(this, () => worker.invoke(...invocation));
        } finally {
          this.#running--;
        }
      },
    };
  }
}
