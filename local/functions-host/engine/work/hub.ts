import { performance } from 'node:perf_hooks';
import type { Scheduled } from '../../../clock/clock.ts';
import type { LogLevel } from '../../worker/log.ts';
import type { CommitPoint, EngineOptions } from '../engine-options.ts';
import { type Settings, settingsOf } from '../settings.ts';
import { Store } from '../store/store.ts';
import { type NewMessage, publicState, type StoredInstance, type StoredMessage } from '../store/stored-types.ts';
import { type InstanceState, isTerminal, type RuntimeStatus } from '../task-hub.ts';
import { StorageHealth } from './storage-health.ts';

/** Thrown inside the engine after {@link Hub.abandon}: whoever catches it stops and says nothing. */
export class AbandonedError extends Error {
  override readonly name = 'AbandonedError';
}

interface Waiter {
  readonly statuses: readonly RuntimeStatus[];
  readonly resolve: (state: InstanceState) => void;
}

/** Takes messages of one kind after they were committed. */
export type MessageSink = (message: StoredMessage) => void;

/** How long work goes on before timers and sockets get their turn, real ms. */
const SLICE_MS = 5;

/**
 * What the parts of an engine share: the store behind its crash hooks, the clock, who waits for which status, and the turn-taking with
 * the event loop.
 */
export class Hub {
  readonly options: EngineOptions;
  readonly settings: Settings;
  readonly store: Store;
  readonly storage: StorageHealth;
  readonly #ownsStore: boolean;
  readonly #sinks = new Map<StoredMessage['kind'], MessageSink>();
  readonly #timers = new Map<number, Scheduled>();
  readonly #waiters = new Map<string, Set<Waiter>>();
  readonly #holds = new Set<() => void>();
  readonly #turns: (() => void)[] = [];
  #sliceStart = 0;
  #state: 'open' | 'closing' | 'ended' = 'open';

  constructor(options: EngineOptions) {
    this.options = options;
    this.settings = settingsOf(options);
    this.#ownsStore = typeof options.store === 'string';
    this.store = typeof options.store === 'string' ? new Store(options.store) : options.store;
    this.storage = new StorageHealth(options.clock, (level, message) => this.log(level, message));
  }

  get timers(): number {
    return this.#timers.size;
  }

  get mayStartWork(): boolean {
    return this.#state === 'open';
  }

  get abandoned(): boolean {
    return this.#state === 'ended';
  }

  now(): number {
    return this.options.clock.now();
  }

  log(level: LogLevel, message: string): void {
    this.options.log?.(level, 'Host.Triggers.DurableTask', message);
  }

  /** Holds the clock; the hold ends by itself when the engine is abandoned, since its work is then nobody's any more. */
  hold(): () => void {
    if (this.abandoned) return () => {};
    const release = this.options.clock.hold();
    this.#holds.add(release);
    return () => {
      this.#holds.delete(release);
      release();
    };
  }

  onMessage(kind: StoredMessage['kind'], sink: MessageSink): void {
    this.#sinks.set(kind, sink);
  }

  /**
   * One transaction, then delivery of the messages it stored.
   *
   * @param durable - whether it must survive a power cut as well as a crash.
   * @param stored - is called in between: what memory must follow only when the transaction succeeded.
   * @throws AbandonedError when the engine has ended, before, in the hooks, or after it; StorageError when nothing was stored.
   */
  commit(point: CommitPoint, durable: boolean, write: () => readonly StoredMessage[], stored?: () => void): void {
    this.#pass('before', point);
    const messages = this.store.transaction(durable, write);
    this.#pass('after', point);
    stored?.();
    this.deliver(messages);
  }

  /** A commit of work that has been done: tried again until the store takes it, since doing the work again would be a second time. */
  commitWork(point: CommitPoint, write: () => readonly StoredMessage[], stored?: () => void): Promise<void> {
    return this.storage.untilStored(() => this.commit(point, false, write, stored));
  }

  enqueue(messages: readonly NewMessage[]): StoredMessage[] {
    return messages.map((message) => this.store.enqueue(message));
  }

