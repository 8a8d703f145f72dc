import type { JsonObject } from '../json.ts';
import { EventType } from '../replay/event-type.ts';
import type { ParentInstance } from '../store/stored-types.ts';
import type { HistoryEvent } from '../task-hub.ts';
import { timestampOf } from './timestamp.ts';

const event = (type: number, now: number, fields: JsonObject, id = -1): HistoryEvent => ({
  ...fields,
  EventType: type,
  EventId: id,
  IsPlayed: false,
  Timestamp: timestampOf(now),
});

/** Who starts, and with what; `input` is JSON text. */
export interface ExecutionStart {
  readonly instanceId: string;
  readonly executionId: string;
  readonly name: string;
  readonly version: string;
  readonly input: string | null;
  readonly parent: ParentInstance | null;
  /** DTFx DistributedTraceContext.cs; null or absent without a trace. */
  readonly parentTraceContext?: JsonObject | null | undefined;
}

/** DTFx History/ExecutionStartedEvent.cs. */
export const executionStarted = (now: number, start: ExecutionStart): HistoryEvent =>
  event(EventType.ExecutionStarted, now, {
    OrchestrationInstance: { InstanceId: start.instanceId, ExecutionId: start.executionId },
    ParentInstance: start.parent && {
      OrchestrationInstance: { InstanceId: start.parent.instanceId, ExecutionId: start.parent.executionId },
      Name: start.parent.name,
      Version: '',
      TaskScheduleId: start.parent.taskId,
    },
    Name: start.name,
    Version: start.version,
    Input: start.input,
    Tags: null,
    Correlation: null,
    ParentTraceContext: start.parentTraceContext ?? null,
    ScheduledStartTime: null,
    Generation: null,
  });

/** The event that begins every episode; its Timestamp is the orchestrator's time. */
export const orchestratorStarted = (now: number): HistoryEvent => event(EventType.OrchestratorStarted, now, {});

/** The event that ends every episode. */
export const orchestratorCompleted = (now: number): HistoryEvent => event(EventType.OrchestratorCompleted, now, {});

/** The last event of an execution. */
export const executionCompleted = (now: number, id: number, fields: JsonObject): HistoryEvent =>
  event(EventType.ExecutionCompleted, now, fields, id);

/** A history event that says what was scheduled, under the id of its task. */
export const created = (type: number, now: number, id: number, fields: JsonObject): HistoryEvent =>
  event(type, now, fields, id);

/** A history event that arrives as a message. */
export const arriving = (type: number, now: number, fields: JsonObject): HistoryEvent => event(type, now, fields);

const unplayed: ReadonlySet<number> = new Set([
  EventType.OrchestratorStarted,
  EventType.OrchestratorCompleted,
  EventType.TaskScheduled,
  EventType.TimerCreated,
  EventType.SubOrchestrationInstanceCreated,
  EventType.EventSent,
  EventType.ExecutionCompleted,
]);

/** The event as later episodes see it: what arrived counts as played, what the host appended does not. */
export const asPlayed = (each: HistoryEvent): HistoryEvent =>
  unplayed.has(each.EventType) ? each : { ...each, IsPlayed: true };
