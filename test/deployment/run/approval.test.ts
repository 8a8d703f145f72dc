import { describe, expect, it } from 'vitest';
import {
  type Approval,
  approvalSchema,
  decisionEvent,
  decisionSchema,
  endReasonOf,
  stateAfter,
} from '../../../src/deployment/run/approval.ts';

const asked = { requestedAt: '2026-01-01T00:00:00Z', expiresAt: '2026-01-02T00:00:00Z' };

const approval = (state: Approval['state'], more: Partial<Approval> = {}): Approval => ({ ...asked, state, ...more });

describe('why a deployment ended', () => {
  it.each([
    [approval('Rejected', { by: 'Ada', reason: 'Too dear.' }), 'Rejected by Ada: Too dear.'],
    [approval('Rejected', { by: 'Ada' }), 'Rejected by Ada.'],
    [approval('TimedOut'), 'Nobody had decided on it by 2026-01-02T00:00:00Z.'],
    [approval('Approved', { by: 'Ada' }), undefined],
    [approval('Awaiting'), undefined],
    [approval('Cancelled'), undefined],
    [undefined, undefined],
  ])('%j: %s', (state, reason) => {
    expect(endReasonOf(state)).toBe(reason);
  });
});

it('a decision is on one run only: its event carries the run', () => {
  expect(decisionEvent('r1')).toBe('decision:r1');
});

it.each([
  ['approve', 'Approved'],
  ['reject', 'Rejected'],
] as const)('%s leads to %s', (decision, state) => {
  expect(stateAfter[decision]).toBe(state);
});

const decided = { by: 'Ada', byId: 'object-id', byVerified: true, reason: 'Fine.' };

it.each(['approve', 'reject'])('the decision %s is kept whole', (decision) => {
  expect(decisionSchema.parse({ decision, ...decided })).toEqual({ decision, ...decided });
  expect(decisionSchema.safeParse({ decision, by: 'Ada' }).success).toBe(false);
});

it.each(['Awaiting', 'Approved', 'Rejected', 'TimedOut', 'Cancelled'] as const)(
  'an approval in the state %s is kept whole',
  (state) => {
    expect(approvalSchema.parse(approval(state))).toEqual(approval(state));
    const whole = approval(state, { decidedAt: '2026-01-01T01:00:00Z', ...decided });
    expect(approvalSchema.parse(whole)).toEqual(whole);
    // What was decided is the state itself.
    expect(approvalSchema.parse({ ...whole, decision: 'approve' })).toEqual(whole);
  },
);
