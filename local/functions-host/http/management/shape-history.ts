import { type HistoryEvent, RUNTIME_STATUSES } from '../../engine/task-hub.ts';
import { parseStoredText } from './status-payload.ts';

/** DTFX `EventType.cs`. */
const EVENT_TYPES = [
  'ExecutionStarted',
  'ExecutionCompleted',
  'ExecutionFailed',
  'ExecutionTerminated',
  'TaskScheduled',
  'TaskCompleted',
  'TaskFailed',
  'SubOrchestrationInstanceCreated',
  'SubOrchestrationInstanceCompleted',
  'SubOrchestrationInstanceFailed',
  'TimerCreated',
  'TimerFired',
  'OrchestratorStarted',
  'OrchestratorCompleted',
  'EventSent',
  'EventRaised',
  'ContinueAsNew',
  'GenericEvent',
  'HistoryState',
  'ExecutionSuspended',
  'ExecutionResumed',
  'ExecutionRewound',
] as const;
type EventType = (typeof EVENT_TYPES)[number];

const CREATION_OF: Partial<Record<EventType, EventType>> = {
  TaskCompleted: 'TaskScheduled',
  TaskFailed: 'TaskScheduled',
  SubOrchestrationInstanceCompleted: 'SubOrchestrationInstanceCreated',
  SubOrchestrationInstanceFailed: 'SubOrchestrationInstanceCreated',
};
const WITH_RESULT: readonly (EventType | undefined)[] = [
  'TaskCompleted',
  'SubOrchestrationInstanceCompleted',
  'ExecutionCompleted',
];
const DROPPED_FIELDS: Partial<Record<EventType, readonly string[]>> = {
  TaskScheduled: ['Version'],
  SubOrchestrationInstanceCreated: ['Version'],
  TaskCompleted: ['TaskScheduledId'],
  TaskFailed: ['TaskScheduledId'],
  SubOrchestrationInstanceCompleted: ['TaskScheduledId'],
  SubOrchestrationInstanceFailed: ['TaskScheduledId'],
  ExecutionStarted: ['Name', 'OrchestrationInstance', 'ParentInstance', 'Version', 'Tags'],
  TimerFired: ['TimerId'],
};

/** What a history shows of inputs and results. */
export interface HistoryOptions {
  readonly showInput: boolean;
  readonly showHistoryOutput: boolean;
}

type Shaped = Record<string, unknown>;

/**
 * A history as `showHistory=true` answers it: completions carry what their creation said, episode marks and ids are left out.
 * Imitates EXT `DurableClient.GetOrchestrationStatusAsync`.
 */
export const shapeHistory = (history: readonly HistoryEvent[], options: HistoryOptions): readonly Shaped[] => {
  const creations = new Map<string, HistoryEvent>();
  for (const event of history) {
    const type = EVENT_TYPES[event.EventType];
    if (type === 'TaskScheduled' || type === 'SubOrchestrationInstanceCreated')
      creations.set(`${type}_${event.EventId}`, event);
  }
  const merged = new Set<HistoryEvent>();
  const shaped = history.map((event) => {
    const type = EVENT_TYPES[event.EventType];
    const creation =
      type && CREATION_OF[type] && creations.get(`${CREATION_OF[type]}_${String(event.TaskScheduledId)}`);
    if (creation) merged.add(creation);
    return { event, type, result: shapeEvent(event, type, creation, options) };
  });
  return shaped
    .filter(
      ({ event, type }) => !merged.has(event) && type !== 'OrchestratorStarted' && type !== 'OrchestratorCompleted',
    )
    .map(({ result }) => result);
};

const shapeEvent = (
  event: HistoryEvent,
  type: EventType | undefined,
  creation: HistoryEvent | undefined,
  { showInput, showHistoryOutput }: HistoryOptions,
): Shaped => {
  const { EventType: number, EventId: _id, IsPlayed: _played, ...rest } = event;
  const shaped: Shaped = { EventType: type ?? number, ...rest };
  if (creation) {
    shaped.ScheduledTime = creation.Timestamp;
    shaped.FunctionName = creation.Name;
    shaped.Input = creation.Input ?? null;
  }
  if (type === 'ExecutionStarted') shaped.FunctionName = event.Name;
  if (type === 'ExecutionCompleted') shaped.OrchestrationStatus = statusName(event.OrchestrationStatus);
  for (const field of (type && DROPPED_FIELDS[type]) ?? []) delete shaped[field];
  if (WITH_RESULT.includes(type)) {
    if (showHistoryOutput) shaped.Result = parseStoredText(typeof event.Result === 'string' ? event.Result : null);
    else delete shaped.Result;
  }
  if (!showInput) delete shaped.Input;
  return shaped;
};

const statusName = (value: unknown): unknown =>
  typeof value === 'number' ? (RUNTIME_STATUSES[value] ?? value) : value;
