import { isObject, type JsonObject, toJsonText } from '../json.ts';
import type { HistoryEvent } from '../task-hub.ts';
import { customStatusOf } from './custom-status.ts';
import { EventType } from './event-type.ts';
import { NonDeterminismError } from './non-determinism.ts';
import type { OrchestratorAction } from './orchestrator-action.ts';
import type { OrchestratorState } from './orchestrator-state.ts';
import { ReplayContext } from './replay-context.ts';
import { type ReplayHost, Shim, type ShimEnd } from './shim.ts';

/** What one run of the orchestrator's code came to: its state, or the message of an exception that carried none. */
export type Invocation =
  | { readonly kind: 'state'; readonly state: OrchestratorState }
  | { readonly kind: 'error'; readonly message: string };

/** How a replay found that the execution ends. Results and inputs are JSON texts; `id` is that of ExecutionCompleted. */
export type Completion =
  | { readonly kind: 'completed'; readonly id: number; readonly result: string | null }
  | { readonly kind: 'terminated'; readonly id: number; readonly reason: string | null }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly message: string;
      readonly details: string;
      readonly failureDetails: JsonObject | null;
    }
  | { readonly kind: 'continued-as-new'; readonly input: string | null; readonly carriedOver: readonly HistoryEvent[] };

/** What a replay found. */
export interface ReplayResult {
  readonly newActions: readonly OrchestratorAction[];
  readonly completion: Completion | undefined;
  readonly customStatus: string | null;
  /** Neither a task is open nor an event awaited, and yet the function has not ended: only a terminate will end the instance. */
  readonly waitsForNothing: boolean;
}

/** What is replayed: the whole history, old and new, with what the code listed for it. */
export interface ReplayInput {
  readonly name: string;
  readonly instanceId: string;
  readonly executionId: string;
  readonly history: readonly HistoryEvent[];
  readonly invocation: Invocation;
  readonly host: ReplayHost;
}

/**
 * Feeds the whole history, old and new, to a replay of the actions that the orchestrator's code listed, and says what is new: DTFx
 * TaskOrchestrationExecutor.cs with the durable extension's shim as the orchestration. It completes only when the
 * function has ended and no task is open.
 */
export const replay = (input: ReplayInput): ReplayResult => {
  const context = new ReplayContext(input.instanceId, input.executionId);
  const state = input.invocation.kind === 'state' ? input.invocation.state : undefined;
  const status = customStatusOf(state?.customStatus);
  const shim = state && 'text' in status ? new Shim(context, state, input.host) : undefined;
  let end: ShimEnd | undefined;
  if (input.invocation.kind === 'error') end = { kind: 'failed', message: input.invocation.message };
  else if ('error' in status) end = { kind: 'failed', message: status.error };
  let completion: Completion | undefined;
  try {
    for (const event of input.history) {
      if (shim || !end || isCommand(event)) context.process(event, () => shim?.start());
    }
    completion = completionOf(input, context, state, end ?? shim?.end);
  } catch (error) {
    if (!(error instanceof NonDeterminismError)) throw error;
    completion = terminationOf(context) ?? nonDeterminism(context.takeId(), error);
  }
  return {
    newActions: context.newActions,
    completion,
    customStatus: 'text' in status ? status.text : null,
    waitsForNothing: !context.suspended && !shim?.end && !end && !context.isWaiting,
  };
};

/**
 * Without a state nothing was scheduled, and comparing history with that would hide the cause behind a non-determinism error. Here the
 * local host is kinder than the extension, which does report the latter when the instance had scheduled anything before.
 */
const isCommand = ({ EventType: type }: HistoryEvent): boolean =>
  type === EventType.ExecutionTerminated ||
  type === EventType.ExecutionSuspended ||
  type === EventType.ExecutionResumed;

const completionOf = (
  { name }: ReplayInput,
  context: ReplayContext,
  state: OrchestratorState | undefined,
  end: ShimEnd | undefined,
): Completion | undefined => {
  const terminated = terminationOf(context);
  if (terminated) return terminated;
  if (!end || context.hasOpenTasks) return undefined;
  const id = context.takeId();
  if (end.kind === 'failed') {
    return {
      kind: 'failed',
      id,
      message: `Orchestrator function '${name}' failed: ${end.message}`,
      details: `Message: ${end.message}, StackTrace:    at Microsoft.Azure.WebJobs.Extensions.DurableTask.OutOfProcOrchestrationShim.HandleDurableTaskReplay(OrchestrationInvocationResult executionJson)`,
      failureDetails: isObject(state?.failureDetails) ? state.failureDetails : null,
    };
  }
  const { nextInput, carriedOver } = context;
  if (nextInput !== undefined) return { kind: 'continued-as-new', input: nextInput, carriedOver };
  return { kind: 'completed', id, result: toJsonText(state?.output) };
};

/** Termination does not wait for open tasks, and wins over every other end. */
const terminationOf = (context: ReplayContext): Completion | undefined =>
  context.terminated && { kind: 'terminated', id: context.takeId(), reason: context.terminated.reason };

const nonDeterminism = (id: number, error: NonDeterminismError): Completion => ({
  kind: 'failed',
  id,
  message: error.message,
  details: `Unhandled exception while executing orchestration: DurableTask.Core.Exceptions.NonDeterministicOrchestrationException: ${error.message}`,
  failureDetails: null,
});
