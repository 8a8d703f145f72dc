import { REPLAY_SCHEMAS } from '../../imitated-versions.ts';
import { toJsonText } from '../json.ts';
import { durableHttp } from './durable-http.ts';
import { EntityCalls } from './entity-calls.ts';
import { ActionType, type AsyncAction, type OrchestratorState } from './orchestrator-state.ts';
import type { ReplayContext } from './replay-context.ts';
import { type Coroutine, failed, outcomeOf, ReplayTask, run, succeeded, whenAll, whenAny } from './replay-task.ts';
import { withRetry } from './retry.ts';
import { durableTimer, type LongTimerState, type TimerLimits } from './timers.ts';

/** What the shim asks of the host; everything else it takes from the replay. */
export interface ReplayHost extends TimerLimits {
  readonly defaultVersion: string;
  readonly defaultHttpSleepMs: number;
  readonly parentInstanceId: string | undefined;
  activityExists(name: string): boolean;
  orchestratorExists(name: string): boolean;
  entityExists(name: string): boolean;
  /** Called when an action is dropped without a trace, which leaves the instance waiting for ever. */
  onDroppedAction(message: string): void;
}

/** How the orchestrator's function ended, as far as the host can see; undefined: it waits. */
export type ShimEnd = { readonly kind: 'completed' } | { readonly kind: 'failed'; readonly message: string };

const SIX_DAYS_MS = 6 * 24 * 3600 * 1000;

/**
 * Replays the list of actions that the orchestrator's code returned (durable extension OutOfProcOrchestrationShim.cs): one after the
 * other, each when the one before has ended in whatever way.
 */
export class Shim {
  end: ShimEnd | undefined;
  readonly #context: ReplayContext;
  readonly #host: ReplayHost;
  readonly #state: OrchestratorState;
  readonly #timers: LongTimerState = { longRunning: false };
  readonly #entities: EntityCalls;

  constructor(context: ReplayContext, state: OrchestratorState, host: ReplayHost) {
    this.#context = context;
    this.#state = state;
    this.#host = host;
    this.#entities = new EntityCalls(context);
  }

  start(): void {
    run(this.#replay());
  }

  *#replay(): Coroutine<typeof succeeded> {
    try {
      yield* this.#replayActions();
    } catch (error) {
      // Thrown while an action is started, not by the task it starts: the shim lets it fail the orchestration.
      this.end = { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
      return succeeded;
    }
    if (this.#state.error) this.end = { kind: 'failed', message: this.#state.error };
    else if (this.#state.isDone) this.end = { kind: 'completed' };
    if (this.end) this.#entities.releaseLocks();
    return succeeded;
  }

  *#replayActions(): Coroutine<void> {
    const { actions, schemaVersion } = this.#state;
    const [only] = actions;
    if (schemaVersion === REPLAY_SCHEMAS.notImitated)
      throw new Error('The OOProc schema of version "Original" is not supported by the local host.');
    if (actions.length !== 1 || !only) {
      throw new Error(
        `With OOProc schema V${schemaVersion + 1}, expected actions array to be of length 1 in outer layer but got size: ${actions.length}`,
      );
    }
    for (const action of only) yield* outcomeOf(this.#invoke(action));
  }

  #invoke(action: AsyncAction): ReplayTask {
    const context = this.#context;
    switch (action.actionType) {
      case ActionType.CallActivity:
      case ActionType.CallActivityWithRetry:
        return this.#callActivity(action);
      case ActionType.CallSubOrchestrator:
      case ActionType.CallSubOrchestratorWithRetry:
        return this.#callSubOrchestrator(action);
      case ActionType.ContinueAsNew:
        context.nextInput = toJsonText(action.input);
        return ReplayTask.ended(succeeded);
      case ActionType.CreateTimer: {
        const fireAt = Date.parse(action.fireAt ?? '');
        if (Number.isNaN(fireAt)) throw new Error(`Could not convert '${action.fireAt}' to DateTime.`);
        if (action.isCanceled) return context.scheduleCancelledTimer(fireAt);
        return run(durableTimer(context, this.#timers, this.#host, fireAt));
      }
      case ActionType.WaitForExternalEvent:
        return context.waitForEvent(action.externalEventName);
      case ActionType.CallEntity:
      case ActionType.SignalEntity:
      case ActionType.LockEntities:
      case ActionType.ReleaseEntities:
        return this.#entities.invoke(action, (name) => this.#isKnownEntity(name));
      case ActionType.CallHttp:
        if (!action.httpRequest) throw new Error('callHttp without a request.');
        return run(durableHttp(context, action.httpRequest, this.#host.defaultHttpSleepMs));
      case ActionType.WhenAll:
        return whenAll((action.compoundActions ?? []).map((each) => this.#invoke(each)));
      case ActionType.WhenAny:
        return whenAny((action.compoundActions ?? []).map((each) => this.#invoke(each)));
      default:
        throw new Error(`Received an unexpected action type from the out-of-proc function: '$${action.actionType}'.`);
    }
  }

  #callActivity(action: AsyncAction): ReplayTask {
    const { functionName: name, retryOptions } = action;
    if (!this.#host.activityExists(name)) return this.#drop(`the activity function '${name}' doesn't exist`);
    const attempt = (): ReplayTask => this.#context.scheduleActivity(name, JSON.stringify([action.input ?? null]));
    return this.#retrying(action, retryOptions, attempt);
  }

  #callSubOrchestrator(action: AsyncAction): ReplayTask {
    const { functionName: name, retryOptions } = action;
    const { instanceId: parent } = this.#context;
    const instanceId = action.instanceId ?? undefined;
    if (!this.#host.orchestratorExists(name)) return this.#drop(`the orchestrator function '${name}' doesn't exist`);
    const given = instanceId?.toLowerCase();
    if (
      given === parent.toLowerCase() ||
      (given !== undefined && given === this.#host.parentInstanceId?.toLowerCase())
    ) {
      return this.#drop('the instance ID of a sub-orchestration must be different than that of a parent orchestration');
    }
    if (instanceId?.startsWith('@')) return this.#drop('orchestration instance ids must not start with @');
    const version = action.version ?? this.#host.defaultVersion;
    const input = toJsonText(action.input);
    return this.#retrying(action, retryOptions, () =>
      this.#context.scheduleSubOrchestration(name, version, instanceId, input),
    );
  }

  #retrying(action: AsyncAction, options: AsyncAction['retryOptions'], attempt: () => ReplayTask): ReplayTask {
    if (!options) return attempt();
    const { firstRetryIntervalInMilliseconds: first, maxRetryIntervalInMilliseconds: max } = options;
    if (first > SIX_DAYS_MS || max > SIX_DAYS_MS) {
      return this.#drop(`a retry interval of '${action.functionName}' is longer than 6 days`);
    }
    return run(withRetry(this.#context, options, attempt));
  }

  #isKnownEntity(name: string): boolean {
    if (this.#host.entityExists(name)) return true;
    this.#drop(`the entity function '${name}' doesn't exist`);
    return false;
  }

  /** The extension's ArgumentException ends in a task that the shim ignores: nothing is scheduled, and the SDK waits for ever. */
  #drop(reason: string): ReplayTask {
    this.#host.onDroppedAction(reason);
    return ReplayTask.ended(failed);
  }
}
