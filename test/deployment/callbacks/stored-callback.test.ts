import { describe, expect, it } from 'vitest';
import { storedCallbackSchema, storedCallbackViewSchema } from '../../../src/deployment/callbacks/stored-callback.ts';

const run = { deploymentId: 'one', run: 'r1', sealedUrl: 'v1' };
const delivery = { event: 'paused', occurredAt: 'a', sequence: 1, state: 'Sent', attempts: 1, later: 1 };

describe('a stored callback', () => {
  it('keeps what is not known: events, states, fields', () => {
    const stored = {
      ...run,
      schemaVersion: 1,
      events: ['paused'],
      urls: {},
      sent: [],
      deliveries: [delivery],
      over: true,
      later: 1,
    };
    expect(storedCallbackSchema.parse(stored)).toEqual(stored);
  });

  it('begins anew where it says nothing', () => {
    expect(storedCallbackSchema.parse(run)).toEqual({
      ...run,
      schemaVersion: 1,
      events: ['ended'],
      urls: {},
      sent: [],
      deliveries: [],
      over: false,
    });
    const { attempts: _, ...bare } = delivery;
    expect(storedCallbackSchema.parse({ ...run, deliveries: [bare] }).deliveries[0]?.attempts).toBe(0);
  });

  it('sends nothing when what was sent is unknown', () => {
    expect(storedCallbackSchema.safeParse({ ...run, sent: 'all' }).success).toBe(false);
    expect(storedCallbackSchema.safeParse({ ...run, deliveries: ['one'] }).success).toBe(false);
  });

  it('is shown as far as it can be read', () => {
    const shown = { event: 'paused', state: 'Sent', attempts: 2 };
    expect(storedCallbackViewSchema.parse({ state: 'Paused', deliveries: [shown, 'another'], later: 1 })).toEqual({
      state: 'Paused',
      deliveries: [shown],
      later: 1,
    });
    expect(storedCallbackViewSchema.parse({ state: 'Paused', deliveries: 'none' }).deliveries).toEqual([]);
    expect(storedCallbackViewSchema.parse({ state: 'P', deliveries: [{ event: 'e', state: 's' }] }).deliveries).toEqual(
      [{ event: 'e', state: 's', attempts: 0 }],
    );
  });
});
