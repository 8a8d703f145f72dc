import { describe, expect, it } from 'vitest';
import { parseDeploymentRequest } from '../../../src/deployment/request/parse-request.ts';
import {
  EXPIRY_EVENT,
  expiryFrom,
  expiryView,
  expiryViewSchema,
  noticedAt,
} from '../../../src/deployment/run/expiry.ts';

const NOW = Date.UTC(2026, 0, 1);
const HOUR_MS = 3600 * 1000;

const hoursOf = (text: string): number[] => {
  const { expiresAt, noticeAt } = expiryFrom(text, NOW);
  return [expiresAt, noticeAt].map((instant) => (instant - NOW) / HOUR_MS);
};

describe('expiresAt', () => {
  it.each([
    ['PT1H', 1, 0.75],
    ['PT90M', 1.5, 1.125],
    ['P1DT12H30M', 36.5, 27.375],
    ['P4D', 96, 72],
    ['P2W', 336, 312],
    ['2026-01-08T00:00:00Z', 168, 144],
    ['2026-01-08T01:00:00+01:00', 168, 144],
  ])('%s: the hours to the end and to the notice', (text, ...hours) => {
    expect(parseDeploymentRequest({ expiresAt: text }).ok).toBe(true);
    expect(hoursOf(text)).toEqual(hours);
  });
});

it('a notice that comes late puts the end off, by an hour at most', () => {
  const expiry = expiryFrom('P4D', NOW);
  expect(noticedAt(expiry, expiry.noticeAt)).toEqual(expiry);
  expect(noticedAt(expiry, expiry.expiresAt + HOUR_MS).expiresAt).toBe(expiry.expiresAt + 2 * HOUR_MS);
  const short = expiryFrom('PT1H', NOW);
  expect(noticedAt(short, short.expiresAt).expiresAt).toBe(short.expiresAt + HOUR_MS / 4);
});

it.each([
  ['now', 0],
  ['a second after the notice was due', 1000],
  ['an hour after', HOUR_MS],
])('a notice that comes %s leaves a day, less an hour at most', (_, lateMs) => {
  const expiry = expiryFrom('P7D', NOW);
  expect(noticedAt(expiry, expiry.noticeAt + lateMs)).toEqual(expiry);
});

it('what expired before it was asked for has its notice at once', () => {
  expect(expiryFrom('2025-01-01T00:00:00Z', NOW)).toEqual({
    expiresAt: Date.UTC(2025, 0, 1),
    noticeAt: Date.UTC(2025, 0, 1),
  });
});

it('a notice comes at a whole millisecond, as timers do', () => {
  expect(expiryFrom('2026-01-01T01:00:00.001Z', NOW).noticeAt).toBe(NOW + 0.75 * HOUR_MS);
});

it.each(['Scheduled', 'Expiring', 'Expired', 'Over'] as const)(
  'callers see the state %s with its instants',
  (state) => {
    const view = expiryView(expiryFrom('P7D', NOW), state);
    expect(view).toEqual({ state, expiresAt: '2026-01-08T00:00:00.000Z', noticeAt: '2026-01-07T00:00:00.000Z' });
    expect(expiryViewSchema.parse(view)).toEqual(view);
  },
);

it('another POST for the run raises the event that running expiries wait for', () => {
  expect(EXPIRY_EVENT).toBe('expiresAt');
});
