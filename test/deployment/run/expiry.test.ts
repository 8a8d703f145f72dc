import { describe, expect, it } from 'vitest';
import { parseDeploymentRequest } from '../../../src/deployment/request/parse-request.ts';
import { expiryFrom, noticedAt } from '../../../src/deployment/run/expiry.ts';

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
