import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { newHostKeys } from '../../../local/functions-host/http/host-keys.ts';
import { rawRequest } from '../../support/raw-request.ts';
import { startTestHost } from './test-host.ts';

test.each([
  ['a first line of 8,193 bytes', `/${'a'.repeat(8_177)}`, {}, 414],
  ['headers of more than 32 KiB', '/', { 'x-a': 'a'.repeat(33_000) }, 431],
  ['101 headers', '/', Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, 'a'])), 431],
])('%s: what Kestrel answers', async (_, path, headers, status) => {
  const { url } = await startTestHost('http-app');
  expect(await rawRequest(url, path, { headers })).toMatchObject({ status, body: '' });
});

test('what fits is taken', async () => {
  const { url } = await startTestHost('http-app');
  const headers = { 'x-a': 'a'.repeat(30_000) };
  expect((await rawRequest(url, `/${'a'.repeat(8_000)}`, { headers })).status).toBe(404);
});

test('a body is not read before the key is checked: the answer comes while it is still to be sent', async () => {
  const { url } = await startTestHost('http-app', { auth: true, keys: newHostKeys() });
  const { port } = new URL(url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), 'localhost');
    socket.on('error', reject);
    socket.once('data', (chunk) => {
      socket.destroy();
      resolve(chunk.toString());
    });
    // The body that is announced never comes.
    socket.write('POST /api/guarded HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000000\r\n\r\n{');
  });
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
});

test('a path with an empty segment belongs to no route', async () => {
  const { url } = await startTestHost('http-app');
  expect(await rawRequest(url, '/api//body')).toMatchObject({ status: 404, body: '' });
});
