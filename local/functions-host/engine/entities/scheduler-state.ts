import { isObject, type JsonObject, numberOf, parseJson, textOf } from '../json.ts';

/** One operation, or a lock request when `operation` is null (durable extension RequestMessage.cs). */
export interface EntityRequest {
  readonly id: string;
  readonly operation: string | null;
  readonly input: string | null;
  readonly isSignal: boolean;
  readonly parent: string | undefined;
  readonly parentExecution: string | null;
  readonly lockSet: readonly { readonly name: string; readonly key: string }[];
  readonly position: number;
}

/** What an entity keeps between batches (durable extension SchedulerState.cs). */
export interface SchedulerState {
  readonly exists: boolean;
  readonly state: string | null;
  /** The orchestration that holds the lock. */
  readonly lockedBy: string | null;
  readonly queue: readonly EntityRequest[];
}

const newSchedulerState: SchedulerState = { exists: false, state: null, lockedBy: null, queue: [] };

/** Reads a request from an EventSent's input or from the stored queue. */
export const toRequest = (value: JsonObject): EntityRequest => ({
  id: textOf(value, 'id') ?? '',
  operation: textOf(value, 'op') ?? null,
  input: textOf(value, 'input') ?? null,
  isSignal: value.signal === true,
  parent: textOf(value, 'parent'),
  parentExecution: textOf(value, 'parentExecution') ?? null,
  lockSet: lockSetOf(value.lockset),
  position: numberOf(value, 'pos') ?? 0,
});

/** The wire form of a request, also used to store it. */
export const fromRequest = (request: EntityRequest): JsonObject => ({
  op: request.operation,
  ...(request.isSignal ? { signal: true } : {}),
  ...(request.input === null ? {} : { input: request.input }),
  id: request.id,
  parent: request.parent,
  parentExecution: request.parentExecution,
  ...(request.lockSet.length ? { lockset: request.lockSet } : {}),
  ...(request.position ? { pos: request.position } : {}),
});

/** Reads what {@link formatSchedulerState} wrote; anything else is an entity that never was. */
export const parseSchedulerState = (text: string | null | undefined): SchedulerState => {
  const value = text ? parseJson(text) : undefined;
  if (!isObject(value)) return newSchedulerState;
  return {
    exists: value.exists === true,
    state: textOf(value, 'state') ?? null,
    lockedBy: textOf(value, 'lockedBy') ?? null,
    queue: Array.isArray(value.queue) ? value.queue.filter(isObject).map(toRequest) : [],
  };
};

/** The text that the entity's row keeps as its input. What is at its default is left out; the sorter of messages is not imitated. */
export const formatSchedulerState = ({ exists, state, queue, lockedBy }: SchedulerState): string =>
  JSON.stringify({
    ...(exists && { exists }),
    ...(state !== null && { state }),
    ...(queue.length > 0 && { queue: queue.map(fromRequest) }),
    ...(lockedBy !== null && { lockedBy }),
    sorter: {},
  });

/** The text that the entity's row keeps as its custom status (durable extension EntityStatus.cs). */
export const formatEntityStatus = ({ exists, queue, lockedBy }: SchedulerState): string =>
  JSON.stringify({
    ...(exists && { entityExists: exists }),
    ...(queue.length > 0 && { queueSize: queue.length }),
    ...(lockedBy !== null && { lockedBy }),
  });

const lockSetOf = (value: unknown): { name: string; key: string }[] =>
  Array.isArray(value)
    ? value.filter(isObject).map((each) => ({ name: textOf(each, 'name') ?? '', key: textOf(each, 'key') ?? '' }))
    : [];
