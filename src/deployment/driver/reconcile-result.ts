import type { Change, StepError } from './step.ts';

/**
 * What one call of an activity found or changed. An activity inspects once and applies at most one idempotent change, a reconciliation in the Kubernetes sense; it
 * never waits. What follows from it, and when, is decided by {@link activityResultOf}.
 */
export type ReconcileResult<T> = Done<T> | Running | Retry | Failed;

export interface Done<T> {
  readonly kind: 'done';
  readonly value: T;
  readonly change: Change;
  /** The properties that an update changed. */
  readonly changed?: readonly string[] | undefined;
  readonly resourceId?: string | undefined;
  /** The digest that an image was imported by. */
  readonly digest?: string | undefined;
  /** What a person should know though nothing failed. */
  readonly note?: string | undefined;
}

/** Azure is at work; poll again later. */
export interface Running {
  readonly kind: 'running';
  /** How long the operation usually takes, in seconds from its start. */
  readonly usualSeconds: number;
  /** What the next call needs; returned only when it is new, for the driver keeps the last one. */
  readonly checkpoint?: string | undefined;
  /** Azure's Retry-After: the next poll comes no sooner. */
  readonly pollAfterSeconds?: number | undefined;
  /** What a person should know while it lasts. */
  readonly note?: string | undefined;
  readonly resourceId?: string | undefined;
}

/** Transient: throttled, 5xx, not yet visible, busy. */
export interface Retry {
  readonly kind: 'retry';
  readonly error: StepError;
  /** The service's Retry-After; wins over the backoff of the error's class. */
  readonly retryAfterSeconds?: number | undefined;
  /** Takes the place of what the driver kept, when the operation that it names has failed. */
  readonly checkpoint?: string | undefined;
}

/** Permanent: quota, policy, forbidden, bad input. */
export interface Failed {
  readonly kind: 'failed';
  readonly error: StepError;
}
