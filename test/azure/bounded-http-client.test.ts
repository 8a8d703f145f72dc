import { gzipSync } from 'node:zlib';
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequestOptions,
} from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { boundedHttpClient } from '../../src/azure/bounded-http-client.ts';
import { type RawServer, rawAnswer, rawHead, useRawServer } from '../support/raw-server.ts';
import { until } from '../support/until.ts';

const server = useRawServer();

const closed = (raw: RawServer) =>
  until('the end of the connection', async () => (raw.connections() === 0 ? true : undefined));

const MOST = 64 * 1024;
const client = boundedHttpClient(createDefaultHttpClient(), MOST);

const send = (url: string, options: Partial<PipelineRequestOptions> = {}) =>
  client.sendRequest(createPipelineRequest({ url, allowInsecureConnection: true, ...options }));

describe('an answer within bounds', () => {
  it('is handed back as the SDKs expect it: text, the original request, headers', async () => {
    const { url } = await server.start((socket) => socket.write(rawAnswer('{"a":"ü"}', { 'x-ms-request-id': 'id' })));
    const request = createPipelineRequest({ url, allowInsecureConnection: true, timeout: 5_000 });
    const response = await client.sendRequest(request);
    expect(response).toMatchObject({ status: 200, bodyAsText: '{"a":"ü"}' });
    expect(response.request).toBe(request);
    expect(request).toMatchObject({ timeout: 5_000 });
    expect(request.streamResponseStatusCodes).toBeUndefined();
    expect(response.headers.get('x-ms-request-id')).toBe('id');
  });

  it('is a stream where the request wants one', async () => {
    const { url } = await server.start((socket) => socket.write(rawAnswer('ab')));
    const { readableStreamBody, bodyAsText } = await send(url, { streamResponseStatusCodes: new Set([200]) });
    const chunks: string[] = [];
    for await (const chunk of readableStreamBody ?? []) chunks.push(String(chunk));
    expect(chunks.join('')).toBe('ab');
    expect(bodyAsText).toBeUndefined();
  });

  it.each(['', 'x'.repeat(MOST)])('may be empty, or as long as the bound', async (body) => {
    const { url } = await server.start((socket) => socket.write(rawAnswer(body)));
    expect((await send(url)).bodyAsText).toBe(body);
  });

  it('has no body when it answers HEAD', async () => {
    const { url } = await server.start((socket) => socket.write(rawHead({ 'Content-Length': MOST * 2 })));
    expect((await send(url, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('an answer beyond bounds is a permanent error with the request id, and its connection is closed', () => {
  const ids = { 'x-ms-request-id': 'own', 'x-ms-correlation-request-id': 'all' };
  const tooLarge = {
    failure: { code: 'AnswerTooLarge', correlationId: 'all', message: expect.stringContaining('GET 127.0.0.1') },
  };

  it('announced: nothing of it is waited for', async () => {
    const raw = await server.start((socket) => {
      socket.write(rawHead({ 'Content-Length': 700 * 1024 * 1024, ...ids }));
      socket.write('x');
    });
    await expect(send(raw.url)).rejects.toMatchObject(tooLarge);
    await closed(raw);
  });

  it('without end, in chunks', async () => {
    let sent = 0;
    const raw = await server.start((socket) => {
      socket.write(rawHead({ 'Transfer-Encoding': 'chunked', ...ids }));
      const more = (): void => {
        if (socket.destroyed) return;
        sent += 4096;
        socket.write(`1000\r\n${'x'.repeat(4096)}\r\n`, more);
      };
      more();
    });
    await expect(send(raw.url)).rejects.toMatchObject(tooLarge);
    await closed(raw);
    // What the kernel's buffers took beside what was read.
    expect(sent).toBeLessThan(64 * MOST + 16 * 1024 * 1024);
  });

  it('compressed: what counts is what it inflates to', async () => {
    const body = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    expect(body.length).toBeLessThan(MOST);
    const raw = await server.start((socket) => socket.write(rawAnswer(body, { 'Content-Encoding': 'gzip', ...ids })));
    const headers = createHttpHeaders({ 'Accept-Encoding': 'gzip,deflate' });
    await expect(send(raw.url, { headers })).rejects.toMatchObject(tooLarge);
  });

  it('with an error: no error page is that long', async () => {
    const raw = await server.start((socket) => {
      socket.write(rawHead({ 'Content-Length': MOST + 1, 'x-ms-request-id': 'own' }, '500 Internal Server Error'));
      socket.write('x'.repeat(MOST + 1));
    });
    await expect(send(raw.url)).rejects.toMatchObject({ failure: { code: 'AnswerTooLarge', correlationId: 'own' } });
  });

  it('nested too deeply', async () => {
    const { url } = await server.start((socket) => socket.write(rawAnswer('['.repeat(65) + ']'.repeat(65), ids)));
    await expect(send(url)).rejects.toMatchObject({ failure: { code: 'AnswerTooDeep', correlationId: 'all' } });
  });
});

describe('a connection that breaks has a code, wherever it breaks', () => {
  it.each([
    ['before the answer', '', 'ECONNRESET'],
    ['within the headers', 'HTTP/1.1 200 OK\r\nContent-Ty', 'ECONNRESET'],
    ['after the headers', rawHead({ 'Content-Length': 9 }).toString(), 'ECONNRESET'],
    ['within the body', `${rawHead({ 'Content-Length': 9 })}{"a":`, 'ECONNRESET'],
    ['within a chunk', `${rawHead({ 'Transfer-Encoding': 'chunked' })}9\r\n{"a":`, 'ECONNRESET'],
  ])('reset %s', async (_, sent, code) => {
    const { url } = await server.start((socket) => {
      socket.write(sent, () => setTimeout(() => socket.resetAndDestroy(), 20));
    });
    await expect(send(url)).rejects.toMatchObject({ name: 'RestError', code });
  });

  it.each([
    ['shorter than announced', `${rawHead({ 'Content-Length': 9 })}{"a":`],
    ['without its last chunk', `${rawHead({ 'Transfer-Encoding': 'chunked' })}5\r\n{"a":\r\n`],
  ])('closed in good order, %s', async (_, sent) => {
    const { url } = await server.start((socket) => socket.end(sent));
    await expect(send(url)).rejects.toMatchObject({ name: 'RestError', code: 'ECONNRESET' });
  });

  it('no HTTP', async () => {
    const { url } = await server.start((socket) => socket.write('SSH-2.0-OpenSSH\r\n\r\n'));
    await expect(send(url)).rejects.toMatchObject({ code: expect.stringMatching(/^HPE_/) });
  });

  it('no chunk where one should be', async () => {
    const { url } = await server.start((socket) =>
      socket.write(`${rawHead({ 'Transfer-Encoding': 'chunked' })}zz\r\n`),
    );
    await expect(send(url)).rejects.toMatchObject({ code: expect.stringMatching(/^(HPE_|ECONNRESET$)/) });
  });

  it.each([
    ['that is none', Buffer.from('no gzip'), 'Z_DATA_ERROR'],
    ['cut short', gzipSync('x'.repeat(9999)).subarray(0, 20), 'Z_BUF_ERROR'],
  ])('a compressed body %s', async (_, body, code) => {
    const { url } = await server.start((socket) => socket.write(rawAnswer(body, { 'Content-Encoding': 'gzip' })));
    const headers = createHttpHeaders({ 'Accept-Encoding': 'gzip' });
    await expect(send(url, { headers })).rejects.toMatchObject({ code });
  });
});

describe('an answer that stops half way ends with the time limit of the request', () => {
  it.each([
    ['before the headers', ''],
    ['within the headers', 'HTTP/1.1 200 OK\r\nContent-Ty'],
    ['after the headers', rawHead({ 'Content-Length': 9 }).toString()],
    ['within the body', `${rawHead({ 'Content-Length': 9 })}{"a":`],
    ['between two chunks', `${rawHead({ 'Transfer-Encoding': 'chunked' })}5\r\n{"a":\r\n`],
  ])('%s', async (_, sent) => {
    const raw = await server.start((socket) => socket.write(sent));
    const refusal = expect(send(raw.url, { timeout: 150 })).rejects;
    await refusal.toMatchObject({ code: 'RequestTimeout', message: expect.stringContaining('within 0.15 seconds') });
    await closed(raw);
  });

  it('in a compressed body too', async () => {
    const body = gzipSync('x'.repeat(9999)).subarray(0, 20);
    const head = rawHead({ 'Content-Length': 999, 'Content-Encoding': 'gzip' });
    const { url } = await server.start((socket) => socket.write(Buffer.concat([head, body])));
    const headers = createHttpHeaders({ 'Accept-Encoding': 'gzip' });
    await expect(send(url, { headers, timeout: 150 })).rejects.toMatchObject({ code: 'RequestTimeout' });
  });

  it('however slowly it goes on', async () => {
    const { url } = await server.start((socket) => {
      socket.write(rawHead({ 'Content-Length': 9999 }));
      const drip = setInterval(() => (socket.destroyed ? clearInterval(drip) : socket.write('x')), 20);
    });
    await expect(send(url, { timeout: 200 })).rejects.toMatchObject({ code: 'RequestTimeout' });
  });

  it("and with the caller's own signal, whose error it is then", async () => {
    const { url } = await server.start((socket) => socket.write(rawHead({ 'Content-Length': 9 })));
    const aborting = new AbortController();
    const sent = send(url, { abortSignal: aborting.signal });
    setTimeout(() => aborting.abort(), 50);
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    await expect(send(url, { abortSignal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('a connection that the server closes as the next request comes (it was idle) is an error that may be tried again', async () => {
  const raw = await server.start((socket, nth) => (nth === 2 ? socket.destroy() : socket.write(rawAnswer('{}'))));
  await send(raw.url);
  await expect(send(raw.url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect((await send(raw.url)).status).toBe(200);
});
