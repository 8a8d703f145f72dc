import { parseTimeSpan } from '../settings/time-span.ts';
import { parseNcrontab } from './ncrontab.ts';

/** When a timer trigger fires. */
export interface TimerSchedule {
  /** With settings resolved. */
  readonly expression: string;
  /** The first occurrence after an instant, ms since the epoch. */
  next(after: number): number;
  /** Whether it fires so often that its status is not kept: the platform then ignores `useMonitor`. */
  isFrequent(now: number): boolean;
  readonly adjustForDst: boolean;
}

const MINUTE_MS = 60_000;
/** What an expression that never comes true gives (.NET's `DateTime.MaxValue`). */
export const NEVER = Date.UTC(9999, 11, 31, 23, 59, 59);

/**
 * Reads `schedule` of a timer trigger: an NCRONTAB expression, in UTC, else a TimeSpan between two runs (azure-webjobs-sdk-extensions
 * `TimerSchedule.cs`).
 *
 * @param setting - looks up an application setting, for `%NAME%`.
 * @throws Error with the platform's message and the reason.
 */
export const createTimerSchedule = (written: string, setting: (name: string) => string | undefined): TimerSchedule => {
  const expression = written.replaceAll(/%([^%]+)%/g, (whole, name: string) => {
    const value = setting(name);
    if (value === undefined) {
      throw new Error(`'${whole}' does not resolve to a value: set ${name} under Values in local.settings.json.`);
    }
    return value;
  });
  try {
    const cron = parseNcrontab(expression);
    const next = (after: number): number => cron.next(after) ?? NEVER;
    return {
      expression,
      next,
      // More than one occurrence in the minute that begins now, its end excluded.
      isFrequent: (now) => cron.isEveryMinute && next(next(now)) < now + MINUTE_MS,
      adjustForDst: true,
    };
  } catch (error) {
    const interval = parseTimeSpan(expression);
    if (interval === undefined || interval <= 0) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The schedule expression '${expression}' was not recognized as a valid cron expression or timespan string. ${why}`,
        { cause: error },
      );
    }
    const next = (after: number): number => after + interval;
    return { expression, next, isFrequent: () => interval < MINUTE_MS, adjustForDst: false };
  }
};
