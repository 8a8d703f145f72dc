import { describe, expect, it } from 'vitest';
import { expiresAtSchema, expiryError, expiryInstant } from '../../../src/deployment/request/expires-at.ts';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;

const TOO_SOON = 'must be at least an hour after the request';
const TOO_LATE = 'must be at most 365 days after the request';
const NO_TIME =
  'must be an instant or a duration of ISO 8601 in weeks, days, hours and minutes, such as 2026-12-24T18:00:00Z, P7D or PT8H';

describe('a time to expire', () => {
  it.each([
    ['PT60M', 60],
    ['PT1H', 60],
    ['PT1H5M', 65],
    ['P1D', 1440],
    ['P1DT12H30M', 2190],
    ['P1DT5M', 1445],
    ['P2W', 20_160],
    ['P52W', 524_160],
    ['P365D', 525_600],
    ['PT08760H', 525_600],
    ['PT525600M', 525_600],
    ['2026-01-01T02:00:00Z', 120],
    ['2026-01-01T02:00:00.000+01:00', 60],
  ])('%s is %i minutes after midnight', (text, minutes) => {
    expect(expiresAtSchema.safeParse(text).success).toBe(true);
    expect(expiryError(text, NOW)).toBeUndefined();
    expect((expiryInstant(text, NOW) - NOW) / MINUTE_MS).toBe(minutes);
  });

  it.each([
    ['PT59M', TOO_SOON],
    ['P0D', TOO_SOON],
    ['P365DT1M', TOO_LATE],
    ['P53W', TOO_LATE],
    ['P999W', TOO_LATE],
    ['P9999D', TOO_LATE],
  ])('%s: %s', (text, message) => {
    expect(expiresAtSchema.safeParse(text).error?.issues.map((issue) => issue.message)).toEqual([message]);
    expect(expiryError(text, NOW)).toBe(message);
  });

  it.each([
    'tomorrow',
    '',
    'P',
    'PT',
    'P1DT',
    'P1Y',
    'P1M',
    'P1W2D',
    'P1WT5H',
    'PT5S',
    'PT5M1H',
    'P1.5D',
    'P-1D',
    'p1d',
    ' P1D',
    'P1D ',
    'xP1D',
    'P1000W',
    'P10000D',
    'PT100000H',
    'PT1000000M',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-02-30T00:00:00Z',
  ])('%j is none', (text) => {
    expect(expiresAtSchema.safeParse(text).error?.issues[0]?.message).toBe(NO_TIME);
    expect(expiryError(text, NOW)).toBeUndefined();
  });

  // The schema does not know when the request comes: only with the time is an instant too near or too far.
  it.each([
    ['2026-01-01T00:59:59Z', TOO_SOON],
    ['2025-01-01T00:00:00Z', TOO_SOON],
    ['2026-01-01T01:00:00Z', undefined],
    ['2027-01-01T00:00:00Z', undefined],
    ['2027-01-01T00:00:01Z', TOO_LATE],
  ])('%s is near and far enough: %s', (text, message) => {
    expect(expiresAtSchema.safeParse(text).success).toBe(true);
    expect(expiryError(text, NOW)).toBe(message);
  });
});

it('what no release can read expires after the longest time', () => {
  expect(expiryInstant('some day', NOW)).toBe(NOW + 365 * 24 * 60 * MINUTE_MS);
});
