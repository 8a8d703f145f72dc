import { describe, expect, it } from 'vitest';
import type { CallbackRun, Delivery } from '../../../src/deployment/callbacks/callback-run.ts';
import { callbackView, callbackViewSchema } from '../../../src/deployment/callbacks/callback-view.ts';
import { storedCallbackSchema, storedCallbackViewSchema } from '../../../src/deployment/callbacks/stored-callback.ts';

const delivery = (parts: Partial<Delivery> = {}): Delivery => ({
  event: 'ended',
  sequence: 1,
  occurredAt: '2026-01-01T00:00:00Z',
  state: 'Delivered',
  attempts: 1,
  ...parts,
});

const runWith = (deliveries: readonly Delivery[], over = true): CallbackRun => ({
  schemaVersion: 1,
  deploymentId: 'a',
  run: 'r1',
  sealedUrl: 'v1',
  events: ['ended'],
  urls: {},
  sent: [],
  deliveries,
  over,
});

describe('how a callback goes', () => {
  it.each([
    [[], false, 'Pending'],
    [[], true, 'Delivered'],
    [['Delivered'], false, 'Pending'],
    [['Delivered', 'Pending'], true, 'Pending'],
    [['Delivered', 'Delivered'], true, 'Delivered'],
    [['Delivered', 'Failed'], true, 'Failed'],
    [['Failed', 'Pending'], false, 'Failed'],
  ])('with messages that are %j (over: %s): %s', (states, over, state) => {
    const run = runWith(
      states.map((each) => delivery({ state: each })),
      over,
    );
    expect(callbackView(run).state).toBe(state);
    expect(callbackViewSchema.parse(callbackView(run))).toEqual(callbackView(run));
  });

  const dueAt = Date.UTC(2026, 0, 1);
  const tried = { state: 'Pending', attempts: 2, lastAttemptAt: '2026-01-01T00:00:00.000Z' };

  it.each([
    [{}, {}],
    [
      { event: 'step', step: 'cluster', ...tried, status: 503, error: 'HTTP 503', dueAt },
      {
        event: 'step',
        step: 'cluster',
        ...tried,
        nextAttemptAt: '2026-01-01T00:00:00.000Z',
        status: 503,
        error: 'HTTP 503',
      },
    ],
    [
      { state: 'Pending', attempts: 0, dueAt },
      { state: 'Pending', attempts: 0 },
    ],
  ])('of the message %j shows %j', (parts, shown) => {
    const [view] = callbackView(runWith([delivery(parts)])).deliveries;
    expect(view).toStrictEqual({ event: 'ended', state: 'Delivered', attempts: 1, ...shown });
  });

  it('leaves out times and errors of messages that do not fit, then the oldest', () => {
    const failed = (step: string) => delivery({ event: 'step', step, ...tried, status: 503, error: 'e'.repeat(200) });
    const first = delivery({ event: 'drift', error: 'x' });
    const steps = Array.from({ length: 46 }, (_, index) => failed(`${index}`.padEnd(81, 'x')));
    expect(callbackView(runWith([first, ...steps])).deliveries).toStrictEqual(
      steps.map(({ step }) => ({
        event: 'step',
        step: step?.slice(0, 80),
        state: 'Pending',
        attempts: 2,
        status: 503,
      })),
    );
    const { deliveries } = callbackView(runWith([...steps, delivery()]));
    expect(deliveries.at(-1)).toStrictEqual({ event: 'ended', state: 'Delivered', attempts: 1 });
  });

  it('shows all of 8,000 characters', () => {
    const of = (length: number) => callbackView(runWith([delivery({ error: 'e'.repeat(length) })]));
    const room = 8000 - JSON.stringify(of(0)).length;
    expect(JSON.stringify(of(room))).toHaveLength(8000);
    expect(of(room + 1).deliveries[0]).not.toHaveProperty('error');
  });
});

describe('a callback that another release stored', () => {
  const whole = {
    ...runWith([
      delivery({ event: 'begun', step: 'cluster', occurrence: '1', data: { a: 1 }, status: 503, error: 'x', dueAt: 5 }),
    ]),
    correlationId: 'c1',
    lookAt: 3,
    lastEventAt: 2,
    sent: ['ended'],
    urls: { self: 'https://example.com/' },
  };

  it('is read whole, with what this release does not know', () => {
    expect(storedCallbackSchema.parse({ ...whole, colour: 'blue' })).toEqual({ ...whole, colour: 'blue' });
  });

  it('may lack what has a default', () => {
    const least = { deploymentId: 'a', run: 'r1', sealedUrl: 'v1' };
    const { attempts: _, ...fresh } = delivery();
    expect(storedCallbackSchema.parse(least)).toEqual({ ...runWith([], false) });
    expect(storedCallbackSchema.parse({ ...least, deliveries: [fresh] }).deliveries).toEqual([
      { ...fresh, attempts: 0 },
    ]);
  });

  it.each(['deploymentId', 'run', 'sealedUrl'])('is none without %s', (field) => {
    expect(storedCallbackSchema.safeParse({ ...whole, [field]: undefined }).success).toBe(false);
  });

  it.each([{ event: 'ended' }, { sequence: 1 }])('has no delivery that is only %j', (only) => {
    expect(storedCallbackSchema.safeParse({ ...whole, deliveries: [only] }).success).toBe(false);
  });

  it('shows the deliveries that can be read', () => {
    const shown = { event: 'begun', state: 'Lost', attempts: 2, step: 'cluster', status: 503, error: 'x' };
    const deliveries = [7, shown, { event: 'ended', state: 'Pending' }, { event: 'ended' }];
    expect(storedCallbackViewSchema.parse({ state: 'Lost', deliveries })).toEqual({
      state: 'Lost',
      deliveries: [shown, { event: 'ended', state: 'Pending', attempts: 0 }],
    });
    expect(storedCallbackViewSchema.parse({ state: 'Pending', deliveries: 7 })).toEqual({
      state: 'Pending',
      deliveries: [],
    });
    expect(storedCallbackViewSchema.safeParse({}).success).toBe(false);
  });
});
