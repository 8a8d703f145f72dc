/**
 * Seconds before each retry: the schedule that the Standard Webhooks specification gives as its example, three days in all.
 */
const DELAYS_SECONDS = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600];

/** Each delay is stretched by up to this much, so that many messages do not return at once. */
const JITTER_SHARE = 0.2;

/** A receiver that asks for more does not get it. */
const LONGEST_RETRY_AFTER_SECONDS = 24 * 3600;

/**
 * How long to wait before a message is sent again.
 *
 * @param attempts - attempts so far, 1 after the first.
 * @param jitter - 0 to 1.
 * @param retryAfterSeconds - what the receiver asked for: the next attempt comes no sooner.
 * @returns seconds, or undefined after the last attempt.
 */
export const callbackDelaySeconds = (
  attempts: number,
  jitter: number,
  retryAfterSeconds?: number,
): number | undefined => {
  const delay = DELAYS_SECONDS[attempts - 1];
  if (delay === undefined) return undefined;
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_SECONDS);
  return Math.max(delay, asked) * (1 + JITTER_SHARE * jitter);
};
