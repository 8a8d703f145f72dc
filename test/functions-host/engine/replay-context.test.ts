import { expect, test } from 'vitest';
import { EventType } from '../../../local/functions-host/engine/replay/event-type.ts';
import { ReplayContext } from '../../../local/functions-host/engine/replay/replay-context.ts';
import type { HistoryEvent } from '../../../local/functions-host/engine/task-hub.ts';

const raised = (Name: string, Input: string): HistoryEvent => ({
  EventType: EventType.EventRaised,
  EventId: -1,
  IsPlayed: false,
  Timestamp: '2026-01-01T00:00:00.0000000Z',
  Name,
  Input,
});

test('events that wait are handed out oldest first, whatever their case', () => {
  const context = new ReplayContext('i', 'e');
  for (const input of ['1', '2']) context.process(raised('Go', input), () => {});
  const outcomes = [context.waitForEvent('go'), context.waitForEvent('GO')].map((task) => task.outcome);
  expect(outcomes).toEqual([
    { ok: true, value: '1' },
    { ok: true, value: '2' },
  ]);
});

test('of several waiters the newest gets the next event', () => {
  const context = new ReplayContext('i', 'e');
  const [older, newer] = [context.waitForEvent('go'), context.waitForEvent('go')];
  context.process(raised('go', '1'), () => {});
  expect([older.outcome, newer.outcome]).toEqual([undefined, { ok: true, value: '1' }]);
});
