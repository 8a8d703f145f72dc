import { describe, expect, it } from 'vitest';
import type { Approval } from '../../src/deployment/run/approval.ts';
import { awaitApproval } from '../../src/orchestrators/approval.ts';
import { Cancellation } from '../../src/orchestrators/driver/cancellation.ts';
import { play, START, type World } from './driver/made-up-durable.ts';

const HOUR = 3600;

const iso = (second: number): string => new Date(START + second * 1000).toISOString();

describe.each([3, 4] as const)('durable-functions %i', (major) => {
  const wait = (world: Partial<World>, timeoutHours = 48) => {
    const shown: Approval[] = [];
    const played = play(
      function* (context) {
        const cancellation = new Cancellation(context);
        yield* cancellation.listen();
        const run = { run: 'r1', approval: { timeoutHours } };
        return yield* awaitApproval(run, cancellation, (approval) => shown.push(approval));
      },
      { major, ...world },
    );
    return { ...played, shown };
  };

  const decision = (atSecond: number, data: object, run = 'r1') => ({ atSecond, name: `decision:${run}`, data });

  it('ends with who approved, and when', () => {
    const approve = { decision: 'approve', by: 'bob', byVerified: true, reason: 'looks right' };
    const { returned, shown, openTimers } = wait({ events: [decision(600, approve)] });
    const asked = { requestedAt: iso(0), expiresAt: iso(48 * HOUR) };
    const ended = {
      ...asked,
      state: 'Approved',
      by: 'bob',
      byVerified: true,
      reason: 'looks right',
      decidedAt: iso(600),
    };
    expect(returned).toEqual(ended);
    expect(shown).toEqual([{ ...asked, state: 'Awaiting' }, ended]);
    expect(openTimers).toEqual([]);
  });

  it('ends with who rejected', () => {
    const reject = { decision: 'reject', by: 'bob', byVerified: false, reason: 'too large' };
    const { returned } = wait({ events: [decision(600, reject)] });
    expect(returned).toMatchObject({ state: 'Rejected', by: 'bob', byVerified: false, reason: 'too large' });
  });

  it('ends when nobody decides in time, after sleeps of no more than a day', () => {
    const { returned, atSecond, log, openTimers } = wait({}, 60);
    expect(returned).toMatchObject({ state: 'TimedOut', decidedAt: iso(60 * HOUR) });
    expect(atSecond).toBe(60 * HOUR);
    expect(log).toEqual([
      '0 timer for 0',
      `0 timer for ${24 * HOUR}`,
      `${24 * HOUR} timer for ${48 * HOUR}`,
      `${48 * HOUR} timer for ${60 * HOUR}`,
    ]);
    expect(openTimers).toEqual([]);
  });

  it('ends when the deployment is cancelled', () => {
    const { returned, openTimers } = wait({ events: [{ atSecond: 60, name: 'cancel', data: {} }] });
    expect(returned).toMatchObject({ state: 'Cancelled', decidedAt: iso(60) });
    expect(openTimers).toEqual([]);
  });

  it('takes no decision on another run, nor one that says nothing', () => {
    const approve = { decision: 'approve', by: 'bob', byVerified: true };
    const { returned } = wait({
      events: [
        decision(10, approve, 'r0'),
        decision(20, { decision: 'perhaps' }),
        decision(30, { ...approve, by: 'eve' }),
      ],
    });
    expect(returned).toMatchObject({ state: 'Approved', by: 'eve', decidedAt: iso(30) });
  });

  it('times out after as long on workers whose clocks are behind, and sets no timer twice', () => {
    const { returned, log } = wait({ secondsBehind: (second) => (second > 0 ? 30 : 0) });
    expect(returned).toMatchObject({ state: 'TimedOut', decidedAt: iso(48 * HOUR) });
    expect(log).toEqual(['0 timer for 0', `0 timer for ${24 * HOUR}`, `${24 * HOUR} timer for ${48 * HOUR}`]);
  });
});
