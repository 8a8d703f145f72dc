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
    fc.property(fc.array(events, { minLength: 1, maxLength: 6 }), fc.infiniteStream(report), (readings, reports) => {
      let run = begun();
      let now = NOW;
      const ids = new Map<string, string>();
      let gone = false;
      for (const [index, found] of readings.entries()) {
        const over = index === readings.length - 1;
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

describe('a callback, step by step', () => {
  const found = (names: readonly string[], more: object = {}) => ({
    events: names.map(step),
    over: false,
    requeueAfterSeconds: 5,
    ...more,
  });

  it('checks for events at once', () => {
    expect(nextInstant(begun())).toBe(0);
    expect(nextInstant({ ...begun(), over: true })).toBeUndefined();
  });

  it('sends what is new, in its order, and checks again', () => {
    const run = takeEvents(begun(), found(['a', 'b'], { requeueAfterSeconds: 5.0001 }), NOW);
    expect(run).toMatchObject({ over: false, lookAt: NOW + 5001, lastEventAt: NOW, sent: ['step:a', 'step:b'] });
    expect(run.deliveries).toStrictEqual([
      { ...step('a'), sequence: 1, state: 'Pending', attempts: 0, dueAt: NOW },
      { ...step('b'), sequence: 2, state: 'Pending', attempts: 0, dueAt: NOW },
    ]);
    const later = takeEvents(run, found(['b', 'c']), NOW + 5000);
    expect(later).toMatchObject({
      lookAt: NOW + 10_000,
      lastEventAt: NOW + 5000,
      sent: ['step:a', 'step:b', 'step:c'],
    });
    expect(later.deliveries.map(({ sequence, step: name }) => [sequence, name])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
  });

  it('knows since when it has been quiet', () => {
    const quiet = takeEvents(begun(), found([]), NOW);
    expect(quiet.lastEventAt).toBe(NOW);
    expect(takeEvents(quiet, found([]), NOW + 5000).lastEventAt).toBe(NOW);
  });

  it.each([
    [NOW - 1, 0],
    [NOW, 1],
    [NOW + 1, 1],
  ])('what is due at %i is sent', (now, count) => {
    const run = takeEvents(begun(), found(['a']), NOW);
    expect(dueDeliveries(run, now)).toHaveLength(count);
  });

  it.each([
    ['ended', 'deployment.ended'],
    ['step', 'deployment.step_ended'],
    ['awaitingApproval', 'deployment.awaiting_approval'],
    ['expiring', 'deployment.expiring'],
    ['drift', 'deployment.drift'],
    ['paused', 'deployment.paused'],
  ] as const)('the event %s is a message of the type %s', (event, type) => {
    const occurrence = { ...step('a'), event, data: { status: 'Running' } };
    const run = takeEvents(begun(), { ...found([]), events: [step('first'), occurrence] }, NOW);
    const delivery = run.deliveries.at(-1);
    expect(delivery && messageOf(run, delivery)).toEqual({
      messageId: 'msg_a_0f966a50_2',
      type,
      occurredAt: '2026-01-01T00:00:00Z',
      data: { status: 'Running', sequence: 2 },
    });
  });

  const one = (): CallbackRun => takeEvents(begun(), found(['a', 'b']), NOW);

  it('lets go of a message that arrived', () => {
    const run = takeSent(one(), 1, { kind: 'delivered', status: 204 }, NOW + 1000);
    const { data: _, ...kept } = step('a');
    expect(run.deliveries[0]).toStrictEqual({
      ...kept,
      sequence: 1,
      state: 'Delivered',
      attempts: 1,
      lastAttemptAt: '2026-01-01T00:00:01.000Z',
      status: 204,
    });
    expect(run.deliveries[1]).toEqual(one().deliveries[1]);
    expect(run.over).toBe(false);
  });

  it('sends a message again that did not arrive, and forgets the answer before', () => {
    const retry = { kind: 'retry', requeueAfterSeconds: 30.0001, error: 'HTTP 503', status: 503 } as const;
    const run = takeSent(one(), 1, retry, NOW);
    expect(run.deliveries[0]).toMatchObject({ ...step('a'), state: 'Pending', attempts: 1, dueAt: NOW + 30_001 });
    expect(run.deliveries[0]).toMatchObject({ status: 503, error: 'HTTP 503' });
    const again = takeSent(run, 1, { kind: 'retry', requeueAfterSeconds: 60, error: 'no answer' }, NOW + 30_001);
    expect(again.deliveries[0]).toMatchObject({ attempts: 2, error: 'no answer', dueAt: NOW + 90_001 });
    expect(again.deliveries[0]).not.toHaveProperty('status');
    const arrived = takeSent(again, 1, { kind: 'delivered', status: 200 }, NOW + 90_001);
    expect(arrived.deliveries[0]).not.toHaveProperty('error');
  });

  it.each([{}, { gone: false }])('gives up a message that is refused, and goes on with others: %j', (more) => {
    const run = takeSent(one(), 1, { kind: 'failed', status: 400, error: 'HTTP 400', ...more }, NOW);
    expect(run.deliveries[0]).toMatchObject({ state: 'Failed', status: 400, error: 'HTTP 400', attempts: 1 });
    expect(run.deliveries[0]).not.toHaveProperty('dueAt');
    expect(run).toMatchObject({ over: false, deliveries: [{}, { state: 'Pending' }] });
  });

  it('sends nothing more to a receiver that wants nothing more', () => {
    const sent = takeSent(takeEvents(one(), found(['c']), NOW), 1, { kind: 'delivered', status: 204 }, NOW);
    const run = takeSent(sent, 2, { kind: 'failed', status: 410, error: 'HTTP 410', gone: true }, NOW);
    expect(run.over).toBe(true);
    expect(nextInstant(run)).toBeUndefined();
    expect(run.deliveries).toMatchObject([
      { state: 'Delivered' },
      { state: 'Failed', error: 'HTTP 410', attempts: 1 },
      { state: 'Failed', error: 'not sent: the receiver had answered 410 Gone', attempts: 0 },
    ]);
  });

  it('is awake for what comes first: events or messages', () => {
    const retry = (requeueAfterSeconds: number) => ({ kind: 'retry', requeueAfterSeconds, error: 'x' }) as const;
    const run = takeSent(takeSent(one(), 1, retry(3), NOW), 2, retry(9), NOW);
    expect(nextInstant(run)).toBe(NOW + 3000);
    expect(nextInstant({ ...run, lookAt: NOW + 2000 })).toBe(NOW + 2000);
    expect(nextInstant({ ...run, over: true, lookAt: NOW + 2000 })).toBe(NOW + 3000);
  });
});
