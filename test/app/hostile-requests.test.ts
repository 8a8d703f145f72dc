import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RawAnswer, rawRequest } from '../support/raw-request.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();
afterEach(() => vi.unstubAllEnvs());

const send = (path: string, options?: Parameters<typeof rawRequest>[2]): Promise<RawAnswer> =>
  rawRequest(world.host.url, path, options);

const post = (body: string | Uint8Array, headers: Record<string, string> = {}, path = '/api/deployments') =>
  send(path, { method: 'POST', body, headers: { 'content-length': `${Buffer.byteLength(body)}`, ...headers } });

const slugOf = ({ body }: RawAnswer): string => /problem:([a-z0-9-]+)/.exec(body)?.[1] ?? body;

describe('lengths', () => {
  it.each([
    `/api/deployments/${'a'.repeat(5_000)}`,
    `/api/deployments?correlationId=${'a'.repeat(5_000)}`,
    `/api/nowhere/${'a/'.repeat(2_500)}x`,
    `/api/health?${'a'.repeat(5_000)}`,
  ])('%.40s…: 414', async (path) => {
    const answer = await send(path);
    expect([answer.status, slugOf(answer)]).toEqual([414, 'uri-too-long']);
  });

  it('an id of 3,000 characters is none: 404', async () => {
    const answer = await send(`/api/deployments/${'a'.repeat(3_000)}`);
    expect([answer.status, slugOf(answer)]).toEqual([404, 'deployment-not-found']);
  });

  it.each([
    ['one header', { 'if-none-match': '"'.repeat(17_000) }],
    ['a token', { authorization: `Bearer ${'eyJ-'.repeat(5_000)}` }],
  ])('%s too large: 431', async (_, headers) => {
    const answer = await send('/api/deployments', { headers });
    expect([answer.status, slugOf(answer)]).toEqual([431, 'headers-too-large']);
  });
});

describe('bodies', () => {
  it('compressed: 415 that says so, with what is taken', async () => {
    for (const encoding of ['gzip', 'identity, br', 'DEFLATE']) {
      const answer = await post(gzipSync('{}'), { 'content-encoding': encoding });
      expect([answer.status, slugOf(answer)]).toEqual([415, 'unsupported-media-type']);
      expect(answer.headers['accept-encoding']).toBe('identity');
    }
  });

  it.each(['application/json; charset=utf-16', 'application/json;charset="ISO-8859-1"', 'text/plain; CHARSET=latin1'])(
    'of the type %s: 415',
    async (type) => {
      const answer = await post('{}', { 'content-type': type });
      expect([answer.status, slugOf(answer)]).toEqual([415, 'unsupported-media-type']);
      expect(answer.body).toContain('UTF-8');
    },
  );

  it('not UTF-8: 400 with the offset, on every route that reads one', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x7d]);
    for (const path of ['/api/deployments', '/api/plans']) {
      const answer = await post(body, {}, path);
      expect([answer.status, slugOf(answer)]).toEqual([400, 'invalid-utf8']);
      expect(JSON.parse(answer.body)).toMatchObject({ offset: 2 });
    }
  });

  it('in UTF-8 by any name are taken', async () => {
    const answer = await post('{"colour": 1}', {
      'content-type': 'application/json; charset="UTF-8"',
      'content-encoding': 'identity',
    });
    expect(slugOf(answer)).toBe('invalid-request');
  });
});

