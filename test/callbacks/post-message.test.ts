import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../../bench/fault-matrix/self-signed.ts';
import { type PostOptions, postMessage } from '../../src/callbacks/post-message.ts';
import { listen } from '../support/listen.ts';

const HOST = 'hooks.example.com';
const certificate = selfSigned(HOST);
const other = selfSigned('other.example.com');
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const started = (server: Server): Promise<number> => {
  servers.push(server);
  return listen(server);
};

const secure = (listener: RequestListener, pair = certificate) => started(createHttpsServer(pair, listener));
const plain = (listener: RequestListener) => started(createHttpServer(listener));

const loopback = [{ address: '127.0.0.1', family: 4 }];

/** As in Azure, but that the host's name leads to this machine and its certificate is trusted. */
const world: PostOptions = { resolve: async () => loopback, mayConnect: () => true, ca: certificate.cert };

const post = (url: string, options: PostOptions = world) =>
  postMessage(new URL(url), '{"a":"ü"}', { 'webhook-id': 'msg_1' }, options);

it('the message arrives whole, under the name of the host, at the address that was checked', async () => {
  let seen: unknown;
  let names = 0;
  const port = await secure(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { host, 'content-type': type, 'webhook-id': id } = request.headers;
    const socket = request.socket as { servername?: string } & typeof request.socket;
    seen = { method: request.method, url: request.url, host, type, id, body, servername: socket.servername };
    response.writeHead(202).end('thank you');
  });
  const resolve = async () => {
    names++;
    return loopback;
  };
  const answer = await post(`https://${HOST}:${port}/hook?sig=a%2Bb`, { ...world, resolve });
  expect(answer).toEqual({ status: 202, retryAfterSeconds: undefined });
  expect(names).toBe(1);
  expect(seen).toEqual({
    method: 'POST',
    url: '/hook?sig=a%2Bb',
    host: `${HOST}:${port}`,
    type: 'application/json',
    id: 'msg_1',
    body: '{"a":"ü"}',
    servername: HOST,
  });
});

describe('the certificate', () => {
  it('of another host is not accepted', async () => {
    const port = await secure((_, response) => response.end(), other);
    const answer = post(`https://${HOST}:${port}/`, { ...world, ca: other.cert });
    await expect(answer).rejects.toThrow("the host's certificate was not accepted");
  });

  it('of an unknown authority is not accepted, whatever the environment says', async () => {
    const port = await secure((_, response) => response.end());
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const answer = post(`https://${HOST}:${port}/`, { ...world, ca: other.cert });
      await expect(answer).rejects.toThrow("the host's certificate was not accepted");
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });
});

describe('an address that is not public is not connected to', () => {
  it.each([
    ['a private one', ['10.0.0.4']],
    ['one of several', ['52.1.2.3', '169.254.169.254']],
    ['loopback', ['127.0.0.1']],
    ['IPv4 in IPv6', ['::ffff:127.0.0.1']],
    ['the platform', ['168.63.129.16']],
  ])('%s', async (_, addresses) => {
    const resolve = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const answer = postMessage(new URL(`https://${HOST}/`), '{}', {}, { resolve });
    await expect(answer).rejects.toMatchObject({
      refused: true,
      message: 'the host is at an address that is not public',
    });
  });

  it.each(['https://127.0.0.1/', 'https://[::1]/', 'https://0x7f.1/', 'https://[::ffff:169.254.169.254]/'])(
    'nor one in the URL itself: %s',
    async (url) => {
      await expect(postMessage(new URL(url), '{}', {})).rejects.toMatchObject({ refused: true });
    },
  );

  it('and a loopback URL leads to this machine alone', async () => {
    const resolve = async () => [{ address: '52.1.2.3', family: 4 }];
    const answer = postMessage(new URL('http://localhost:9/'), '{}', {}, { resolve });
    await expect(answer).rejects.toMatchObject({ refused: true });
  });
});

describe('what goes wrong is reported without the address', () => {
  it('a redirect is an answer, not followed', async () => {
    let requests = 0;
    const port = await plain((_, response) => {
      requests++;
      response.writeHead(307, { Location: '/elsewhere' }).end();
    });
    expect(await post(`http://${HOST}:${port}/`)).toMatchObject({ status: 307 });
    expect(requests).toBe(1);
  });

  it.each([
    ['2', 2],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
  ])('Retry-After %j is read as %j', async (header, seconds) => {
    const port = await plain((_, response) => response.writeHead(503, { 'Retry-After': header }).end());
    expect(await post(`http://${HOST}:${port}/`)).toEqual({ status: 503, retryAfterSeconds: seconds });
  });

  it('nobody listens', async () => {
    const server = createHttpServer();
    const port = await started(server);
    await new Promise((resolve) => server.close(resolve));
    await expect(post(`http://${HOST}:${port}/?sig=x`)).rejects.toThrow(/^the connection was refused$/);
  });

  it('no answer comes in time', async () => {
    const port = await plain(() => {});
    await expect(post(`http://${HOST}:${port}/`, { ...world, timeoutMs: 100 })).rejects.toThrow(/^no answer in time$/);
  });

  it('no address comes in time', async () => {
    const resolve = () => new Promise<never>(() => {});
    await expect(post(`http://${HOST}/`, { ...world, resolve, timeoutMs: 50 })).rejects.toThrow(/^no answer in time$/);
  });

  it('the host is not known', async () => {
    const resolve = async () => {
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${HOST}`), { code: 'ENOTFOUND' });
    };
    await expect(post(`http://${HOST}/`, { ...world, resolve })).rejects.toThrow(/^the host was not found$/);
  });

  it('headers without end', async () => {
    const port = await plain((_, response) => response.writeHead(200, { 'X-Long': 'x'.repeat(20_000) }).end());
    await expect(post(`http://${HOST}:${port}/`)).rejects.toThrow(/^the answer is not HTTP$/);
  });
});

it('of an answer without end only the beginning is read', async () => {
  let closed = false;
  const port = await plain((_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'.repeat(8192)), 1);
    response.on('close', () => {
      closed = true;
      clearInterval(timer);
    });
  });
  expect(await post(`http://${HOST}:${port}/`)).toMatchObject({ status: 200 });
  await expect.poll(() => closed, { timeout: 5_000 }).toBe(true);
});
