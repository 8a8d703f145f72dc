import { objectOf, textOf } from '../json.ts';
import { EventType } from '../replay/event-type.ts';
import { parentOf, type StoredInstance, type StoredMessage, toHistoryEvent } from '../store/stored-types.ts';
import { type HistoryEvent, isTerminal } from '../task-hub.ts';

/** A batch of messages, sorted out. */
export interface Reconciled {
  /** The execution that the episode is for: the stored one, or a new one that a start message begins. */
  readonly instance: StoredInstance;
  readonly isNew: boolean;
  readonly events: readonly HistoryEvent[];
}

/**
 * Sorts out what a batch of messages means for an instance (DTFx ReconcileMessagesWithState, durable Azure Storage
 * OrchestrationSessionManager.cs): duplicate starts, messages for other executions and messages for ended or unknown instances are
 * dropped without a trace.
 *
 * @returns undefined when nothing is left to do.
 */
export const reconcile = (
  stored: StoredInstance | undefined,
  batch: readonly StoredMessage[],
  onDropped: (reason: string) => void,
): Reconciled | undefined => {
  const events: HistoryEvent[] = [];
  let instance = stored && !isTerminal(stored.runtimeStatus) ? stored : undefined;
  let isNew = false;
  let started = instance !== undefined && instance.events > 0;
  for (const message of batch) {
    const event = toHistoryEvent(message.body);
    if (event.EventType !== EventType.ExecutionStarted) continue;
    if (started) {
      onDropped('a second start of an instance that is running');
      continue;
    }
    const next = instanceOf(event, stored);
    if (!next) {
      onDropped('a start that another start overtook');
      continue;
    }
    [instance, isNew, started] = [next, true, true];
    events.push(event);
  }
  if (!instance || !started) return undefined;
  for (const message of batch) {
    const event = toHistoryEvent(message.body);
    if (event.EventType === EventType.ExecutionStarted) continue;
    if (message.executionId !== null && message.executionId !== instance.executionId) continue;
    events.push(event);
  }
  if (events.length === 0) return undefined;
  return { instance, isNew, events };
};

/** A top-level start runs only when the instance's row names it; a sub-orchestration's row is made by its first episode. */
const instanceOf = (event: HistoryEvent, stored: StoredInstance | undefined): StoredInstance | undefined => {
  const ids = objectOf(event, 'OrchestrationInstance') ?? {};
  const executionId = textOf(ids, 'ExecutionId') ?? '';
  const parent = parentOf(event);
  if (!parent) return stored?.executionId === executionId ? stored : undefined;
  const createdTime = Date.parse(event.Timestamp);
  return {
    instanceId: textOf(ids, 'InstanceId') ?? '',
    executionId,
    name: textOf(event, 'Name') ?? '',
    version: textOf(event, 'Version') ?? '',
    runtimeStatus: 'Pending',
    // Merged into the row of an earlier execution under that id, if there is one: what is absent now stays (UpdateStateAsync).
    input: textOf(event, 'Input') ?? stored?.input ?? null,
    customStatus: null,
    output: stored?.output ?? null,
    createdTime,
    lastUpdatedTime: createdTime,
    parent,
    events: 0,
  };
};
