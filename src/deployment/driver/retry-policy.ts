import type { ErrorClass } from './step.ts';

interface RetryPolicy {
  /** Seconds before each retry; the last one repeats. */
  readonly delaysSeconds: readonly number[];
  /** No retry after this many. */
  readonly maxRetries: number;
}

/** One backoff for each class of error. A permanent error has none: it is never retried. */
const retryPolicies: Readonly<Record<Exclude<ErrorClass, 'permanent'>, RetryPolicy>> = {
  // The service says when to come back; what counts is the step's deadline.
  throttle: { delaysSeconds: [30, 60, 120, 240, 300], maxRetries: 100 },
  transient: { delaysSeconds: [5, 10, 20, 40, 60], maxRetries: 8 },
  replication: { delaysSeconds: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 30], maxRetries: 24 },
  busy: { delaysSeconds: [30, 45, 60], maxRetries: 30 },
  'external-limit': { delaysSeconds: [900, 1800, 3600], maxRetries: 6 },
  capacity: { delaysSeconds: [600], maxRetries: 1 },
  crash: { delaysSeconds: [5, 15, 30], maxRetries: 3 },
};

/** The service's Retry-After and our backoff are stretched by up to this much, so that many deployments do not return at once. */
const JITTER_SHARE = 0.2;

/** No single wait is longer, whatever a service asks for. */
export const LONGEST_WAIT_SECONDS = 3600;

/**
 * How long to wait before a retry.
 *
 * @param retries - retries of this class so far, 0 before the first.
 * @param retryAfterSeconds - the service's own wish; wins over the backoff, but for a floor: nobody is helped by retries that are used up in seconds.
 * @param jitter - 0 to 1.
 * @returns seconds, or undefined when the class allows no further retry.
 */
export const retryDelaySeconds = (
  errorClass: ErrorClass,
  retries: number,
  retryAfterSeconds: number | undefined,
  jitter = 0,
): number | undefined => {
  if (errorClass === 'permanent') return undefined;
  const { delaysSeconds, maxRetries } = retryPolicies[errorClass];
  if (retries >= maxRetries) return undefined;
  const backoff = delaysSeconds[Math.min(retries, delaysSeconds.length - 1)] ?? 0;
  const floor = errorClass === 'throttle' ? retries + 1 : (delaysSeconds[0] ?? 0);
  const wait = retryAfterSeconds === undefined ? backoff : Math.max(retryAfterSeconds, floor);
  return Math.min(wait * (1 + JITTER_SHARE * jitter), LONGEST_WAIT_SECONDS);
};
