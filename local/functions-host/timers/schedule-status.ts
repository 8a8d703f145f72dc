import type { TimerSchedule } from './timer-schedule.ts';

/** What is remembered of a timer, ms since the epoch; undefined is .NET's default date, which means not yet. */
export interface ScheduleStatus {
  readonly last: number | undefined;
  /** When an invocation reads it, this is the occurrence that it is for. */
  readonly next: number;
  readonly lastUpdated: number | undefined;
}

/** What a start found. */
export interface PastDueCheck {
  /** To be stored when it differs from what was. */
  readonly status: ScheduleStatus;
  readonly isPastDue: boolean;
}

/**
 * Whether an occurrence was missed while no host ran (azure-webjobs-sdk-extensions `ScheduleMonitor.CheckPastDueAsync`). A schedule that has changed
 * since counts from now on.
 */
export const checkPastDue = (
  now: number,
  schedule: TimerSchedule,
  stored: ScheduleStatus | undefined,
): PastDueCheck => {
  if (!stored) {
    return { status: { last: undefined, next: schedule.next(now), lastUpdated: now }, isPastDue: false };
  }
  const basis = stored.last ?? stored.lastUpdated ?? now;
  const expected = schedule.next(basis);
  if (stored.next === expected) return { status: stored, isPastDue: now > stored.next };
  const isMissed = now > expected;
  const next = isMissed ? schedule.next(now) : expected;
  return { status: { last: undefined, next, lastUpdated: isMissed ? now : basis }, isPastDue: false };
};
