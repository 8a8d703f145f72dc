import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EventsReport, SendReport } from '../../src/deployment/callbacks/callback-contracts.ts';
import { callbackOrchestrator } from '../../src/orchestrators/callback.ts';
import { play, START, type World } from './driver/made-up-durable.ts';

const input = {
  deploymentId: 'one',
  run: 'r1',
  correlationId: 'ticket-7',
  sealedUrl: 'sealed',
  events: ['step', 'ended'],
  urls: { status: 'https://example.com/api/deployments/one' },
};

const occurredAt = new Date(START).toISOString();
const step = (name: string) => ({ event: 'step' as const, step: name, occurredAt, data: { step: name } });
const ended = { event: 'ended' as const, occurredAt, data: { status: 'Succeeded' } };

const nothing: EventsReport = { events: [], over: false, requeueAfterSeconds: 60 };
const delivered: SendReport = { kind: 'delivered', status: 204 };

const asked = z.looseObject({ quietSeconds: z.number().optional(), messageId: z.string().optional() });

describe.each([3, 4] as const)('durable-functions %i', (major) => {
  /** @param reports - what the checks find, in their order; after them nothing more happens. */
  const watch = (reports: readonly EventsReport[], sends: readonly SendReport[] = [], world: Partial<World> = {}) => {
    const readings = [...reports];
    const answers = [...sends];
    const calls: { readonly name: string; readonly atSecond: number; readonly input: z.infer<typeof asked> }[] = [];
    const call = (name: string, about: unknown, atSecond: number) => {
      calls.push({ name, atSecond, input: asked.parse(about) });
      if (name === 'findEvents') return readings.shift() ?? { ...nothing, over: true };
      return answers.shift() ?? delivered;
    };
    const played = play(callbackOrchestrator, { major, input, call, ...world });
    return {
      ...played,
      sent: calls.filter(({ name }) => name === 'sendMessage'),
      readings: calls.filter(({ name }) => name === 'findEvents'),
    };
  };

  it('sends a message for each event once, and ends when the run is over', () => {
    const { returned, sent, readings } = watch([
      nothing,
      { ...nothing, events: [step('registry')] },
      { events: [step('registry'), step('cluster'), ended], over: true, requeueAfterSeconds: 60 },
    ]);
    expect(sent.map(({ input: { messageId, data } }) => [messageId, data])).toEqual([
      ['msg_one_r1_1', { step: 'registry', sequence: 1 }],
      ['msg_one_r1_2', { step: 'cluster', sequence: 2 }],
      ['msg_one_r1_3', { status: 'Succeeded', sequence: 3 }],
    ]);
    expect(readings).toHaveLength(3);
    expect(readings[0]?.input).toMatchObject({ deploymentId: 'one', run: 'r1', correlationId: 'ticket-7', sent: [] });
    expect(readings[2]?.input).toMatchObject({ sent: ['step:registry'] });
    expect(returned).toMatchObject({ state: 'Delivered' });
  });

  it('checks as often as the reports ask, and says for how long it has been quiet', () => {
    const { readings } = watch([
      { ...nothing, events: [step('a')] },
      nothing,
      { ...nothing, requeueAfterSeconds: 600 },
    ]);
    expect(readings.map(({ atSecond }) => atSecond)).toEqual([1, 62, 123, 724]);
    expect(readings.map(({ input: { quietSeconds } }) => quietSeconds)).toEqual([0, 60, 121, 722]);
  });

  it('sends again when the report asks for it, under the same id, and goes on checking meanwhile', () => {
    const { returned, sent } = watch(
      [{ ...nothing, events: [ended] }, nothing, nothing],
      [{ kind: 'retry', requeueAfterSeconds: 150, error: 'HTTP 503', status: 503 }],
    );
    expect(sent.map(({ atSecond, input: { messageId, attempts } }) => [atSecond, messageId, attempts])).toEqual([
      [2, 'msg_one_r1_1', 0],
      [153, 'msg_one_r1_1', 1],
    ]);
    expect(returned).toMatchObject({ state: 'Delivered', deliveries: [{ attempts: 2 }] });
  });

  it('sends nothing more when the receiver wants no more', () => {
    const gone: SendReport = { kind: 'failed', status: 410, error: 'gone', gone: true };
    const { returned, sent } = watch([{ ...nothing, events: [step('a'), step('b'), ended] }], [gone]);
    expect(sent).toHaveLength(1);
    expect(returned).toMatchObject({ state: 'Failed' });
  });

  it('checks again a minute after a check that crashed', () => {
    let crashes = 0;
    const call = (): unknown => {
      if (crashes++ === 0) throw new Error('the worker is gone');
      return { ...nothing, over: true };
    };
    const { returned, atSecond } = watch([], [], { call });
    expect(returned).toMatchObject({ state: 'Delivered' });
    expect(atSecond).toBe(62);
  });

  it('gives up a message whose sending crashes ten times', () => {
    const call = (name: string): unknown => {
      if (name === 'sendMessage') throw new Error('the worker is gone');
      return { events: [ended], over: true, requeueAfterSeconds: 60 };
    };
    const { returned, log } = watch([], [], { call });
    expect(log.filter((line) => line.endsWith('call sendMessage'))).toHaveLength(10);
    expect(returned).toMatchObject({
      state: 'Failed',
      deliveries: [{ error: 'the sending failed inside the service' }],
    });
  });

  it('begins a new history after forty turns, with all that it knows', () => {
    const { returned, continuedWith, readings } = watch([{ ...nothing, events: [ended] }, ...Array(60).fill(nothing)]);
    expect(returned).toBeUndefined();
    expect(readings.length).toBeLessThanOrEqual(40);
    expect(continuedWith).toMatchObject({
      ...input,
      sent: ['ended'],
      deliveries: [{ state: 'Delivered' }],
      over: false,
    });
  });

  it('is not kept from its waiting by events that an operator raises', () => {
    const { readings } = watch([nothing, nothing, nothing], [], {
      events: [{ atSecond: 5, name: 'cancel', data: {} }],
    });
    expect(readings.map(({ atSecond }) => atSecond)).toEqual([1, 62, 123, 184]);
  });

  it('checks once a turn on workers whose clocks are behind', () => {
    const { readings } = watch([nothing, nothing], [], { secondsBehind: (second) => (second > 1 ? 30 : 0) });
    expect(readings).toHaveLength(3);
  });
});
