import { arriving } from '../episode/history-events.ts';
import { numberOf, textOf } from '../json.ts';
import { EventType } from '../replay/event-type.ts';
import { parseHistoryEvent, type StoredInstance, type StoredMessage } from '../store/stored-types.ts';
import type { HistoryEvent } from '../task-hub.ts';
import type { Hub } from './hub.ts';

/** What a rewind changed, and the messages that make it go on. */
export interface Rewound {
  readonly rewound: readonly StoredInstance[];
  readonly messages: readonly StoredMessage[];
}

/**
 * Takes the failures out of a failed instance's history, and of its failed children's, so that the deepest of them try again and report
 * up (AzureTableTrackingStore.cs, RewindHistoryAsync). Runs inside a transaction.
 */
export const rewindInstance = (hub: Hub, instanceId: string, reason: string): Rewound => {
  const instance = hub.store.instance(instanceId);
  if (instance?.runtimeStatus !== 'Failed') return { rewound: [], messages: [] };
  const events = hub.store.history(instanceId, instance.executionId).map(parseHistoryEvent);
  const failedTasks = idsOf(events, EventType.TaskFailed);
  const failedChildren = idsOf(events, EventType.SubOrchestrationInstanceFailed);
  const kept = events.map((event) => (isUndone(event, failedTasks) ? rewoundEvent(event, reason) : event));
  const now = hub.now();
  // UpdateStatusForRewindAsync; it shows the failure until the next end (azure-functions-durable-extension#968).
  const next = { ...instance, runtimeStatus: 'Pending', lastUpdatedTime: now } as const;
  hub.store.deleteHistory(instanceId);
  hub.store.appendHistory(
    instanceId,
    instance.executionId,
    0,
    kept.map((event) => JSON.stringify(event)),
  );
  hub.store.saveInstance(next);
  const rewound: StoredInstance[] = [next];
  const messages: StoredMessage[] = [];
  for (const event of events) {
    if (event.EventType !== EventType.SubOrchestrationInstanceCreated || !failedChildren.has(event.EventId)) continue;
    const child = rewindInstance(hub, textOf(event, 'InstanceId') ?? '', reason);
    rewound.push(...child.rewound);
    messages.push(...child.messages);
  }
  if (failedChildren.size === 0) {
    const body = arriving(EventType.GenericEvent, now, { Data: reason });
    const { executionId } = instance;
    messages.push(...hub.enqueue([{ kind: 'orchestrator', instanceId, executionId, dueAt: null, body }]));
  }
  return { rewound, messages };
};

const idsOf = (events: readonly HistoryEvent[], type: number): ReadonlySet<number> =>
  new Set(events.filter((event) => event.EventType === type).map((event) => numberOf(event, 'TaskScheduledId') ?? -1));

const isUndone = ({ EventType: type, EventId: id }: HistoryEvent, failedTasks: ReadonlySet<number>): boolean =>
  type === EventType.TaskFailed ||
  type === EventType.SubOrchestrationInstanceFailed ||
  type === EventType.ExecutionCompleted ||
  (type === EventType.TaskScheduled && failedTasks.has(id));

const rewoundEvent = (event: HistoryEvent, reason: string): HistoryEvent => ({
  EventType: EventType.GenericEvent,
  EventId: event.EventId,
  IsPlayed: true,
  Timestamp: event.Timestamp,
  Data: `Rewound: ${reason}`,
});
