import { type FieldKind, type FieldValues, parseField } from './ncrontab-field.ts';

/** A parsed expression. Times are ms since the epoch, in UTC. */
export interface Ncrontab {
  /** The first occurrence after an instant, whose milliseconds do not count; undefined when there is none, as for 30 February. */
  next(after: number): number | undefined;
  /** Whether only the seconds are restricted. */
  readonly isEveryMinute: boolean;
}

const SECOND: FieldKind = { name: 'Second', minimum: 0, maximum: 59 };
const KINDS: readonly FieldKind[] = [
  { name: 'Minute', minimum: 0, maximum: 59 },
  { name: 'Hour', minimum: 0, maximum: 23 },
  { name: 'Day', minimum: 1, maximum: 31 },
  {
    name: 'Month',
    minimum: 1,
    maximum: 12,
    names: [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ],
  },
  {
    name: 'DayOfWeek',
    minimum: 0,
    maximum: 6,
    names: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  },
];

/** 29 February on a given day of the week comes at least every 40 years. */
const MOST_YEARS = 41;

/**
 * Reads an expression of six fields, or of five, which is without seconds and means second 0 (atifaziz/NCrontab `CrontabSchedule.cs`,
 * azure-webjobs-sdk-extensions `CronSchedule.cs`). A day must suit the day of month and the day of week, where cron takes either.
 *
 * Own code, since the libraries follow Vixie cron: days of month or week, 7 for Sunday, `?`, `L`, `#`.
 *
 * @throws Error that says which field is wrong.
 */
export const parseNcrontab = (expression: string): Ncrontab => {
  const texts = expression.split(' ').filter(Boolean);
  if (texts.length !== 5 && texts.length !== 6) {
    throw new Error(
      `'${expression}' is an invalid crontab expression. It must contain 6 components of a schedule in the sequence of seconds, minutes, hours, days, months, and days of week.`,
    );
  }
  const kinds = texts.length === 6 ? [SECOND, ...KINDS] : KINDS;
  const fields = kinds.map((kind, i) => parseField(texts[i] ?? '', kind));
  const [seconds = [], minutes = [], hours = [], days = [], months = [], weekdays = []] =
    texts.length === 6 ? fields : [[0], ...fields];
  const timeFrom = (second: number): number | undefined => firstTime(hours, minutes, seconds, second);
  return {
    isEveryMinute:
      minutes.length === 60 &&
      hours.length === 24 &&
      days.length === 31 &&
      months.length === 12 &&
      weekdays.length === 7,
    next: (after) => {
      const start = new Date(Math.floor(after / 1000) * 1000 + 1000);
      const midnight = Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate());
      let earliest = (start.getTime() - midnight) / 1000;
      const day = new Date(midnight);
      const lastYear = day.getUTCFullYear() + MOST_YEARS;
      while (day.getUTCFullYear() <= lastYear) {
        if (!months.includes(day.getUTCMonth() + 1)) {
          day.setUTCMonth(day.getUTCMonth() + 1, 1);
        } else {
          const suits = days.includes(day.getUTCDate()) && weekdays.includes(day.getUTCDay());
          const time = suits ? timeFrom(earliest) : undefined;
          if (time !== undefined) return day.getTime() + time * 1000;
          day.setUTCDate(day.getUTCDate() + 1);
        }
        earliest = 0;
      }
      return undefined;
    },
  };
};

/** The first allowed time of a day, in seconds since midnight, that is not before another. */
const firstTime = (
  hours: FieldValues,
  minutes: FieldValues,
  seconds: FieldValues,
  earliest: number,
): number | undefined => {
  for (const hour of hours) {
    if ((hour + 1) * 3600 <= earliest) continue;
    for (const minute of minutes) {
      const begin = hour * 3600 + minute * 60;
      const second = seconds.find((each) => begin + each >= earliest);
      if (second !== undefined) return begin + second;
    }
  }
  return undefined;
};
