/** A critical step is first polled after this share of its usual time. */
const CRITICAL_FIRST_SHARE = 0.6;
/** Then after this share of its age: the longer it runs, the less a few seconds matter. */
const CRITICAL_AGE_SHARE = 0.04;
const CRITICAL_FLOOR_SECONDS = 3;
/** A step with slack is first polled when it has most likely ended: each poll is a dozen events of durable history. */
const SLACK_FIRST_SHARE = 1.4;
const SLACK_INTERVAL_SECONDS = 30;
/** Then after this share of its age, so that one that hangs for hours does not fill the history. */
const SLACK_AGE_SHARE = 0.1;

export interface RunningOperation {
  /** Whether the whole deployment waits for this step. */
  readonly critical: boolean;
  /** Seconds since the operation was first seen running. */
  readonly ageSeconds: number;
  /** How long it usually takes. */
  readonly usualSeconds: number;
  /** Azure's Retry-After. */
  readonly pollAfterSeconds?: number | undefined;
}

/**
 * Seconds until the next poll of a running operation. Split by slack: what the deployment waits for is polled early and often,
 * what has slack late and seldom. (A growing interval would be coarsest when the long AKS create ends.) Retry-After is a lower bound.
 */
export const pollDelaySeconds = ({
  critical,
  ageSeconds,
  usualSeconds,
  pollAfterSeconds,
}: RunningOperation): number => {
  const first = usualSeconds * (critical ? CRITICAL_FIRST_SHARE : SLACK_FIRST_SHARE);
  const interval = critical
    ? Math.max(CRITICAL_FLOOR_SECONDS, ageSeconds * CRITICAL_AGE_SHARE)
    : Math.max(SLACK_INTERVAL_SECONDS, ageSeconds * SLACK_AGE_SHARE);
  const next = ageSeconds < first ? Math.max(first - ageSeconds, CRITICAL_FLOOR_SECONDS) : interval;
  return Math.max(next, pollAfterSeconds ?? 0);
};
