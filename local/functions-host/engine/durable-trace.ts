import { type Span, SpanKind } from '../tracing/span.ts';
import { formatTraceparent, nextSpan, parseTraceparent, type TraceContext } from '../tracing/trace-context.ts';
import type { Tracer } from '../tracing/tracer.ts';
import { type JsonObject, numberOf, objectOf, textOf } from './json.ts';
import { EventType } from './replay/event-type.ts';
import type { HistoryEvent } from './task-hub.ts';

/**
 * The spans of Durable Task and how they are tied to one another, by what history keeps:
 *
 *     create_orchestration → orchestration → activity (client) → activity (server)
 *                                          → orchestration (client) → orchestration (server) of a child
 *
 * Source: DTFx TraceHelper.cs, TaskOrchestrationDispatcher.cs (ProcessScheduleTaskDecision, ProcessCreateSubOrchestrationInstanceDecision), TaskActivityDispatcher.cs; EXT
 * Correlation/TraceHelper.cs. Left out: the spans of entities and of events.
 */

/** DTFx DistributedTraceContext.cs: the parent, and which span the execution itself is. */
export const traceContextOf = (trace: TraceContext): JsonObject => ({
  TraceParent: formatTraceparent(trace),
  TraceState: trace.state || null,
  Id: null,
  SpanId: null,
  ActivityStartTime: null,
});

const parentOf = (holder: JsonObject | undefined): TraceContext | undefined => {
  const kept = holder && objectOf(holder, 'ParentTraceContext');
  return kept && parseTraceparent(textOf(kept, 'TraceParent'), textOf(kept, 'TraceState'));
};

/** Whom a span is about. */
export interface Traced {
  readonly name: string;
  readonly version: string;
  readonly instanceId: string;
  readonly executionId: string;
}

const about = (type: string, { name, version, instanceId }: Omit<Traced, 'executionId'>) => ({
  'durabletask.type': type,
  'durabletask.task.name': name,
  'durabletask.task.instance_id': instanceId,
  ...(version && { 'durabletask.task.version': version }),
});

const spanName = (type: string, { name, version }: Pick<Traced, 'name' | 'version'>): string =>
  version ? `${type}:${name}@(${version})` : `${type}:${name}`;

/** The span of a client that starts an orchestration. */
export const creationSpan = (start: Traced, caller: TraceContext | undefined, beganMs: number): Span => ({
  name: spanName('create_orchestration', start),
  kind: SpanKind.Producer,
  trace: nextSpan(caller),
  parentSpanId: caller?.spanId,
  startMs: beganMs,
  endMs: Date.now(),
  attributes: { ...about('orchestration', start), 'durabletask.task.execution_id': start.executionId },
});

/** A start as its execution's first episode keeps it: with the span that all episodes are. */
export const withOwnSpan = (event: HistoryEvent): HistoryEvent => {
  const parent = event.EventType === EventType.ExecutionStarted ? parentOf(event) : undefined;
  const kept = objectOf(event, 'ParentTraceContext');
  if (!parent || !kept || textOf(kept, 'SpanId') !== undefined) return event;
  const own = nextSpan(parent);
  const span = { Id: formatTraceparent(own), SpanId: own.spanId, ActivityStartTime: new Date().toISOString() };
  return { ...event, ParentTraceContext: { ...kept, ...span } };
};

const startOf = (events: readonly HistoryEvent[]): HistoryEvent | undefined =>
  events.find(({ EventType: type }) => type === EventType.ExecutionStarted);

/** The span that an execution is; undefined when it was started without a trace. */
export const executionTrace = (events: readonly HistoryEvent[]): TraceContext | undefined => {
  const parent = parentOf(startOf(events));
  const spanId = textOf(objectOf(startOf(events) ?? {}, 'ParentTraceContext') ?? {}, 'SpanId');
  return parent && spanId !== undefined ? { ...parent, spanId } : undefined;
};

