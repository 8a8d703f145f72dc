import { expect, it } from 'vitest';
import { storedApprovalSchema } from '../../../../src/deployment/run/stored/stored-approval.ts';

const whole = {
  state: 'Postponed',
  requestedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-01-02T00:00:00Z',
  decidedAt: '2026-01-01T01:00:00Z',
  by: 'Ada',
  byId: 'object-id',
  byVerified: true,
  reason: 'Later.',
};

it('an approval is read whole, with a state and fields that this release does not know', () => {
  expect(storedApprovalSchema.parse({ ...whole, later: 1 })).toEqual({ ...whole, later: 1 });
});

it('an approval may say its state alone', () => {
  expect(storedApprovalSchema.parse({ state: 'Awaiting' })).toEqual({
    state: 'Awaiting',
    requestedAt: '',
    expiresAt: '',
  });
  expect(storedApprovalSchema.safeParse({}).success).toBe(false);
});

it.each(Object.keys(whole))('an approval whose %s is of another kind cannot be read', (field) => {
  expect(storedApprovalSchema.safeParse({ ...whole, [field]: 7 }).success).toBe(false);
});
