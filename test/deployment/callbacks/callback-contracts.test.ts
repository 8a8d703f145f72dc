import { expect, it } from 'vitest';
import { eventKey, findEvents, sendMessage } from '../../../src/deployment/callbacks/callback-contracts.ts';

it.each([
  [{ event: 'ended' }, 'ended'],
  [{ event: 'step', step: 'cluster' }, 'step:cluster'],
  [{ event: 'drift', occurrence: '1' }, 'drift:1'],
  [{ event: 'step', step: 'cluster', occurrence: '1' }, 'step:cluster'],
] as const)('%j is sent once, as %s', (event, key) => {
  expect(eventKey(event)).toBe(key);
});

const event = { event: 'step', step: 'cluster', occurrence: '1', occurredAt: '2026-01-01T00:00:00Z', data: { a: 1 } };

const message = {
  deploymentId: 'a',
  run: 'r1',
  sealedUrl: 'v1',
  messageId: 'msg_a_r1_1',
  type: 'deployment.ended',
  occurredAt: '2026-01-01T00:00:00Z',
  data: { a: 1 },
  attempts: 0,
};

// Names and fields stand in durable histories: another one would lose what is running.
it.each([
  [
    findEvents.input,
    {
      deploymentId: 'a',
      run: 'r1',
      correlationId: 'c',
      events: ['ended', 'step'],
      urls: { self: 'https://example.com/' },
      sent: ['ended'],
      quietSeconds: 3,
    },
  ],
  [findEvents.report, { events: [event], over: true, requeueAfterSeconds: 5 }],
  [sendMessage.input, message],
  [sendMessage.report, { kind: 'delivered', status: 204 }],
  [sendMessage.report, { kind: 'retry', requeueAfterSeconds: 5, status: 503, error: 'HTTP 503' }],
  [sendMessage.report, { kind: 'retry', requeueAfterSeconds: 5, error: 'no answer' }],
  [sendMessage.report, { kind: 'failed', status: 410, error: 'HTTP 410', gone: true }],
  [sendMessage.report, { kind: 'failed', error: 'HTTP 400' }],
])('activities keep what they get', (schema, told) => {
  expect(schema.parse(told)).toEqual(told);
});

it('the activities have the names that histories hold', () => {
  expect([findEvents.activity, sendMessage.activity]).toEqual(['findEvents', 'sendMessage']);
});
