const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Reads a duration as .NET's `TimeSpan.TryParse` does: `[-][d.]hh:mm[:ss[.fffffff]]`, or a number of days alone. With two colons and 24 or more in
 * front it is `d:hh:mm`, so `24:00:00` is 24 days (Microsoft Learn, "Timer trigger for Azure Functions", TimeSpan).
 *
 * @returns ms; undefined when the text is no duration.
 */
export const parseTimeSpan = (text: string): number | undefined => {
  const trimmed = text.trim();
  const isNegative = trimmed.startsWith('-');
  const rest = isNegative ? trimmed.slice(1) : trimmed;
  const ms = /^\d+$/.test(rest) ? Number(rest) * DAY_MS : fromClockForm(rest);
  return ms === undefined ? undefined : isNegative ? -ms : ms;
};

const fromClockForm = (text: string): number | undefined => {
  const match = /^(?:(\d+)\.)?(\d+):(\d+)(?::(\d+)(?:\.(\d{1,7}))?)?$/.exec(text);
  if (!match) return undefined;
  const [, days = '0', first = '', second = '', third = '0', fraction = '0'] = match;
  const hasThree = match[4] !== undefined;
  const isDaysFirst = match[1] === undefined && match[5] === undefined && hasThree && Number(first) > 23;
  const [d, h, m, s] = (isDaysFirst ? [first, second, third, '0'] : [days, first, second, third]).map(Number);
  if (d === undefined || h === undefined || m === undefined || s === undefined) return undefined;
  if (h > 23 || m > 59 || s > 59) return undefined;
  return d * DAY_MS + h * HOUR_MS + m * MINUTE_MS + s * SECOND_MS + Number(`0.${fraction}`) * SECOND_MS;
};

/** A duration as .NET writes it: `[d.]hh:mm:ss`. @param ms - whole seconds count. */
export const formatTimeSpan = (ms: number): string => {
  const days = Math.floor(ms / DAY_MS);
  const clock = new Date(ms % DAY_MS).toISOString().slice(11, 19);
  return days > 0 ? `${days}.${clock}` : clock;
};
