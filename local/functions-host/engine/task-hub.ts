import type { TraceContext } from '../tracing/trace-context.ts';

/** The runtime statuses of Durable Task by the names that the management API shows, each at its number (DTFx OrchestrationStatus.cs). */
export const RUNTIME_STATUSES = [
  'Running',
  'Completed',
  'ContinuedAsNew',
  'Failed',
  'Canceled',
  'Terminated',
  'Pending',
  'Suspended',
] as const;

/** @see RUNTIME_STATUSES */
export type RuntimeStatus = (typeof RUNTIME_STATUSES)[number];

/** The statuses after which an instance takes no more messages. */
export const TERMINAL_STATUSES: readonly RuntimeStatus[] = ['Completed', 'Failed', 'Canceled', 'Terminated'];

/** Whether an instance of that status has ended. */
export const isTerminal = (status: RuntimeStatus): boolean => TERMINAL_STATUSES.includes(status);

/** One row of the task hub's instances, entities included. Texts are stored as they came: JSON text, or for `output` after a failure a plain message. */
export interface InstanceState {
  readonly name: string;
  readonly instanceId: string;
  readonly executionId: string;
  readonly runtimeStatus: RuntimeStatus;
  readonly input: string | null;
  readonly customStatus: string | null;
  readonly output: string | null;
  /** Modelled instants, ms since the epoch. */
  readonly createdTime: number;
  readonly lastUpdatedTime: number;
}

/** A history event in the extension's shape (PascalCase, numeric EventType, ISO Timestamp); functions-host reference §3.2. */
export interface HistoryEvent {
  readonly EventType: number;
  readonly EventId: number;
  readonly IsPlayed: boolean;
  readonly Timestamp: string;
  readonly [field: string]: unknown;
}

/** What to start, see {@link TaskHub.start}. */
export interface StartOptions {
  readonly name: string;
  readonly instanceId?: string;
  /** JSON text, or null for none. */
  readonly input: string | null;
  readonly version?: string;
  /** The caller's span. */
  readonly trace?: TraceContext | undefined;
}

/** A filter of instances; what is absent does not filter. Times are ms since the epoch and inclusive. */
export interface InstanceQuery {
  readonly instanceIdPrefix?: string;
  readonly createdTimeFrom?: number;
  readonly createdTimeTo?: number;
  readonly runtimeStatus?: readonly RuntimeStatus[];
  readonly top?: number;
  readonly continuationToken?: string;
}

/** A page of a list of instances. */
export interface InstancePage {
  readonly instances: readonly InstanceState[];
  /** Empty on the last page. */
  readonly continuationToken: string;
}

/** Raised for what the extension answers with an HTTP status of its own; the HTTP layer maps `kind`, nothing else. */
export class TaskHubError extends Error {
  override readonly name = 'TaskHubError';
  readonly kind: 'not-found' | 'terminal' | 'invalid-argument' | 'already-exists' | 'invalid-operation';

  constructor(kind: TaskHubError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Whether a task hub stores what it is given. */
export interface StorageState {
  /** Why it stores nothing now, for people; undefined while it does. */
  readonly failure: string | undefined;
  /** How many commands it refused so far because of that. */
  readonly refusals: number;
}

/**
 * The client operations of a task hub (what the extension's HTTP API and the language SDKs' clients reach). Every command is a queued message: it
 * resolves when the message is stored durably, the status follows later. Errors are {@link TaskHubError}s, and a StorageError when the disk takes nothing.
 */
export interface TaskHub {
  start(options: StartOptions): Promise<string>;
  get(instanceId: string): InstanceState | undefined;
  history(instanceId: string): readonly HistoryEvent[];
  list(query: InstanceQuery): InstancePage;
  raiseEvent(instanceId: string, name: string, input: string | null): Promise<void>;
  /** What takes a reason shows it as the instance's output; null writes none. */
  terminate(instanceId: string, reason: string | null): Promise<void>;
  suspend(instanceId: string, reason: string | null): Promise<void>;
  resume(instanceId: string, reason: string | null): Promise<void>;
  rewind(instanceId: string, reason: string): Promise<void>;
  restart(instanceId: string, withNewInstanceId: boolean): Promise<string>;
  /** @returns how many instances were deleted: 0 or 1. */
  purge(instanceId: string): Promise<number>;
  purgeBy(query: InstanceQuery): Promise<number>;
  signalEntity(name: string, key: string, operation: string, input: string | null): Promise<void>;
  /** @returns the state's JSON text, or undefined when the entity does not exist. */
  entityState(name: string, key: string): string | undefined;
  readonly storage: StorageState;
  /** Returns the state of the storage as it is now: after a refused command it is tried whether it stores again. */
  checkStorage(): StorageState;
  /** Resolves when the instance is in one of the statuses; for callers inside the process (tests, measurements). */
  waitFor(instanceId: string, statuses: readonly RuntimeStatus[]): Promise<InstanceState>;
}
