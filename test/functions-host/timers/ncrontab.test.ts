import { expect, test } from 'vitest';
import { parseNcrontab } from '../../../local/functions-host/timers/ncrontab.ts';

const next = (expression: string, after: string): string | undefined => {
  const at = parseNcrontab(expression).next(Date.parse(`${after}Z`));
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 19);
};

test.each([
  ['every five minutes', '0 */5 * * * *', '2026-03-01T10:02:30', '2026-03-01T10:05:00'],
  ['never the instant itself', '0 */5 * * * *', '2026-03-01T10:05:00', '2026-03-01T10:10:00'],
  ['over the end of the year', '30 59 23 31 12 *', '2026-12-31T23:59:30', '2027-12-31T23:59:30'],
  ['five fields mean second 0', '*/5 * * * *', '2026-03-01T10:02:30', '2026-03-01T10:05:00'],
  ['seconds in steps from a value', '2/20 * * * * *', '2026-03-01T10:00:42', '2026-03-01T10:01:02'],
  ['lists and ranges', '45-47,50 * * * * *', '2026-03-01T10:00:47', '2026-03-01T10:00:50'],
  ['a range with a step', '0 10-40/15 * * * *', '2026-03-01T10:25:00', '2026-03-01T10:40:00'],
  ['a range written backwards', '0 0 17-9/4 * * *', '2026-03-01T10:00:00', '2026-03-01T13:00:00'],
  ['names, by any beginning, in any case', '0 0 9 * SEPT-nov MON', '2026-03-01T00:00:00', '2026-09-07T09:00:00'],
  ['of the months that begin alike, the first', '0 0 0 1 J *', '2026-03-01T00:00:00', '2027-01-01T00:00:00'],
  ['day of month and day of week together', '0 0 0 13 * FRI', '2026-03-14T00:00:00', '2026-11-13T00:00:00'],
  ['only months that have the day', '0 0 0 31 * *', '2026-03-31T00:00:00', '2026-05-31T00:00:00'],
  ['29 February', '0 0 0 29 2 *', '2026-03-01T00:00:00', '2028-02-29T00:00:00'],
  ['29 February on a Monday, over the year 2100', '0 0 0 29 2 1', '2072-03-01T00:00:00', '2112-02-29T00:00:00'],
  ['a step of 0 is 1', '*/0 * * * * *', '2026-03-01T10:00:00', '2026-03-01T10:00:01'],
  ['more blanks than needed', ' 0  0   3 * * * ', '2026-03-01T10:00:00', '2026-03-02T03:00:00'],
])('%s: %s after %s', (_, expression, after, expected) => {
  expect(next(expression, after)).toBe(expected);
});

test('a date that does not exist never comes', () => {
  expect(next('0 0 0 30 2 *', '2026-01-01T00:00:00')).toBeUndefined();
});

test.each([
  ['0 0 3 * *  * *', /must contain 6 components/],
  ['', /must contain 6 components/],
  [
    '60 * * * * *',
    /60 is higher than the maximum allowable value for the \[Second\] field\. Value must be between 0 and 59/,
  ],
  ['0 0 0 0 * *', /0 is lower than the minimum allowable value for the \[Day\] field/],
  ['0 0 0 * * 7', /7 is higher than the maximum allowable value for the \[DayOfWeek\] field/],
  ['0 0 0 * * ?', /'\?' is not a known value name\. Use one of the following: Sunday, /],
  ['0 0 0 L * *', /'L' is not a valid \[Day\] crontab field value/],
  ['0 1,,2 * * * *', /cannot be empty/],
  ['0 */x * * * *', /'x' is not a valid step in the \[Minute\] field/],
  ['0 5x * * * *', /'5x' is not a valid \[Minute\] crontab field value/],
])('%j is refused', (expression, message) => {
  expect(() => parseNcrontab(expression)).toThrow(message);
});
