import { randomBytes } from 'node:crypto';
import { InvocationContext } from '@azure/functions';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendMessageActivity } from '../../src/activities/send-message.ts';
import { readCallbackSettings } from '../../src/callbacks/callback-settings.ts';
import { sealUrl } from '../../src/callbacks/seal-url.ts';
import { signedHeaders } from '../../src/callbacks/sign-message.ts';
import { Receiver } from '../support/receiver.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

// A trial on one machine: only there a callback may go to a receiver on it.
useScriptedAzure();

const KEY = randomBytes(32).toString('base64');
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;

let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.start();
});

afterAll(() => receiver.close());

beforeEach(() => {
  vi.stubEnv('CALLBACK_ENCRYPTION_KEY', KEY);
  vi.stubEnv('CALLBACK_SIGNING_SECRET', SECRET);
  vi.stubEnv('CALLBACK_ALLOWED_HOSTS', `${receiver.host} 127.0.0.1 hooks.example.com`);
  vi.spyOn(Math, 'random').mockReturnValue(0);
  receiver.received.length = 0;
  receiver.reply = () => 204;
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Sends a message; what is logged stands beside the report. */
const send = async (url = receiver.url(), parts: object = {}) => {
  const [key] = readCallbackSettings({ CALLBACK_ENCRYPTION_KEY: KEY }).encryptionKeys;
  if (!key) throw new Error('There is a key.');
  const run = { deploymentId: 'air', run: 'r1' };
  const message = {
    ...run,
    sealedUrl: sealUrl(url, run, key),
    messageId: 'msg_1',
    type: 'deployment.ended',
    occurredAt: '2026-11-30T08:05:00Z',
    data: { status: 'Succeeded' },
    attempts: 0,
    ...parts,
  };
  const lines: unknown[] = [];
  const context = new InvocationContext({ logHandler: (level, ...texts) => lines.push([level, ...texts]) });
  return { report: await sendMessageActivity(message, context), lines };
};

describe('a message', () => {
  it('arrives signed, and nothing is logged', async () => {
    const { report, lines } = await send();
    expect(report).toEqual({ kind: 'delivered', status: 204 });
    expect(lines).toEqual([]);
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = receiver.received;
    expect(path).toBe('/hook');
    expect(JSON.parse(body)).toEqual({
      type: 'deployment.ended',
      timestamp: '2026-11-30T08:05:00Z',
      data: { status: 'Succeeded' },
    });
    const { signingSecrets } = readCallbackSettings({ CALLBACK_SIGNING_SECRET: SECRET });
    const sentAt = Number(headers['webhook-timestamp']) * 1000;
    expect(headers).toMatchObject(signedHeaders({ id: 'msg_1', body }, sentAt, signingSecrets));
    expect(Math.abs(Date.now() - sentAt)).toBeLessThan(60_000);
  });

  it.each([200, 299])('is delivered by HTTP %i', async (status) => {
    receiver.reply = () => status;
    expect((await send()).report).toEqual({ kind: 'delivered', status });
  });

  it.each([
    [300, 'the receiver redirects, which is not followed'],
    [307, 'the receiver redirects, which is not followed'],
    [399, 'the receiver redirects, which is not followed'],
    [400, 'the receiver answered HTTP 400'],
    [409, 'the receiver answered HTTP 409'],
    [411, 'the receiver answered HTTP 411'],
    [503, 'the receiver answered HTTP 503'],
  ])('is sent again after HTTP %i', async (status, error) => {
    receiver.reply = () => status;
    expect(await send()).toEqual({
      report: { kind: 'retry', requeueAfterSeconds: 5, status, error },
      lines: [['warning', `The message deployment.ended is sent again in 5 s: ${error}. (event=callback-failed)`]],
    });
  });

  it('is not sent again when the receiver wants no more', async () => {
    receiver.reply = () => 410;
    const error = 'the receiver wants no more messages';
    expect(await send()).toEqual({
      report: { kind: 'failed', status: 410, error, gone: true },
      lines: [['error', `The message deployment.ended is given up: ${error}. (event=callback-failed)`]],
    });
  });

  it('is sent again when the receiver wishes, and ever later', async () => {
    receiver.reply = () => ({ status: 429, headers: { 'retry-after': '1234' } });
    expect((await send()).report).toMatchObject({ kind: 'retry', requeueAfterSeconds: 1234 });
    receiver.reply = () => 500;
    expect((await send(undefined, { attempts: 1 })).report).toMatchObject({ requeueAfterSeconds: 300 });
    vi.spyOn(Math, 'random').mockReturnValue(0.25);
    const { report, lines } = await send();
    expect(report).toMatchObject({ requeueAfterSeconds: 5.25 });
    expect(lines).toMatchObject([['warning', expect.stringContaining('again in 5 s')]]);
  });

  it('is given up after the last attempt', async () => {
    receiver.reply = () => 500;
    const { report } = await send(undefined, { attempts: 9 });
    expect(report).toEqual({ kind: 'failed', status: 500, error: 'the receiver answered HTTP 500' });
  });

  it('is sent again when no answer came', async () => {
    receiver.reply = () => 'hang up';
    const { report } = await send();
    expect(report).toEqual({ kind: 'retry', requeueAfterSeconds: 5, error: 'the connection was closed' });
  });

  it('is not sent again to an address that is never called', async () => {
    const { report } = await send('https://127.0.0.1/hook');
    expect(report).toEqual({ kind: 'failed', error: 'the host is at an address that is not public' });
  });
});

describe('a message is not sent', () => {
  const again = (error: string) => ({ kind: 'retry', requeueAfterSeconds: 5, error });

  it.each([
    ['https://elsewhere.example.com/', /^the callback URL is at a host that this service does not call/],
    ['http://hooks.example.com/', /^the callback URL must be an https URL$/],
    ['http://127.0.0.1:9/', /^the callback URL is of this machine: the setting CALLBACK_ALLOWED_HOSTS must name it/],
  ])('to %s', async (url, error) => {
    const { report } = await send(url);
    expect(report).toEqual({ kind: 'failed', error: expect.stringMatching(error) });
    expect(receiver.received).toEqual([]);
  });

  it('to this machine by a service that works with Azure', async () => {
    vi.stubEnv('AZURE_SIMULATOR_URL', '');
    expect((await send()).report).toEqual({ kind: 'failed', error: 'the callback URL must be an https URL' });
  });

  it('until an operator has set the secret for signatures', async () => {
    vi.stubEnv('CALLBACK_SIGNING_SECRET', '');
    expect((await send()).report).toEqual(again('The app setting CALLBACK_SIGNING_SECRET is not set.'));
  });

  it('until an operator has set the key that sealed its URL', async () => {
    vi.stubEnv('CALLBACK_ENCRYPTION_KEY', randomBytes(32).toString('base64'));
    expect((await send()).report).toEqual(
      again('The key that sealed the callback URL is no longer in CALLBACK_ENCRYPTION_KEY.'),
    );
  });

  it.each([{ run: 'r2' }, { deploymentId: 'other' }])('to the URL of another run: %j', async (parts) => {
    const { report } = await send(undefined, parts);
    expect(report).toEqual(again('The sealed callback URL was changed, or belongs to another run.'));
  });

  it('to what is no URL', async () => {
    expect((await send('no URL')).report).toEqual(again('Invalid URL'));
  });

  it('when it is no message', async () => {
    await expect(send(undefined, { attempts: 'many' })).rejects.toThrow('attempts');
  });
});

it('a trace shows where a message went, without the path, which is secret', async () => {
  const spans = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  try {
    await send();
  } finally {
    trace.disable();
  }
  expect(spans.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes }))).toEqual([
    {
      name: 'POST callback',
      attributes: expect.objectContaining({
        'http.request.method': 'POST',
        'url.full': `http://${receiver.host}`,
        'http.response.status_code': 204,
      }),
    },
  ]);
});
