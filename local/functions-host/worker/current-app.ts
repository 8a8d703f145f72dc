import { AsyncLocalStorage } from 'node:async_hooks';
import type { AppRegistry } from './app-registry.ts';
import type { Log } from './log.ts';

/**
 * Which app a call into `@azure/functions-core` belongs to: the one whose invocation is running, else the one that is loading,
 * else the one loaded last. `@azure/functions` asks for the core API once per copy and keeps it, so two apps that share a copy
 * reach the same object and only this distinguishes them.
 */
class CurrentApp {
  readonly #running = new AsyncLocalStorage<{ readonly app: AppRegistry; readonly log: Log }>();
  #loading: AppRegistry | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  get(): AppRegistry {
    const app = this.#running.getStore()?.app ?? this.#loading;
    if (!app) throw new Error('No app is loading: @azure/functions-core was used outside the Functions host.');
    return app;
  }

  /** The log of the host whose invocation is running, else the app's own. */
  log(): Log {
    return this.#running.getStore()?.log ?? this.get().log;
  }

  /** Runs an invocation of an app for a host with that log. */
  run<T>(app: AppRegistry, log: Log, action: () => T): T {
    return this.#running.run({ app, log }, action);
  }

  /** Apps load one after another. */
  load<T>(app: AppRegistry, action: () => Promise<T>): Promise<T> {
    const loaded = this.#queue.then(() => {
      this.#loading = app;
      return action();
    });
    this.#queue = loaded.catch(() => {});
    return loaded;
  }
}

/** One per process, like `Module.prototype.require`, which it serves. */
export const currentApp = new CurrentApp();
