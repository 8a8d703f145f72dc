import type { StoredMessage } from '../store/stored-types.ts';
import type { Hub } from './hub.ts';
import { WorkQueue } from './work-queue.ts';

/** `keep`: the batch could not be handled; it comes again, before whatever arrives next. */
export type BatchEnd = 'done' | 'keep';

/**
 * Gives each instance one worker at a time: messages that arrive while it works become its next batch, different instances work side by
 * side up to the limit.
 */
export class Inboxes {
  readonly #inboxes = new Map<string, StoredMessage[]>();
  readonly #kept = new Map<string, readonly StoredMessage[]>();
  readonly #active = new Set<string>();
  readonly #hub: Hub;
  readonly #work: (instanceId: string, batch: readonly StoredMessage[]) => Promise<BatchEnd>;
  readonly #queue: WorkQueue<string>;

  constructor(
    hub: Hub,
    limit: number,
    work: (instanceId: string, batch: readonly StoredMessage[]) => Promise<BatchEnd>,
  ) {
    this.#hub = hub;
    this.#work = work;
    this.#queue = new WorkQueue(hub, limit, (instanceId) => this.#next(instanceId));
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  get running(): number {
    return this.#queue.running;
  }

  add(message: StoredMessage): void {
    const { instanceId } = message;
    const inbox = this.#inboxes.get(instanceId);
    if (inbox) inbox.push(message);
    else this.#inboxes.set(instanceId, [message]);
    if (this.#active.has(instanceId)) return;
    this.#active.add(instanceId);
    this.#queue.add(instanceId);
  }

  /** Forgets what is queued for an instance that was purged. */
  forget(instanceId: string): void {
    this.#inboxes.delete(instanceId);
    this.#kept.delete(instanceId);
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  async #next(instanceId: string): Promise<void> {
    const arrived = this.#inboxes.get(instanceId) ?? [];
    const batch = [...(this.#kept.get(instanceId) ?? []), ...arrived];
    this.forget(instanceId);
    let end: BatchEnd = 'keep';
    try {
      if (arrived.length === 0) end = 'done';
      else end = await this.#hub.storage.untilStored(() => this.#work(instanceId, batch));
    } finally {
      if (end === 'keep') this.#kept.set(instanceId, batch);
      if (this.#inboxes.has(instanceId)) this.#queue.add(instanceId);
      else this.#active.delete(instanceId);
    }
  }
}
