import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallbackEvent, SendReport } from '../../../src/deployment/callbacks/callback-contracts.ts';
import {
  type CallbackRun,
  dueDeliveries,
  messageOf,
  nextInstant,
  takeEvents,
  takeSent,
} from '../../../src/deployment/callbacks/callback-run.ts';
import { callbackView, callbackViewSchema } from '../../../src/deployment/callbacks/callback-view.ts';
import { storedCallbackSchema } from '../../../src/deployment/callbacks/stored-callback.ts';

const NOW = Date.UTC(2026, 0, 1);

const begun = (): CallbackRun =>
  storedCallbackSchema.parse({
    deploymentId: 'a',
    run: '0f966a50',
    sealedUrl: 'v1',
    events: ['ended', 'step'],
    urls: {},
  });

const step = (name: string): CallbackEvent => ({
  event: 'step',
  step: name,
  occurredAt: '2026-01-01T00:00:00Z',
  data: {},
});
const ended: CallbackEvent = { event: 'ended', occurredAt: '2026-01-01T00:00:00Z', data: { status: 'Succeeded' } };

const events = fc.uniqueArray(fc.constantFrom(...['a', 'b', 'c', 'd'].map(step), ended), {
  selector: ({ event, step: name }) => `${event}${name}`,
});

const report: fc.Arbitrary<SendReport> = fc.oneof(
  fc.constant({ kind: 'delivered' as const, status: 204 }),
  fc.record({
    kind: fc.constant('retry' as const),
    requeueAfterSeconds: fc.double({ min: 1, max: 1e5, noNaN: true }),
    error: fc.constant('no'),
  }),
  fc.record({ kind: fc.constant('failed' as const), error: fc.constant('never'), gone: fc.boolean() }),
);

it('whatever is seen and answered: each thing is sent once, under one number, until it is settled; then the run is over', () => {
  fc.assert(
    fc.property(fc.array(events, { minLength: 1, maxLength: 6 }), fc.infiniteStream(report), (looks, reports) => {
      let run = begun();
      let now = NOW;
      const ids = new Map<string, string>();
      let gone = false;
      for (const [index, found] of looks.entries()) {
        const over = index === looks.length - 1;
        if (!run.over) run = takeEvents(run, { events: found, over, requeueAfterSeconds: 5 }, now);
        for (const { sequence } of dueDeliveries(run, now)) {
          const delivery = run.deliveries.find((each) => each.sequence === sequence);
          if (!delivery?.dueAt) continue;
          expect(gone).toBe(false);
          const key = `${delivery.event}:${delivery.step}`;
          const { messageId } = messageOf(run, delivery);
          expect(ids.get(key) ?? messageId).toBe(messageId);
          ids.set(key, messageId);
          const next = reports.next().value ?? { kind: 'delivered', status: 204 };
          gone ||= next.kind === 'failed' && next.gone === true;
          run = takeSent(run, sequence, next, now);
        }
        now = nextInstant(run) ?? now;
      }
      expect(new Set(ids.values()).size).toBe(ids.size);
      expect(run.deliveries.map(({ sequence }) => sequence)).toEqual(run.deliveries.map((_, index) => index + 1));
      expect(new Set(run.sent).size).toBe(run.sent.length);
      const settled = run.deliveries.every(({ state }) => state !== 'Pending');
      expect(nextInstant(run) === undefined).toBe(run.over && settled);
      // It travels through JSON when the history begins anew.
      expect(storedCallbackSchema.parse(JSON.parse(JSON.stringify(run)))).toEqual(run);
    }),
  );
});

describe('the view', () => {
  const failedAttempts = (run: CallbackRun): CallbackRun =>
    run.deliveries.reduce(
      (before, { sequence }) =>
        takeSent(
          before,
          sequence,
          { kind: 'retry', requeueAfterSeconds: 5, status: 503, error: 'the receiver answered HTTP 503' },
          NOW,
        ),
      run,
    );

  it('fits into a custom status with as many steps, of names as long, as there can be', () => {
    const steps = Array.from({ length: 44 }, (_, index) => step(`image:${String(index).padEnd(128, 'x')}`));
    const view = callbackView(
      failedAttempts(takeEvents(begun(), { events: [...steps, ended], over: true, requeueAfterSeconds: 5 }, NOW)),
    );
    expect(JSON.stringify(view).length).toBeLessThan(8_704);
    expect(callbackViewSchema.parse(view).deliveries).toHaveLength(45);
  });

  it.each([
    ['nothing happened yet', begun(), 'Pending'],
    [
      'a message waits for another attempt',
      failedAttempts(takeEvents(begun(), { events: [ended], over: true, requeueAfterSeconds: 5 }, NOW)),
      'Pending',
    ],
  ] as const)('says so when %s', (_, run, state) => {
    expect(callbackView(run).state).toBe(state);
  });

  it('holds neither the URL nor the data', () => {
    const run = takeEvents(
      { ...begun(), sealedUrl: 'v1.sealed' },
      { events: [ended], over: true, requeueAfterSeconds: 5 },
      NOW,
    );
    expect(JSON.stringify(callbackView(run))).not.toMatch(/sealed|Succeeded/);
  });
});
