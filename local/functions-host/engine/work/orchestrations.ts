import { reconcile } from '../episode/reconcile.ts';
import { type EpisodeResult, runEpisode } from '../episode/run-episode.ts';
import { HTTP_ACTIVITY } from '../replay/durable-http.ts';
import type { ReplayHost } from '../replay/shim.ts';
import type { NewMessage, StoredMessage } from '../store/stored-types.ts';
import type { FunctionNames } from './function-names.ts';
import { HistoryCache } from './history-cache.ts';
import type { Hub } from './hub.ts';
import { type BatchEnd, Inboxes } from './inboxes.ts';

/** Runs episodes: takes what arrived for an instance, replays, and commits history, status and new messages. */
export class Orchestrations {
  readonly inboxes: Inboxes;
  readonly cache: HistoryCache;
  episodes = 0;
  readonly #hub: Hub;
  readonly #names: FunctionNames;

  constructor(hub: Hub, names: FunctionNames) {
    this.#hub = hub;
    this.#names = names;
    this.cache = new HistoryCache(hub.store);
    this.inboxes = new Inboxes(hub, hub.settings.maxOrchestrators, (id, batch) => this.#episode(id, batch));
    hub.onMessage('orchestrator', (message) => this.inboxes.add(message));
  }

  async #episode(instanceId: string, batch: readonly StoredMessage[]): Promise<BatchEnd> {
    const hub = this.#hub;
    const stored = hub.store.instance(instanceId);
    const reconciled = reconcile(stored, batch, (reason) => hub.log('warning', `${instanceId}: dropped ${reason}.`));
    if (!reconciled) {
      await hub.commitWork('episode', () => this.#consume(batch));
      return 'done';
    }
    const { instance, isNew } = reconciled;
    const result = await runEpisode({
      ...reconciled,
      past: isNew ? { events: [], text: '' } : this.cache.load(instance),
      worker: hub.options.worker,
      settings: hub.settings,
      tracer: hub.options.tracer,
      now: () => hub.now(),
      takeTurn: () => hub.takeTurn(),
      host: this.#replayHost(instanceId),
    });
    this.episodes++;
    if (!result) {
      hub.log(
        'warning',
        `${instanceId}: version '${instance.version}' does not match this host's; left for another one.`,
      );
      return 'keep';
    }
    await this.#commit(result, batch, stored?.executionId);
    return 'done';
  }

  /** Deletes messages, of a batch that means nothing or that was handled. */
  #consume(batch: readonly StoredMessage[]): [] {
    for (const message of batch) this.#hub.store.dequeue(message);
    return [];
  }

  /** @param seen - the execution that the episode began with. When it was purged or replaced meanwhile, the episode counts for nothing. */
  async #commit(result: EpisodeResult, batch: readonly StoredMessage[], seen: string | undefined): Promise<void> {
    const hub = this.#hub;
    const { store } = hub;
    const { instance, appended, messages } = result;
    const { instanceId, executionId } = instance;
    const texts = appended.map((event) => JSON.stringify(event));
    const isOver = (): boolean => seen !== undefined && store.instance(instanceId)?.executionId !== seen;
    // Both are of the try that succeeded.
    let cancelled: readonly number[] = [];
    let over = false;
    const write = (also: readonly NewMessage[]): readonly StoredMessage[] => {
      this.#consume(batch);
      over = isOver();
      if (over) return [];
      if (result.ended) cancelled = store.deleteTimers(instanceId);
      else if (result.replaced) cancelled = store.deleteTimers(instanceId, executionId);
      if (result.replaced) store.deleteHistory(instanceId);
      store.appendHistory(instanceId, executionId, instance.events - appended.length, texts);
      store.saveInstance(instance);
      return hub.enqueue(also);
    };
    const stored = (): void => {
      if (!over) this.#follow(result, texts, cancelled);
    };
    if (!hub.settings.messagesFirst) return await hub.commitWork('episode', () => write(messages), stored);
    await hub.commitWork('episode-messages', () => (isOver() ? [] : hub.enqueue(messages)));
    await hub.commitWork('episode', () => write([]), stored);
  }

  /** What memory, log and traces make of an episode that was stored. */
  #follow(result: EpisodeResult, texts: readonly string[], cancelled: readonly number[]): void {
    const hub = this.#hub;
    const { instance, appended } = result;
    const { instanceId } = instance;
    for (const span of result.spans) hub.options.tracer?.record(span);
    hub.cancelTimers(cancelled);
    if (result.ended) this.cache.forget(instanceId);
    else this.cache.append(instance, appended, texts);
    if (result.stuck) {
      hub.log(
        'warning',
        `${instanceId}: orchestrator '${instance.name}' neither ended nor waits for anything; it stays Running for ever. Did it throw something other than an Error with a message, or call a function that does not exist?`,
      );
    }
    if (instance.runtimeStatus === 'Failed') hub.log('error', `${instanceId}: ${instance.output ?? ''}`);
    hub.changed(instance);
  }

  #replayHost(instanceId: string): Omit<ReplayHost, 'parentInstanceId'> {
    const { settings } = this.#hub;
    return {
      defaultVersion: settings.defaultVersion,
      defaultHttpSleepMs: settings.defaultHttpSleepMs,
      maximumShortTimerMs: settings.maximumShortTimerMs,
      longTimerIntervalMs: settings.longTimerIntervalMs,
      activityExists: (name) => name === HTTP_ACTIVITY || this.#names.has('activityTrigger', name),
      orchestratorExists: (name) => this.#names.has('orchestrationTrigger', name),
      entityExists: (name) => this.#names.has('entityTrigger', name),
      onDroppedAction: (reason) =>
        this.#hub.log(
          'error',
          `${instanceId}: an action was dropped: ${reason}. As on Azure, the orchestrator waits for it for ever.`,
        ),
    };
  }
}
