import type { Instance } from '../deployment/run/instance.ts';

/**
 * What the service asks of Durable Task. Functions and activities get it; nothing else of src knows a durable client. What is to be stored rejects with
 * a `TaskHubUnavailableError` while the task hub stores nothing.
 */
export interface TaskHub {
  /** Where the task hub is reached; different for every task hub. */
  readonly address: string;

  /** Returns an instance with its input, or undefined when the task hub does not know it. */
  find(instanceId: string): Promise<Instance | undefined>;

  /** Returns all instances whose id begins with a prefix, however many they are. */
  list(prefix: string, options?: ListOptions): Promise<Instance[]>;

  /** Starts an orchestration. Rejects when an instance of this id is running. */
  start(orchestrator: string, instanceId: string, input: unknown): Promise<void>;

  /** Raises an event at an instance; one that has ended or was purged ignores it. */
  raise(instanceId: string, event: string, data: unknown): Promise<void>;

  /** Deletes an ended instance with its history. Returns how many instances were deleted: 0 also when it runs again. */
  purge(instanceId: string): Promise<number>;
}

export interface ListOptions {
  /** Only instances in one of these; all when absent. */
  readonly runtimeStatus?: readonly string[];
  /** Inputs are left out unless this says otherwise. */
  readonly showInput?: boolean;
  /** Only instances created at this instant or later. */
  readonly createdFrom?: Date | undefined;
}

/** The runtime statuses of instances that have not ended. */
export const ACTIVE_STATUSES: readonly string[] = ['Pending', 'Running', 'Suspended', 'ContinuedAsNew'];
