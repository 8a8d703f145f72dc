import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { startTestHost, type TestHost } from './test-host.ts';

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** `fetch` sets `Host` and `Origin` itself. */
const call = (target: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(target, { method: 'POST', headers }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    });
    request.on('error', reject);
    request.end();
  });

const hello = ({ url }: TestHost): string => `${url}/admin/host/ping`;
const port = ({ url }: TestHost): string => new URL(url).port;

describe('a host that asks for no key', () => {
  it('answers under every name of this machine', async () => {
    const host = await startTestHost('http-app');
    for (const name of ['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '[::1]']) {
      expect((await call(hello(host), { host: `${name}:${port(host)}` })).status, name).toBe(200);
    }
  });

  it('refuses a name that somebody made point here, and says what to do', async () => {
    const host = await startTestHost('http-app');
    for (const name of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.5']) {
      const { status, body } = await call(hello(host), { host: `${name}:${port(host)}` });
      expect(status, name).toBe(403);
      expect(body).toContain(`Start the host with --allow-host ${name}, or with --auth.`);
    }
  });

  it('refuses what a page of another origin sends, but not its own pages', async () => {
    const host = await startTestHost('http-app');
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example:7071']) {
      const { status, body } = await call(hello(host), { origin });
      expect(status, origin).toBe(403);
      expect(body).toContain(`${origin} may not call it.`);
    }
    for (const origin of [host.url, 'http://127.0.0.1:3000', 'http://[::1]']) {
      expect((await call(hello(host), { origin })).status, origin).toBe(200);
    }
  });

  it('answers names and origins that it was given', async () => {
    const cors = { corsOrigins: ['https://portal.example'], corsCredentials: false };
    const host = await startTestHost('http-app', { allowedHosts: ['tunnel.example'], cors });
    expect((await call(hello(host), { host: 'tunnel.example' })).status).toBe(200);
    expect((await call(hello(host), { origin: 'https://tunnel.example' })).status).toBe(200);
    expect((await call(hello(host), { origin: 'https://portal.example' })).status).toBe(200);
    expect((await call(hello(host), { host: 'other.example' })).status).toBe(403);
  });

  it('lets every origin call when CORS does', async () => {
    const host = await startTestHost('http-app', { cors: { corsOrigins: ['*'], corsCredentials: false } });
    expect((await call(hello(host), { origin: 'https://anywhere.example' })).status).toBe(200);
  });

  it('lets nobody else call the RPC endpoint, which never asks for a key', async () => {
    const host = await startTestHost('http-app', { auth: true, allowedHosts: ['tunnel.example'] });
    const instances = `${host.rpcUrl}instances/none`;
    expect((await call(instances, { host: 'tunnel.example' })).status).toBe(403);
    expect((await call(instances, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await call(instances, {})).status).not.toBe(403);
  });
});

it('a host that asks for keys leaves it to them', async () => {
  const host = await startTestHost('http-app', { auth: true });
  expect((await call(hello(host), { host: 'evil.example', origin: 'https://evil.example' })).status).toBe(401);
});
