import type { RetryOptions } from './orchestrator-state.ts';
import type { ReplayContext } from './replay-context.ts';
import { type Coroutine, type Outcome, outcomeOf, type ReplayTask, succeeded } from './replay-task.ts';

/**
 * Retries as DTFx RetryInterceptor.cs does, with its timer that fires at once after the last failure: the JS SDK hands the
 * error to the orchestrator only when it sees that timer. A failure that is not retriable, and an expired retry timeout, make no timer.
 */
export function* withRetry(
  context: ReplayContext,
  options: RetryOptions,
  attempt: () => ReplayTask,
): Coroutine<Outcome> {
  const start = context.now;
  for (let count = 0; count < options.maxNumberOfAttempts; count++) {
    const outcome = yield* outcomeOf(attempt());
    if (outcome.ok || outcome.nonRetriable) return outcome;
    if (count + 1 >= options.maxNumberOfAttempts) {
      yield* outcomeOf(context.scheduleTimer(context.now));
      return outcome;
    }
    const delay = delayAfter(options, count, context.now - start);
    if (delay === 0) return outcome;
    yield* outcomeOf(context.scheduleTimer(context.now + delay));
  }
  return succeeded;
}

const delayAfter = (options: RetryOptions, count: number, elapsed: number): number => {
  const { retryTimeoutInMilliseconds: timeout } = options;
  if (timeout !== undefined && elapsed >= timeout) return 0;
  const delay = options.firstRetryIntervalInMilliseconds * options.backoffCoefficient ** count;
  return Math.min(delay, options.maxRetryIntervalInMilliseconds);
};
