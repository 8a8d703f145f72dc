import { newExecutionId } from '../episode/execution-id.ts';
import { arriving } from '../episode/history-events.ts';
import { type JsonObject, objectOf, textOf } from '../json.ts';
import { EventType } from '../replay/event-type.ts';
import type { NewMessage, StoredInstance, StoredMessage } from '../store/stored-types.ts';
import type { Hub } from '../work/hub.ts';
import { type BatchEnd, Inboxes } from '../work/inboxes.ts';
import { runEntityBatch } from './entity-batch.ts';
import {
  type EntityRequest,
  formatEntityStatus,
  formatSchedulerState,
  fromRequest,
  parseSchedulerState,
  type SchedulerState,
  toRequest,
} from './scheduler-state.ts';

/** How long a batch waits after its invocation threw, modelled ms. */
const RETRY_MS = 10_000;

/**
 * Entities: one batch at a time for each, locks handed from entity to entity (durable extension TaskEntityShim.cs). An entity is a
 * row among the instances, `@name@key`, for ever Running, and each batch is an
 * execution of its own: createdTime is the time of the last one.
 */
export class Entities {
  readonly inboxes: Inboxes;
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
    this.inboxes = new Inboxes(hub, hub.settings.maxEntities, (id, batch) => this.#run(id, batch));
    hub.onMessage('entity', (message) => this.inboxes.add(message));
  }

  async #run(instanceId: string, batch: readonly StoredMessage[]): Promise<BatchEnd> {
    const [, name = '', ...keys] = instanceId.split('@');
    const key = keys.join('@');
    const hub = this.#hub;
    const row = hub.store.instance(instanceId);
    let state = receive(
      parseSchedulerState(row?.input),
      batch.map(({ body }) => body),
    );
    const messages: NewMessage[] = [];
    for (;;) {
      const { requests, lock, rest } = takeBatch(state, hub.settings.maxEntityBatch);
      if (requests.length > 0) {
        try {
          const result = await runEntityBatch(hub.options.worker, name, key, state, requests);
          messages.push(...this.#answers(requests, result.results), ...signalsOf(result.signals));
          const exists = result.entityExists;
          state = { ...state, exists, state: exists ? (result.entityState ?? null) : null };
        } catch (error) {
          hub.log('error', `${instanceId}: the batch failed and is tried again: ${String(error)}`);
          this.#retryLater(batch);
          return 'done';
        }
      }
      state = { ...state, queue: rest };
      if (lock) {
        state = { ...state, lockedBy: lock.parent ?? null };
        messages.push(this.#grant(lock));
      }
      // A full batch is followed by the next one; the extension sends itself a message in between.
      if (requests.length < hub.settings.maxEntityBatch) break;
    }
    await this.#save(instanceId, name, state, batch, messages);
    return 'done';
  }

  #save(
    instanceId: string,
    name: string,
    state: SchedulerState,
    batch: readonly StoredMessage[],
    messages: readonly NewMessage[],
  ): Promise<void> {
    const hub = this.#hub;
    const now = hub.now();
    const instance: StoredInstance = {
      instanceId,
      executionId: newExecutionId(),
      name: `@${name}`,
      version: '',
      runtimeStatus: 'Running',
      input: formatSchedulerState(state),
      customStatus: formatEntityStatus(state),
      output: null,
      createdTime: now,
      lastUpdatedTime: now,
      parent: null,
      events: 0,
    };
    const write = (): StoredMessage[] => {
      hub.store.saveInstance(instance);
      for (const message of batch) hub.store.dequeue(message);
      return hub.enqueue(messages);
    };
    return hub.commitWork('entity', write, () => hub.changed(instance));
  }

  #retryLater(batch: readonly StoredMessage[]): void {
    this.#hub.deliver(batch.map((message) => ({ ...message, dueAt: this.#hub.now() + RETRY_MS })));
  }

  #answers(
    requests: readonly EntityRequest[],
    results: readonly { isError: boolean; result?: string | null | undefined }[],
  ): NewMessage[] {
    return requests.flatMap((request, i) => {
      const result = results[i];
      if (request.isSignal || !result) return [];
      const failed = result.isError ? { exceptionType: 'Error' } : {};
      return this.#answer(request, { result: result.result ?? null, ...failed });
    });
  }

  /** Locks go from entity to entity in the set's order; the last one notifies the orchestration. */
  #grant(request: EntityRequest): NewMessage {
    const position = request.position + 1;
    const next = request.lockSet[position];
    if (!next) return this.#answer(request, { result: 'Lock Acquisition Completed' });
    return {
      kind: 'entity',
      instanceId: `@${next.name}@${next.key}`,
      executionId: null,
      dueAt: null,
      body: { name: 'op', request: fromRequest({ ...request, position }) },
    };
  }

  #answer(request: EntityRequest, content: JsonObject): NewMessage {
    return {
      kind: 'orchestrator',
      instanceId: request.parent ?? '',
      executionId: request.parentExecution,
      dueAt: null,
      body: arriving(EventType.EventRaised, this.#hub.now(), { Name: request.id, Input: JSON.stringify(content) }),
    };
  }
}

/** Sorts what arrived: the lock holder's requests go before all that wait (DurableTaskExtension.cs, EntityMiddleware). */
const receive = (before: SchedulerState, bodies: readonly JsonObject[]): SchedulerState => {
  let { lockedBy } = before;
  const ofHolder: EntityRequest[] = [];
  const queue = [...before.queue];
  for (const body of bodies) {
    const request = objectOf(body, 'request');
    if (!request) continue;
    if (textOf(body, 'name') !== 'release') {
      const wanted = toRequest(request);
      (lockedBy !== null && lockedBy === wanted.parent ? ofHolder : queue).push(wanted);
    } else if (lockedBy === textOf(request, 'parent')) lockedBy = null;
  }
  return { ...before, lockedBy, queue: [...ofHolder, ...queue] };
};

/** What may run now, in order: all up to the first lock request, or only the holder's at the front while the entity is locked. */
const takeBatch = (
  { queue, lockedBy }: SchedulerState,
  limit: number,
): { requests: readonly EntityRequest[]; lock: EntityRequest | undefined; rest: readonly EntityRequest[] } => {
  const requests: EntityRequest[] = [];
  for (const [i, request] of queue.entries()) {
    const isOpen = lockedBy === null || lockedBy === request.parent;
    if (!isOpen || requests.length === limit) return { requests, lock: undefined, rest: queue.slice(i) };
    if (request.operation === null) return { requests, lock: request, rest: queue.slice(i + 1) };
    requests.push(request);
  }
  return { requests, lock: undefined, rest: [] };
};

const signalsOf = (
  signals: readonly { target: { name: string; key: string }; name: string; input?: string | null | undefined }[],
): NewMessage[] =>
  signals.map(({ target, name, input }) => ({
    kind: 'entity',
    instanceId: `@${target.name.toLowerCase()}@${target.key}`,
    executionId: null,
    dueAt: null,
    body: { name: 'op', request: { op: name, signal: true, input: input ?? undefined, id: newExecutionId() } },
  }));
