import { formatTraceparent, nextSpan, type TraceContext } from '../../tracing/trace-context.ts';
import { traceContextOf } from '../durable-trace.ts';
import { parseJson } from '../json.ts';
import { EventType } from '../replay/event-type.ts';
import type { OrchestratorAction } from '../replay/orchestrator-action.ts';
import type { NewMessage } from '../store/stored-types.ts';
import type { HistoryEvent } from '../task-hub.ts';
import { newExecutionId } from './execution-id.ts';
import { created, executionStarted } from './history-events.ts';
import { timestampOf } from './timestamp.ts';

/** The execution whose replay made an action. `now` in ms since the epoch. */
export interface ActionSource {
  readonly name: string;
  readonly instanceId: string;
  readonly executionId: string;
  readonly now: number;
  readonly storeInputs: boolean;
  /** The execution's span. */
  readonly trace: TraceContext | undefined;
}

/** An action's mark in history and the message that has it done. */
export interface ActionEffect {
  readonly event: HistoryEvent;
  readonly message: NewMessage;
}

/** What a new action leaves in history and what it sends (DTFx TaskOrchestrationDispatcher.cs, Process…Decision). */
export const effectOf = (action: OrchestratorAction, source: ActionSource): ActionEffect => {
  const { instanceId, executionId, now } = source;
  // The span of the caller, whose end is heard of with the result; the callee's is below it.
  const span = source.trace && nextSpan(source.trace);
  const kept = (input: string | null): string | null => (source.storeInputs ? input : null);
  switch (action.kind) {
    case 'activity': {
      const { id, name, version, input } = action;
      return {
        event: created(EventType.TaskScheduled, now, id, {
          Name: name,
          Version: version,
          Input: kept(input),
          Tags: null,
          ...(span && { ParentTraceContext: traceContextOf(span) }),
        }),
        message: {
          kind: 'activity',
          instanceId,
          executionId,
          dueAt: null,
          body: {
            taskId: id,
            name,
            input,
            ...(span && { traceparent: formatTraceparent(span), tracestate: span.state }),
          },
        },
      };
    }
    case 'timer': {
      const FireAt = timestampOf(action.fireAt);
      return {
        event: created(EventType.TimerCreated, now, action.id, { FireAt }),
        message: {
          kind: 'orchestrator',
          instanceId,
          executionId,
          dueAt: action.fireAt,
          body: { EventType: EventType.TimerFired, EventId: -1, Timestamp: FireAt, TimerId: action.id, FireAt },
        },
      };
    }
    case 'sub-orchestration': {
      const { id, name, version, input } = action;
      const child = { instanceId: action.instanceId, executionId: newExecutionId(), name, version, input };
      const parent = { instanceId, executionId, name: source.name, taskId: id };
      return {
        event: created(EventType.SubOrchestrationInstanceCreated, now, id, {
          Name: name,
          Version: version,
          InstanceId: child.instanceId,
          Input: kept(input),
          ClientSpanId: span?.spanId ?? null,
          Tags: null,
        }),
        message: {
          kind: 'orchestrator',
          instanceId: child.instanceId,
          executionId: child.executionId,
          dueAt: null,
          body: executionStarted(now, { ...child, parent, parentTraceContext: span && traceContextOf(span) }),
        },
      };
    }
    case 'send-event': {
      const { id, name, input } = action;
      return {
        event: created(EventType.EventSent, now, id, { InstanceId: action.instanceId, Name: name, Input: input }),
        message: {
          kind: 'entity',
          instanceId: action.instanceId,
          executionId: null,
          dueAt: null,
          body: { name, request: input === null ? null : parseJson(input) },
        },
      };
    }
  }
};