  /** Hands messages to whoever runs them, now or when they are due. */
  deliver(messages: readonly StoredMessage[]): void {
    for (const message of messages) {
      if (message.dueAt !== null && message.dueAt > this.now()) this.#deliverLater(message, message.dueAt);
      else this.#sinks.get(message.kind)?.(message);
    }
  }

  cancelTimers(ids: readonly number[]): void {
    for (const id of ids) {
      this.#timers.get(id)?.cancel();
      this.#timers.delete(id);
    }
  }

  /** Notifies those who wait for the instance. */
  changed(instance: StoredInstance): void {
    const waiters = this.#waiters.get(instance.instanceId);
    for (const waiter of waiters ?? []) {
      if (!waiter.statuses.includes(instance.runtimeStatus)) continue;
      waiters?.delete(waiter);
      waiter.resolve(publicState(instance));
    }
    if (waiters?.size === 0) this.#waiters.delete(instance.instanceId);
  }

  waitFor(instanceId: string, statuses: readonly RuntimeStatus[]): Promise<InstanceState> {
    const instance = this.abandoned ? undefined : this.store.instance(instanceId);
    if (instance && statuses.includes(instance.runtimeStatus)) return Promise.resolve(publicState(instance));
    return new Promise((resolve) => {
      const waiters = this.#waiters.get(instanceId) ?? new Set();
      waiters.add({ statuses, resolve });
      this.#waiters.set(instanceId, waiters);
    });
  }

  /** Runs `action` soon: in this turn of the event loop while its slice lasts, in a later one otherwise. */
  soon(action: () => void): void {
    const release = this.hold();
    this.#whenTimeIsLeft(() => {
      if (!this.abandoned) action();
      release();
    });
  }

  /** For work that takes long or goes on in a loop. @throws AbandonedError when the engine has ended meanwhile. */
  async takeTurn(): Promise<void> {
    if (!this.hasTimeLeft) await new Promise<void>((resolve) => this.#whenTimeIsLeft(resolve));
    if (this.abandoned) throw new AbandonedError();
  }

  get hasTimeLeft(): boolean {
    return performance.now() - this.#sliceStart < SLICE_MS;
  }

  /** From now on nothing new is started. */
  beginClosing(): void {
    if (this.#state === 'open') this.#state = 'closing';
  }

  /** The end, graceful or not: timers, holds and the store are let go. */
  end(): void {
    if (this.abandoned) return;
    this.#state = 'ended';
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    for (const release of this.#holds) release();
    this.#holds.clear();
    if (this.#ownsStore) this.store.close();
  }

  #whenTimeIsLeft(go: () => void): void {
    if (this.hasTimeLeft) {
      queueMicrotask(go);
      return;
    }
    this.#turns.push(go);
    if (this.#turns.length === 1) setImmediate(() => this.#nextTurn());
  }

  /** One waiter per turn of the event loop: Node runs all immediates of a turn before it polls sockets and timers. */
  #nextTurn(): void {
    this.#sliceStart = performance.now();
    const go = this.#turns.shift();
    if (this.#turns.length > 0) setImmediate(() => this.#nextTurn());
    go?.();
  }

  #pass(when: 'before' | 'after', point: CommitPoint): void {
    if (this.abandoned) throw new AbandonedError();
    this.options.onCommit?.(when, point);
    if (this.abandoned) throw new AbandonedError();
  }

  #deliverLater(message: StoredMessage, dueAt: number): void {
    const fire = (): void => {
      this.#timers.delete(message.id);
      if (this.abandoned) return;
      // Node may fire a millisecond early; an episode that began before FireAt would schedule another leg.
      if (dueAt > this.now()) this.#deliverLater(message, dueAt);
      else this.#sinks.get(message.kind)?.(message);
    };
    this.#timers.set(message.id, this.options.clock.schedule(dueAt, fire));
  }
}

/** Whether an instance still runs and so takes messages. */
export const isLive = (instance: StoredInstance | undefined): instance is StoredInstance =>
  instance !== undefined && !isTerminal(instance.runtimeStatus);