describe('a plan refuses what a POST refuses, with the same answer', () => {
  it.each([
    ['a file', { callbackUrl: 'file:///etc/passwd' }],
    ['another protocol', { callbackUrl: 'gopher://example.com/' }],
    ['an address of the inside', { callbackUrl: 'https://169.254.169.254/metadata' }],
    ['an expiry that is over', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['a subnet above its network', { existing: { subnetId: subnet('..', 'default') } }],
  ])('%s', async (_, body) => {
    vi.stubEnv('CALLBACK_ENCRYPTION_KEY', Buffer.alloc(32, 1).toString('base64'));
    vi.stubEnv('CALLBACK_SIGNING_SECRET', `whsec_${Buffer.alloc(32, 2).toString('base64')}`);
    const [start, plan] = await Promise.all(
      ['/api/deployments', '/api/plans'].map((path) => post(JSON.stringify(body), {}, path)),
    );
    expect(start?.status).toBe(400);
    expect([plan?.status, plan?.body]).toEqual([start?.status, start?.body]);
  });

  it('a callback where none are sent', async () => {
    const body = JSON.stringify({ callbackUrl: 'https://hooks.example.com/x' });
    const [start, plan] = await Promise.all(['/api/deployments', '/api/plans'].map((path) => post(body, {}, path)));
    expect(start?.status).toBe(422);
    expect([plan?.status, plan?.body]).toEqual([start?.status, start?.body]);
  });
});

function subnet(network: string, name: string): string {
  return `/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/shared/providers/Microsoft.Network/virtualNetworks/${network}/subnets/${name}`;
}

describe('paths and verbs', () => {
  it.each([
    'deployments',
    'health',
    'dashboard',
    'dashboard/style.css',
    'openapi.json',
    'openapi-3.0.json',
    'swagger.json',
    'reference',
  ])('HEAD /api/%s is GET without the body', async (route) => {
    const [get, head] = await Promise.all([send(`/api/${route}`), send(`/api/${route}`, { method: 'HEAD' })]);
    expect([head.status, head.body]).toEqual([get.status, '']);
    const { date: _, ...headers } = head.headers;
    expect(get.headers).toMatchObject(headers);
  });

  it('HEAD of a deployment that there is not: 404, as GET', async () => {
    for (const path of ['', '/result', '/outputs', '/drift']) {
      expect((await send(`/api/deployments/nobody${path}`, { method: 'HEAD' })).status).toBe(404);
    }
    expect((await send('/api/deployments/nobody/kubeconfig', { method: 'HEAD' })).status).toBe(405);
  });

  it.each(['/api//deployments', '//api/deployments', '/api/deployments//x', '/api///'])(
    'GET %s: 404, and no sentence about verbs',
    async (path) => {
      const answer = await send(path);
      expect(answer.status).toBe(404);
      expect(answer.body).not.toContain('takes');
    },
  );

  it.each(['/api/deployments/', '/API/Deployments', '/api/DEPLOYMENTS/'])('GET %s is the list', async (path) => {
    expect((await send(path)).status).toBe(200);
  });

  it.each([
    ['PUT', '/api/deployments/', 'POST, GET, HEAD'],
    ['PATCH', '/api/Deployments', 'POST, GET, HEAD'],
    ['POST', '/api/health/', 'GET, HEAD'],
  ])('%s %s: 405 with Allow: %s', async (method, path, allow) => {
    const answer = await send(path, { method });
    expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
  });

  it.each([
    '/api/deployments%2Fx',
    '/api/deployments/a%2Fb',
    '/api/deployments/..%2f..%2fx',
    '/api/deployments/%2e%2e%2fx',
  ])('GET %s names no deployment: 404', async (path) => {
    expect((await send(path)).status).toBe(404);
  });
});

describe('a Host that is none: 400 of the server, as in Azure', () => {
  it.each([
    'a@localhost',
    'a:b@localhost',
    'local host',
    'localhost/x',
    'localhost?x',
    'localhost#x',
    '[::1',
    'a\\b',
    '<x>',
  ])('%s', async (host) => {
    expect((await send('/api/deployments', { headers: { host } })).status).toBe(400);
  });

  it('what a proxy says of the host is not believed', async () => {
    for (const name of ['x-forwarded-host', 'x-original-host', 'disguised-host', 'forwarded', 'x-forwarded-proto']) {
      const answer = await send('/api/openapi.json', { headers: { [name]: 'a@evil.example' } });
      expect(answer.status).toBe(200);
      expect(answer.body).not.toContain('evil');
    }
  });
});
