import { expect, test } from 'vitest';
import { formatTimeSpan, parseTimeSpan } from '../../../local/functions-host/settings/time-span.ts';
import { createTimerSchedule } from '../../../local/functions-host/timers/timer-schedule.ts';

const HOUR = 3600_000;
const start = Date.UTC(2026, 2, 1, 10, 2, 30);
const schedule = (written: string, settings: Record<string, string> = {}) =>
  createTimerSchedule(written, (name) => settings[name]);

test.each([
  ['00:05:00', HOUR / 12],
  ['23:59:59.5', 24 * HOUR - 500],
  ['1.00:00:00', 24 * HOUR],
  ['24:00:00', 24 * 24 * HOUR],
  ['6', 6 * 24 * HOUR],
  ['-1', -24 * HOUR],
  ['01:30', 1.5 * HOUR],
  ['00:60:00', undefined],
  ['five', undefined],
  ['', undefined],
])('the TimeSpan %j', (text, ms) => {
  expect(parseTimeSpan(text)).toBe(ms);
});

test('a TimeSpan is written as .NET does', () => {
  expect([90_000, 25 * HOUR].map(formatTimeSpan)).toEqual(['00:01:30', '1.01:00:00']);
});

test('a TimeSpan counts from the run before', () => {
  expect(schedule('01:00:00')).toMatchObject({ adjustForDst: false });
  expect(schedule('01:00:00').next(start)).toBe(start + HOUR);
});

test('a setting may hold the schedule; one that is missing is named', () => {
  expect(schedule('%EVERY%', { EVERY: '0 0 * * * *' }).next(start)).toBe(Date.UTC(2026, 2, 1, 11));
  expect(() => schedule('%EVERY%')).toThrow("'%EVERY%' does not resolve to a value: set EVERY under Values in local.");
});

test('what is neither is refused in the words of the platform, with the reason', () => {
  expect(() => schedule('0 60 * * * *')).toThrow(
    "The schedule expression '0 60 * * * *' was not recognized as a valid cron expression or timespan string. 60 is higher than",
  );
  expect(() => schedule('00:00:00')).toThrow('was not recognized');
});

test.each([
  ['*/30 * * * * *', true],
  ['0 * * * * *', false],
  ['*/30 */2 * * * *', false],
  ['00:00:59', true],
  ['00:01:00', false],
])('%s is too frequent to be monitored: %s', (written, frequent) => {
  expect(schedule(written).isFrequent(start + 1)).toBe(frequent);
});
