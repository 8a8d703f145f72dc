import { currentTrace } from '../../tracing/current-trace.ts';
import type { Span } from '../../tracing/span.ts';
import type { Tracer } from '../../tracing/tracer.ts';
import type { FunctionWorker } from '../../worker/function-worker.ts';
import { endedSpan, executionSpan, executionTrace, withOwnSpan } from '../durable-trace.ts';
import { objectOf, textOf } from '../json.ts';
import { EventType } from '../replay/event-type.ts';
import { type Invocation, type ReplayResult, replay } from '../replay/replay.ts';
import type { ReplayHost } from '../replay/shim.ts';
import type { Settings } from '../settings.ts';
import type { NewMessage, StoredInstance } from '../store/stored-types.ts';
import type { HistoryEvent } from '../task-hub.ts';
import { effectOf } from './action-effects.ts';
import { endingOf } from './completion.ts';
import { newExecutionId } from './execution-id.ts';
import { asPlayed, executionStarted, orchestratorCompleted, orchestratorStarted } from './history-events.ts';
import { invokeOrchestrator } from './invoke-orchestrator.ts';
import { orchestrationPayload } from './orchestration-payload.ts';
import type { Reconciled } from './reconcile.ts';
import { rowAfter } from './row-after.ts';
import { mayRun } from './version-match.ts';

/** History of an execution: events, and the same as one JSON text, ready for the next payload. */
export interface LoadedHistory {
  readonly events: readonly HistoryEvent[];
  /** See joinEvents in `orchestration-payload.ts`. */
  readonly text: string;
}

/** What an episode needs. */
export interface EpisodeInput extends Reconciled {
  readonly past: LoadedHistory;
  readonly worker: FunctionWorker;
  readonly settings: Settings;
  readonly tracer?: Tracer | undefined;
  readonly now: () => number;
  /** Lets others have their turn, also when an orchestrator continues as new for ever; rejects when the engine has ended. */
  readonly takeTurn: () => Promise<void>;
  readonly host: Omit<ReplayHost, 'parentInstanceId'>;
}

/** What is to be committed after an episode. */
export interface EpisodeResult {
  readonly instance: StoredInstance;
  /** The events in `appended` begin a new execution; older rows go. */
  readonly replaced: boolean;
  readonly appended: readonly HistoryEvent[];
  readonly messages: readonly NewMessage[];
  readonly ended: boolean;
  /** The code said neither "done" nor what it waits for. */
  readonly stuck: boolean;
  /** What ended with this episode. */
  readonly spans: readonly Span[];
}

const EMPTY: LoadedHistory = { events: [], text: '' };

/** @returns undefined when this host's version settings forbid to run the instance. */
export const runEpisode = async (input: EpisodeInput): Promise<EpisodeResult | undefined> => {
  const messages: NewMessage[] = [];
  let { instance, past } = { instance: input.instance, past: input.isNew ? EMPTY : input.past };
  let replaced = input.isNew;
  let arrived: HistoryEvent[] = [
    orchestratorStarted(input.now()),
    ...input.events.map((event) => (input.tracer ? withOwnSpan(event) : event)),
  ];
  let carriedStatus: string | null = null;
  for (;;) {
    const events = [...past.events, ...arrived];
    if (!mayRun(instance.version, input.settings) && input.settings.versionFailureStrategy === 'Reject')
      return undefined;
    const result = await decide(input, instance, past, arrived, events);
    const now = input.now();
    const trace = input.tracer && executionTrace(events);
    const source = { ...instance, now, storeInputs: input.settings.storeInputs, trace };
    const effects = result.newActions.map((action) => effectOf(action, source));
    messages.push(...effects.map(({ message }) => message));
    const { completion } = result;
    if (completion?.kind === 'continued-as-new') {
      // Of the round before only (DTFx TaskOrchestrationDispatcher.cs, carryOverStatus).
      carriedStatus = result.customStatus;
      instance = nextGeneration(instance, completion.input, now);
      // The span goes on (DTFx ExecutionStartedEvent.SetParentTraceContext).
      const parentTraceContext = trace && objectOf(startedIn(events) ?? {}, 'ParentTraceContext');
      const start = executionStarted(now, { ...instance, input: completion.input, parentTraceContext });
      arrived = [orchestratorStarted(now), start, ...completion.carriedOver, orchestratorCompleted(now)];
      [past, replaced] = [EMPTY, true];
      continue;
    }
    const ending = completion && endingOf(completion, instance.parent, now);
    if (ending?.report) messages.push(ending.report);
    const appended = [
      ...arrived.map(asPlayed),
      ...effects.map(({ event }) => event),
      ...(ending ? [ending.event] : []),
      orchestratorCompleted(now),
    ];
    return {
      instance: {
        ...instance,
        ...rowAfter(instance, replaced, input.events, ending),
        customStatus: result.customStatus ?? carriedStatus,
        lastUpdatedTime: now,
        events: past.events.length + appended.length,
      },
      replaced,
      appended,
      messages,
      ended: ending !== undefined,
      stuck: !completion && result.waitsForNothing,
      spans: spansOf(input, events, instance, ending?.status),
    };
  }
};

