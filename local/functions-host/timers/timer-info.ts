import type { ScheduleStatus } from './schedule-status.ts';
import type { TimerSchedule } from './timer-schedule.ts';

/** .NET's `default(DateTime)`, by which the platform says "not yet". */
const DEFAULT_DATE = '0001-01-01T00:00:00+00:00';

/** A local time as Newtonsoft.Json writes it, on a machine in UTC: no zeros at the end of the fraction, and none for whole seconds. */
export const formatLocalTime = (at: number | undefined): string =>
  at === undefined ? DEFAULT_DATE : `${withoutZeros(new Date(at).toISOString().slice(0, -1))}+00:00`;

/** @param instant - with a fraction of three digits. */
const withoutZeros = (instant: string): string => {
  const [whole = '', fraction = ''] = instant.split('.');
  const digits = fraction.replace(/0{1,3}$/, '');
  return digits === '' ? whole : `${whole}.${digits}`;
};

/**
 * The JSON of azure-webjobs-sdk-extensions `TimerInfo.cs`, from which `@azure/functions` makes its `Timer`.
 *
 * @param status - undefined when the schedule is not monitored.
 */
export const timerInfo = (
  schedule: Pick<TimerSchedule, 'adjustForDst'>,
  status: ScheduleStatus | undefined,
  isPastDue: boolean,
): string =>
  JSON.stringify({
    Schedule: { AdjustForDST: schedule.adjustForDst },
    ScheduleStatus: status
      ? {
          Last: formatLocalTime(status.last),
          Next: formatLocalTime(status.next),
          LastUpdated: formatLocalTime(status.lastUpdated),
        }
      : null,
    IsPastDue: isPastDue,
  });
