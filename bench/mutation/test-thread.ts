import { EventEmitter } from 'node:events';
import { type PoolOptions, type PoolWorker, ThreadsPoolWorker, type WorkerRequest } from 'vitest/node';

/**
 * A thread of vitest that outlives a run, so that what tests import is loaded once for many mutants.
 * Vitest's own pools end their threads after each run; a pool of one's own may keep them.
 */
export class TestThread {
  /** Whether it loads the project's modules anew for each run, and keeps only packages. */
  readonly reloads: boolean;
  #worker: ThreadsPoolWorker | undefined;
  #started = false;
  readonly #messages = new EventEmitter();

  constructor({ reloads }: { readonly reloads: boolean }) {
    this.reloads = reloads;
  }

  /** Returns what vitest takes for a worker of this run. Its end is not the thread's end. */
  poolWorker(options: PoolOptions): PoolWorker {
    return {
      name: TestThread.name,
      on: (event, callback) => this.#messages.on(event, callback),
      off: (event, callback) => this.#messages.off(event, callback),
      deserialize: (data) => data,
      start: () => this.#start(options),
      stop: async () => {
        this.#messages.removeAllListeners();
      },
      send: (message) => this.#send(message),
    };
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.stop();
  }

  async #start(options: PoolOptions): Promise<void> {
    if (this.#worker) return;
    const worker = new ThreadsPoolWorker(options);
    this.#worker = worker;
    await worker.start();
    for (const event of ['message', 'error', 'exit']) {
      worker.on(event, (...values: readonly unknown[]) => this.#messages.emit(event, ...values));
    }
  }

  #send(message: WorkerRequest): void {
    if (message.type === 'stop') this.#answer('stopped');
    else if (message.type === 'start' && this.#started) this.#answer('started');
    else this.#worker?.send(message);
    this.#started = true;
  }

  /** Answers vitest in the place of the thread, which goes on. */
  #answer(type: 'started' | 'stopped'): void {
    queueMicrotask(() => this.#messages.emit('message', { type, __vitest_worker_response__: true }));
  }
}
