import { describe, expect, it } from 'vitest';
import {
  expiryViewOf,
  storedExpiryChangeSchema,
  storedExpirySchema,
} from '../../../../src/deployment/run/stored/stored-expiry.ts';
import { anInstance } from '../../../support/an-instance.ts';

const expiry = { deploymentId: 'a', run: 'r1', expiresAt: '2026-01-01T00:00:00Z' };

describe('an expiry that another release stored', () => {
  it('is read whole, with what this release does not know', () => {
    expect(storedExpirySchema.parse({ ...expiry, later: 1 })).toEqual({ ...expiry, later: 1, schemaVersion: 1 });
  });

  it.each(Object.keys(expiry))('is none without %s', (field) => {
    expect(storedExpirySchema.safeParse({ ...expiry, [field]: undefined }).success).toBe(false);
  });

  it('is left alone when its fields have another meaning', () => {
    expect(storedExpirySchema.safeParse({ ...expiry, schemaVersion: 2 }).success).toBe(false);
  });
});

describe('a change of an expiry', () => {
  it.each(['P1D', null])('may be %j', (expiresAt) => {
    expect(storedExpiryChangeSchema.parse({ expiresAt, by: 'Ada' })).toEqual({ expiresAt, by: 'Ada' });
  });

  it.each([{}, { expiresAt: 7 }])('is none when it is %j', (change) => {
    expect(storedExpiryChangeSchema.safeParse(change).success).toBe(false);
  });
});

describe('how an expiry stands', () => {
  const view = { state: 'Postponed', expiresAt: '2026-01-02T00:00:00Z', noticeAt: '2026-01-01T00:00:00Z' };

  it('is shown also in a state that this release does not know', () => {
    expect(expiryViewOf(anInstance({ customStatus: view }))).toEqual(view);
  });

  it.each(Object.keys(view))('is not shown without %s', (field) => {
    expect(expiryViewOf(anInstance({ customStatus: { ...view, [field]: undefined } }))).toBeUndefined();
  });

  it('is not known of an instance that was only just started', () => {
    expect(expiryViewOf(anInstance())).toBeUndefined();
  });
});
