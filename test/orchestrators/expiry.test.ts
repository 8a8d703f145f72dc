import { describe, expect, it } from 'vitest';
import { expiryOrchestrator } from '../../src/orchestrators/expiry.ts';
import { play, START, type World } from './driver/made-up-durable.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

const iso = (second: number): string => new Date(START + second * 1000).toISOString();

const input = { deploymentId: 'one', run: 'r1', expiresAt: iso(10 * DAY) };

describe.each([3, 4] as const)('durable-functions %i', (major) => {
  /** @param undo - what checks say once the time has come, in their order. */
  const expire = (world: Partial<World> = {}, undo: readonly string[] = ['undoing', 'undone']) => {
    const left = [...undo];
    const checks: { readonly atSecond: number; readonly due: boolean }[] = [];
    const call = (_: string, about: unknown, atSecond: number) => {
      const due = Object(about).due === true;
      checks.push({ atSecond, due });
      return { state: due ? left.shift() : 'waiting' };
    };
    const played = play(expiryOrchestrator, { major, input, call, ...world });
    const states = played.statuses.map((status) => Object(status).state);
    return { ...played, checks, states: states.filter((state, index) => state !== states[index - 1]) };
  };

  const change = (atSecond: number, expiresAt: string | null) => ({ atSecond, name: 'expiresAt', data: { expiresAt } });

  it('gives notice a day before, and undoes the run when its time has come', () => {
    const { returned, states, checks, openTimers } = expire();
    expect(returned).toEqual({ state: 'Expired', expiresAt: iso(10 * DAY), noticeAt: iso(9 * DAY) });
    expect(states).toEqual(['Scheduled', 'Expiring', 'Expired']);
    const due = checks.filter((check) => check.due);
    expect(due.map(({ atSecond }) => atSecond)).toEqual([10 * DAY + 1, 10 * DAY + HOUR + 1]);
    expect(openTimers).toEqual([]);
  });

  it('checks whether the run is still there after a quarter of an hour, then every five days', () => {
    const { checks } = expire();
    expect(checks.filter(({ due }) => !due).map(({ atSecond }) => Math.round(atSecond / HOUR))).toEqual([0, 120]);
  });

  it('ends when another run has taken its place', () => {
    const { returned, atSecond, openTimers } = expire({ call: () => ({ state: 'over' }) });
    expect(returned).toMatchObject({ state: 'Over' });
    expect(atSecond).toBe(HOUR / 4 + 1);
    expect(openTimers).toEqual([]);
  });

  it.each([
    ['is cancelled', { atSecond: DAY, name: 'cancel', data: {} }],
    ['is asked never to expire', change(DAY, null)],
  ])('ends when it %s', (_, event) => {
    const { returned, atSecond, checks, openTimers } = expire({ events: [event] });
    expect(returned).toMatchObject({ state: 'Over' });
    expect(atSecond).toBe(DAY);
    expect(checks.every(({ due }) => !due)).toBe(true);
    expect(openTimers).toEqual([]);
  });

  it('takes another instant, earlier or later, as often as it is asked', () => {
    const { returned, statuses } = expire({ events: [change(DAY, iso(20 * DAY)), change(2 * DAY, iso(4 * DAY))] });
    expect(statuses).toContainEqual({ state: 'Scheduled', expiresAt: iso(20 * DAY), noticeAt: iso(19 * DAY) });
    expect(returned).toEqual({ state: 'Expired', expiresAt: iso(4 * DAY), noticeAt: iso(3 * DAY + HOUR * 12) });
  });

  it('takes what is asked while it checks at once, not at the end of its next sleep', () => {
    const asked = change(HOUR / 4 + 5, iso(2 * DAY));
    const { statuses, returned } = expire({ events: [asked], seconds: () => 10 });
    expect(statuses.at(2)).toEqual({ state: 'Scheduled', expiresAt: iso(2 * DAY), noticeAt: expect.any(String) });
    expect(returned).toMatchObject({ state: 'Expired', expiresAt: iso(2 * DAY) });
  });

  it('stays as it is when what is asked says nothing', () => {
    const { returned } = expire({ events: [{ atSecond: DAY, name: 'expiresAt', data: { when: 'soon' } }] });
    expect(returned).toEqual({ state: 'Expired', expiresAt: iso(10 * DAY), noticeAt: iso(9 * DAY) });
  });

  it('begins an undo that failed again every hour, for three days', () => {
    const { returned, atSecond, checks } = expire({}, Array(100).fill('undoing'));
    expect(returned).toMatchObject({ state: 'Expired' });
    expect(checks.filter(({ due }) => due)).toHaveLength(72);
    expect(Math.floor(atSecond / HOUR)).toBe(10 * 24 + 72);
  });

  it('ends when the run is over by the time it expires, or is cancelled then', () => {
    expect(expire({}, ['over']).returned).toMatchObject({ state: 'Over' });
    const events = [{ atSecond: 10 * DAY + 2, name: 'cancel', data: {} }];
    const { returned, checks, openTimers } = expire({ events }, ['undoing', 'undone']);
    expect(returned).toMatchObject({ state: 'Expired' });
    expect(checks.filter(({ due }) => due)).toHaveLength(1);
    expect(openTimers).toEqual([]);
  });

  it('goes on after a check that crashed', () => {
    let polls = 0;
    const call = (_: string, about: unknown) => {
      if (polls++ % 2 === 0) throw new Error('the worker is gone');
      return { state: Object(about).due === true ? 'undone' : 'waiting' };
    };
    expect(expire({ call }).returned).toMatchObject({ state: 'Expired' });
  });

  it('expires on time on workers whose clocks are behind, and sets no timer for the past', () => {
    const { checks, log } = expire({ secondsBehind: (second) => (second > 0 ? 20 : 0) });
    expect(checks.find(({ due }) => due)?.atSecond).toBe(10 * DAY + 1);
    for (const line of log.filter((each) => each.includes('timer for'))) {
      const [, now = '', then = ''] = /^(\d+) timer for (\d+)/.exec(line) ?? [];
      expect(Number(then)).toBeGreaterThan(Number(now) - 20);
    }
    expect(log.length).toBeLessThan(20);
  });
});
