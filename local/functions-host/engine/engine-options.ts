import type { Clock } from '../../clock/clock.ts';
import type { Tracer } from '../tracing/tracer.ts';
import type { FunctionWorker } from '../worker/function-worker.ts';
import type { Log } from '../worker/log.ts';
import type { Store } from './store/store.ts';
import type { TaskHub } from './task-hub.ts';

/** The part of host.json's `extensions.durableTask` that the engine obeys. */
export interface DurableTaskSettings {
  readonly defaultVersion?: string | undefined;
  readonly versionMatchStrategy?: 'None' | 'Strict' | 'CurrentOrOlder' | undefined;
  readonly versionFailureStrategy?: 'Reject' | 'Fail' | undefined;
  /** Each 10 per core by default, as on a dedicated plan. */
  readonly maxConcurrentActivityFunctions?: number | undefined;
  readonly maxConcurrentOrchestratorFunctions?: number | undefined;
  readonly maxConcurrentEntityFunctions?: number | undefined;
  readonly maxEntityOperationBatchSize?: number | undefined;
  readonly storeInputsInOrchestrationHistory?: boolean | undefined;
  readonly overridableExistingInstanceStates?: 'NonRunningStates' | 'AnyState' | undefined;
  readonly httpSettings?: { readonly defaultAsyncRequestSleepTimeMilliseconds?: number | undefined } | undefined;
}

/**
 * What a commit was for. Under `messages-first` an episode is two commits: `episode-messages`, then `episode`.
 */
export type CommitPoint = 'command' | 'episode-messages' | 'episode' | 'activity' | 'entity';

/** What an engine runs, where, and by which clock. */
export interface EngineOptions {
  readonly worker: FunctionWorker;
  readonly clock: Clock;
  /** A database file, `:memory:`, or a store that the caller opened and will close. */
  readonly store: Store | string;
  readonly hubName: string;
  readonly settings?: DurableTaskSettings;
  /** `messages-first` splits an episode as the extension on Azure Storage does; a crash in between runs activities twice. */
  readonly commitOrder?: 'one-transaction' | 'messages-first';
  /** The reach of one timer and the length of a leg, ms; 6 and 3 days as on Azure Storage. */
  readonly maximumShortTimerMs?: number;
  readonly longTimerIntervalMs?: number;
  readonly log?: Log;
  /** Without one, histories hold no trace. */
  readonly tracer?: Tracer | undefined;
  /** For crash tests: called around every commit; may call {@link Engine.abandon}. */
  readonly onCommit?: (when: 'before' | 'after', point: CommitPoint) => void;
}

/** Counters for tests and measurements. */
export interface EngineStatistics {
  /** Episodes that ran since this engine was opened. */
  readonly episodes: number;
  readonly activities: number;
  /** Of all instances in the store. */
  readonly historyEvents: number;
  /** Work that is ready or running now, and timers that wait. */
  readonly ready: number;
  readonly running: number;
  readonly timers: number;
}

/** A running task hub over one store: begins with what the store holds. */
export interface Engine extends TaskHub {
  readonly hubName: string;
  /**
   * Starts nothing more, waits a few real seconds for what runs, saves it and closes the store (unless the caller opened it). What still
   * runs then is left to the next engine on the store, as after {@link abandon}.
   */
  close(): Promise<void>;
  /** Ends as in a crash: at once, saving nothing more. What runs is run again by the next engine on the store. */
  abandon(): void;
  statistics(): EngineStatistics;
}