/** The span of an execution that has ended. */
export const executionSpan = (events: readonly HistoryEvent[], execution: Traced, status: string): Span | undefined => {
  const trace = executionTrace(events);
  const kept = objectOf(startOf(events) ?? {}, 'ParentTraceContext');
  if (!trace || !kept) return undefined;
  return {
    name: spanName('orchestration', execution),
    kind: SpanKind.Server,
    trace,
    parentSpanId: parentOf(startOf(events))?.spanId,
    startMs: Date.parse(textOf(kept, 'ActivityStartTime') ?? ''),
    endMs: Date.now(),
    attributes: { ...about('orchestration', execution), 'durabletask.task.status': status },
    ...(status === 'Failed' && { error: 'The orchestration failed.' }),
  };
};

/** What an episode hears of as ended: an activity, a child or a timer, each a span below the execution's. */
export const endedSpan = (
  arrived: HistoryEvent,
  events: readonly HistoryEvent[],
  { name, instanceId }: Traced,
  tracer: Tracer,
): Span | undefined => {
  const trace = executionTrace(events);
  if (!trace) return undefined;
  const scheduled = (type: number) =>
    events.find((event) => event.EventType === type && event.EventId === numberOf(arrived, 'TaskScheduledId'));
  const from = (event: HistoryEvent | undefined, type: string, spanId: string | undefined): Span | undefined => {
    if (!event || spanId === undefined) return undefined;
    const task = { name: textOf(event, 'Name') ?? '', version: textOf(event, 'Version') ?? '', instanceId };
    return {
      name: spanName(type, task),
      kind: SpanKind.Client,
      trace: { ...trace, spanId },
      parentSpanId: trace.spanId,
      startMs: tracer.realTime(Date.parse(event.Timestamp)),
      endMs: Date.now(),
      attributes: { ...about(type, task), 'durabletask.task.task_id': event.EventId },
      error: textOf(arrived, 'Reason'),
    };
  };
  switch (arrived.EventType) {
    case EventType.TaskCompleted:
    case EventType.TaskFailed: {
      const event = scheduled(EventType.TaskScheduled);
      return from(event, 'activity', parentOf(event)?.spanId);
    }
    case EventType.SubOrchestrationInstanceCompleted:
    case EventType.SubOrchestrationInstanceFailed: {
      const event = scheduled(EventType.SubOrchestrationInstanceCreated);
      return from(event, 'orchestration', event && textOf(event, 'ClientSpanId'));
    }
    case EventType.TimerFired:
      return {
        name: `orchestration:${name}:timer`,
        kind: SpanKind.Internal,
        trace: nextSpan(trace),
        parentSpanId: trace.spanId,
        // Its length is that of its delay in being heard, not of the wait: EmitTraceActivityForTimer.
        startMs: tracer.realTime(Date.parse(arrived.Timestamp)),
        endMs: Date.now(),
        attributes: {
          'durabletask.type': 'timer',
          'durabletask.task.name': name,
          'durabletask.task.instance_id': instanceId,
          'durabletask.fire_at': textOf(arrived, 'FireAt') ?? '',
          'durabletask.task.task_id': numberOf(arrived, 'TimerId') ?? -1,
        },
      };
    default:
      return undefined;
  }
};

/** The span of an activity's run. @param parent - of the event by which it was scheduled. */
export const activitySpan = (
  task: { readonly name: string; readonly instanceId: string; readonly taskId: number },
  parent: TraceContext,
  trace: TraceContext,
  startMs: number,
  error: string | undefined,
): Span => ({
  name: spanName('activity', { name: task.name, version: '' }),
  kind: SpanKind.Server,
  trace,
  parentSpanId: parent.spanId,
  startMs,
  endMs: Date.now(),
  attributes: { ...about('activity', { ...task, version: '' }), 'durabletask.task.task_id': task.taskId },
  error,
});