const decide = async (
  input: EpisodeInput,
  instance: StoredInstance,
  past: LoadedHistory,
  arrived: readonly HistoryEvent[],
  events: readonly HistoryEvent[],
): Promise<ReplayResult> => {
  if (!mayRun(instance.version, input.settings)) return versionMismatch(past.events.length);
  const parentInstanceId = instance.parent?.instanceId;
  const { name, instanceId, executionId } = instance;
  const { settings, host } = input;
  let invocation: Invocation;
  if (!host.orchestratorExists(name)) {
    invocation = { kind: 'error', message: unknownOrchestrator(name, input.worker.names('orchestrationTrigger')) };
  } else {
    const payload = orchestrationPayload({
      history: [past.text, ...arrived.map((event) => JSON.stringify(event))],
      input: inputOf(events),
      instanceId,
      isReplaying: past.events.length > 0,
      parentInstanceId: parentInstanceId ?? null,
      maximumShortTimerMs: settings.maximumShortTimerMs,
      longTimerIntervalMs: settings.longTimerIntervalMs,
      defaultHttpSleepMs: settings.defaultHttpSleepMs,
    });
    const trace = input.tracer && executionTrace(events);
    invocation = await currentTrace.run(trace, () => invokeOrchestrator(input.worker, name, payload));
    await input.takeTurn();
  }
  return replay({ name, instanceId, executionId, history: events, invocation, host: { ...host, parentInstanceId } });
};

/** The execution's own, which the row need not show. */
const inputOf = (events: readonly HistoryEvent[]): string | null => {
  const started = startedIn(events);
  return (started && textOf(started, 'Input')) ?? null;
};

const startedIn = (events: readonly HistoryEvent[]): HistoryEvent | undefined =>
  events.find(({ EventType: type }) => type === EventType.ExecutionStarted);

const spansOf = (
  { tracer, events: arrived }: EpisodeInput,
  events: readonly HistoryEvent[],
  instance: StoredInstance,
  endedAs: string | undefined,
): Span[] => {
  if (!tracer) return [];
  const ended = arrived.map((event) => endedSpan(event, events, instance, tracer));
  const own = endedAs === undefined ? undefined : executionSpan(events, instance, endedAs);
  return [...ended, own].filter((span) => span !== undefined);
};

/** The extension's text for a start of an unknown orchestrator (DurableTaskExtension.cs, GetInvalidOrchestratorFunctionMessage). */
export const unknownOrchestrator = (name: string, known: readonly string[]): string =>
  `The function '${name}' doesn't exist, is disabled, or is not an orchestrator function. Additional info: ${
    known.length
      ? `The following are the known orchestrator functions: ${known.map((each) => `'${each}'`).join(', ')}.`
      : 'No orchestrator functions are currently registered!'
  }`;

/** Merged into the row as at its end (see {@link rowAfter}): a generation without an input shows the one before's. */
const nextGeneration = (instance: StoredInstance, input: string | null, now: number): StoredInstance => ({
  ...instance,
  executionId: newExecutionId(),
  input: input ?? instance.input,
  createdTime: now,
});

const versionMismatch = (id: number): ReplayResult => {
  const message = 'Orchestration version did not comply with Worker Versioning';
  return {
    newActions: [],
    completion: {
      kind: 'failed',
      id,
      message,
      details: message,
      failureDetails: {
        ErrorType: 'VersionMismatch',
        ErrorMessage: message,
        StackTrace: null,
        InnerFailure: null,
        IsNonRetriable: true,
        Properties: null,
      },
    },
    customStatus: null,
    waitsForNothing: false,
  };
};
