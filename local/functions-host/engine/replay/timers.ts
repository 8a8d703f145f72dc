import type { ReplayContext } from './replay-context.ts';
import { type Coroutine, type Outcome, outcomeOf, succeeded } from './replay-task.ts';

/** How far one timer of the storage reaches, ms: a longer wait is made of legs. */
export interface TimerLimits {
  readonly maximumShortTimerMs: number;
  readonly longTimerIntervalMs: number;
}

/** What the extension remembers about timers for a whole replay. */
export interface LongTimerState {
  /** Its IsLongRunningTimer: one field for all timers of an instance, so parallel timers see each other's. */
  longRunning: boolean;
}

/** DurableOrchestrationContext.CreateTimer: one leg, or several when `fireAt` is too far away. */
export function* durableTimer(
  context: ReplayContext,
  state: LongTimerState,
  limits: TimerLimits,
  fireAt: number,
): Coroutine<Outcome> {
  let legEnd = fireAt;
  if (fireAt - context.now > limits.maximumShortTimerMs) {
    state.longRunning = true;
    legEnd = context.now + limits.longTimerIntervalMs;
  }
  let outcome = succeeded;
  if (!state.longRunning) outcome = yield* outcomeOf(context.scheduleTimer(fireAt));
  else {
    while (context.now < fireAt) {
      outcome = yield* outcomeOf(context.scheduleTimer(legEnd));
      legEnd = Math.min(fireAt, context.now + limits.longTimerIntervalMs);
    }
  }
  state.longRunning = false;
  return outcome;
}
