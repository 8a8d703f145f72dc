import { isObject, type JsonObject, numberOf, objectOf, parseJson, textOf } from '../json.ts';
import type { HistoryEvent, InstanceState } from '../task-hub.ts';

/** Where a sub-orchestration reports its end. */
export interface ParentInstance {
  readonly instanceId: string;
  readonly executionId: string;
  readonly name: string;
  readonly taskId: number;
}

/** A row of the instances as the engine needs it. */
export interface StoredInstance extends InstanceState {
  readonly version: string;
  readonly parent: ParentInstance | null;
  /** How many history rows the current execution has. */
  readonly events: number;
}

/** Without what only the engine needs. */
export const publicState = ({ version: _v, parent: _p, events: _e, ...state }: StoredInstance): InstanceState => state;

/** Who handles a message: an orchestration's next episode, the activity runner, or an entity. */
export type MessageKind = 'orchestrator' | 'activity' | 'entity';

/** Something to be done, before it is stored. */
export interface NewMessage {
  readonly kind: MessageKind;
  /** The addressee; for an activity the orchestration that called it. */
  readonly instanceId: string;
  /** The execution it is meant for; null when any will do. */
  readonly executionId: string | null;
  /** When it becomes visible, ms since the epoch; null: at once. */
  readonly dueAt: number | null;
  readonly body: JsonObject;
}

/** A message in the store; ids rise in the order of storing. */
export interface StoredMessage extends NewMessage {
  readonly id: number;
}

/** @throws Error when the text is no history event: the database was changed by something else. */
export const parseHistoryEvent = (text: string): HistoryEvent => toHistoryEvent(parseJson(text));

/** @throws Error when the value is no history event. */
export const toHistoryEvent = (value: unknown): HistoryEvent => {
  if (!isObject(value)) throw new Error('The task hub holds a history event that is no JSON object.');
  const [EventType, EventId] = [numberOf(value, 'EventType'), numberOf(value, 'EventId')];
  const Timestamp = textOf(value, 'Timestamp');
  if (EventType === undefined || EventId === undefined || Timestamp === undefined) {
    throw new Error('The task hub holds a history event without EventType, EventId or Timestamp.');
  }
  return { ...value, EventType, EventId, Timestamp, IsPlayed: value.IsPlayed === true };
};

/** The stored ParentInstance of an ExecutionStarted event (DTFx ParentInstance.cs), or null for a top-level orchestration. */
export const parentOf = (started: JsonObject): ParentInstance | null => {
  const parent = objectOf(started, 'ParentInstance');
  const instance = parent && objectOf(parent, 'OrchestrationInstance');
  if (!parent || !instance) return null;
  return {
    instanceId: textOf(instance, 'InstanceId') ?? '',
    executionId: textOf(instance, 'ExecutionId') ?? '',
    name: textOf(parent, 'Name') ?? '',
    taskId: numberOf(parent, 'TaskScheduleId') ?? -1,
  };
};
