import { endsWithin } from '../ends-within.ts';
import { Client, entityInstanceId } from './client.ts';
import type { Engine, EngineOptions, EngineStatistics } from './engine-options.ts';
import { Entities } from './entities/entities.ts';
import { parseSchedulerState } from './entities/scheduler-state.ts';
import { parseHistoryEvent, publicState, type StoredMessage } from './store/stored-types.ts';
import type {
  HistoryEvent,
  InstancePage,
  InstanceQuery,
  InstanceState,
  RuntimeStatus,
  StartOptions,
  StorageState,
  TaskHub,
} from './task-hub.ts';
import { Activities } from './work/activities.ts';
import { FunctionNames } from './work/function-names.ts';
import { Hub } from './work/hub.ts';
import type { Inboxes } from './work/inboxes.ts';
import { Orchestrations } from './work/orchestrations.ts';
import type { WorkQueue } from './work/work-queue.ts';

export type { CommitPoint, Engine, EngineOptions } from './engine-options.ts';
export { Store } from './store/store.ts';

/** How long a closing engine waits for what runs, real ms. */
const CLOSING_MS = 3_000;

/**
 * Opens a Durable Task engine: a task hub that runs orchestrations, activities and entities of a loaded app by the algorithm of the durable
 * extension over DTFx and Azure Storage. It begins at once with what the store holds. Many can live in one process, one per store.
 */
export const openEngine = (options: EngineOptions): Engine => new DurableEngine(options);

class DurableEngine implements Engine, TaskHub {
  readonly hubName: string;
  readonly #hub: Hub;
  readonly #client: Client;
  readonly #orchestrations: Orchestrations;
  readonly #activities: Activities;
  readonly #entities: Entities;
  #closed: Promise<void> | undefined;

  constructor(options: EngineOptions) {
    this.hubName = options.hubName;
    this.#hub = new Hub(options);
    const names = new FunctionNames(options.worker);
    this.#orchestrations = new Orchestrations(this.#hub, names);
    this.#activities = new Activities(this.#hub);
    this.#entities = new Entities(this.#hub);
    this.#client = new Client(this.#hub, names, (instanceId) => {
      this.#orchestrations.cache.forget(instanceId);
      this.#orchestrations.inboxes.forget(instanceId);
      this.#entities.inboxes.forget(instanceId);
    });
    this.#hub.deliver(this.#hub.store.messages());
  }

  start(options: StartOptions): Promise<string> {
    return this.#client.start(options);
  }

  get(instanceId: string): InstanceState | undefined {
    const instance = this.#hub.store.instance(instanceId);
    return instance && publicState(instance);
  }

  history(instanceId: string): readonly HistoryEvent[] {
    const instance = this.#hub.store.instance(instanceId);
    return instance ? this.#hub.store.history(instanceId, instance.executionId).map(parseHistoryEvent) : [];
  }

  list(query: InstanceQuery): InstancePage {
    return this.#hub.store.list(query);
  }

  raiseEvent(instanceId: string, name: string, input: string | null): Promise<void> {
    return this.#client.raiseEvent(instanceId, name, input);
  }

  terminate(instanceId: string, reason: string | null): Promise<void> {
    return this.#client.terminate(instanceId, reason);
  }

  suspend(instanceId: string, reason: string | null): Promise<void> {
    return this.#client.suspend(instanceId, reason);
  }

  resume(instanceId: string, reason: string | null): Promise<void> {
    return this.#client.resume(instanceId, reason);
  }

  rewind(instanceId: string, reason: string): Promise<void> {
    return this.#client.rewind(instanceId, reason);
  }

  restart(instanceId: string, withNewInstanceId: boolean): Promise<string> {
    return this.#client.restart(instanceId, withNewInstanceId);
  }

  purge(instanceId: string): Promise<number> {
    return this.#client.purge(instanceId);
  }

  purgeBy(query: InstanceQuery): Promise<number> {
    return this.#client.purgeBy(query);
  }

  signalEntity(name: string, key: string, operation: string, input: string | null): Promise<void> {
    return this.#client.signalEntity(name, key, operation, input);
  }

  entityState(name: string, key: string): string | undefined {
    const { exists, state } = parseSchedulerState(this.#hub.store.instance(entityInstanceId(name, key))?.input);
    return exists ? (state ?? 'null') : undefined;
  }

  get storage(): StorageState {
    return this.#hub.storage;
  }

  checkStorage(): StorageState {
    if (!this.#hub.abandoned) this.#hub.storage.check(() => this.#hub.store.tryToStore());
    return this.storage;
  }

  waitFor(instanceId: string, statuses: readonly RuntimeStatus[]): Promise<InstanceState> {
    return this.#hub.waitFor(instanceId, statuses);
  }

  statistics(): EngineStatistics {
    const queues = this.#queues;
    return {
      episodes: this.#orchestrations.episodes,
      activities: this.#activities.ran,
      historyEvents: this.#hub.store.countHistory(),
      ready: queues.reduce((sum, { waiting }) => sum + waiting, 0),
      running: queues.reduce((sum, { running }) => sum + running, 0),
      timers: this.#hub.timers,
    };
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    if (this.#hub.abandoned) return;
    this.#hub.beginClosing();
    if (!(await endsWithin(CLOSING_MS, Promise.all(this.#queues.map((queue) => queue.idle()))))) {
      const running = this.#queues.reduce((sum, queue) => sum + queue.running, 0);
      this.#hub.log('warning', `Work that did not end in ${CLOSING_MS} ms is run again at the next start: ${running}.`);
    }
    this.#hub.end();
  }

  get #queues(): readonly (Inboxes | WorkQueue<StoredMessage>)[] {
    return [this.#orchestrations.inboxes, this.#activities.queue, this.#entities.inboxes];
  }

  abandon(): void {
    this.#hub.end();
  }
}
