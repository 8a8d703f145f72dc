import { request } from 'node:http';
import { expect, test } from 'vitest';
import { readJson } from './read-json.ts';
import { startTestHost } from './test-host.ts';

test('the request reaches the function as the platform delivers it', async () => {
  const { url } = await startTestHost('http-app');
  const response = await fetch(`${url}/API/Echo/ada?a=1&a=2&b=x%20y&empty=`, {
    method: 'POST',
    body: 'päyload',
    headers: { 'X-Custom': 'One', 'X-Empty': '' },
  });
  const echo = await readJson(response);
  expect(response.status).toBe(200);
  expect(echo).toMatchObject({
    method: 'POST',
    url: `${url}/API/Echo/ada?a=1&a=2&b=x%20y&empty=`,
    query: { a: '1,2', b: 'x y', empty: '' },
    params: { name: 'ada' },
    text: 'päyload',
  });
  expect(echo.headers).toMatchObject({ 'x-custom': 'One', host: new URL(url).host });
  expect(echo.headers).not.toHaveProperty('x-empty');
});

test('an optional parameter is absent when it is not given, present when it is', async () => {
  const { url } = await startTestHost('http-app');
  const params = async (path: string) => (await readJson(fetch(url + path))).params;
  expect(await params('/api/echo/ada')).toEqual({ name: 'ada' });
  expect(await params('/api/echo/ada/l%C3%B6ve%2Flace/')).toEqual({ name: 'ada', extra: 'löve%2Flace' });
});

test('a chunked body arrives empty at a function', async () => {
  const { url } = await startTestHost('http-app');
  const length = (headers: Record<string, number>) =>
    new Promise<string>((resolve, reject) => {
      const call = request(`${url}/api/length`, { method: 'POST', headers }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      });
      call.on('error', reject);
      call.write('abc');
      call.end('def');
    });
  expect(await length({})).toBe('0');
  expect(await length({ 'Content-Length': 6 })).toBe('6');
});

test.each([
  ['GET', '/api/teapot', 404],
  ['PUT', '/api/teapot', 418],
  ['HEAD', '/api/body', 404],
  ['OPTIONS', '/api/body', 404],
  ['GET', '/api/echo/ada7', 404],
  ['GET', '/api/throws', 500],
  ['GET', '/api/text', 500],
  ['GET', '/api/nothing', 204],
  ['GET', '/api/empty', 200],
  ['GET', '/api/unknown', 404],
  ['GET', '/', 200],
  ['GET', '/admin/host/status', 200],
  ['GET', '/admin/host/ping', 200],
  ['GET', '/admin/functions', 200],
  ['GET', '/admin/functions/ECHO', 200],
  ['GET', '/admin/nothing', 404],
  ['GET', '/runtime/webhooks/durabletask/nothing', 404],
])('%s %s answers %i', async (method, path, status) => {
  const { url } = await startTestHost('http-app');
  const response = await fetch(url + path, { method });
  expect(response.status).toBe(status);
  if (status >= 400 && status !== 418) expect(await response.text()).toBe('');
});

test('bodies, headers and statuses arrive as the function returned them', async () => {
  const { url } = await startTestHost('http-app');
  const plain = await fetch(`${url}/api/body`);
  expect([await plain.text(), plain.headers.get('content-type')]).toEqual(['plain', 'text/plain;charset=UTF-8']);
  const bytes = await fetch(`${url}/api/bytes`);
  expect([...new Uint8Array(await bytes.arrayBuffer())]).toEqual([0, 1, 255]);
  expect(bytes.headers.get('content-type')).toBeNull();
  const teapot = await fetch(`${url}/api/teapot`, { method: 'PUT' });
  expect([teapot.headers.get('x-tea'), await teapot.text()]).toEqual(['green', 'short']);
});

test('cookies come from the cookies property; of several set-cookie headers the last one is left', async () => {
  const { url } = await startTestHost('http-app');
  expect((await fetch(`${url}/api/cookies`)).headers.getSetCookie()).toEqual([
    'kept=2',
    'a=1%202; max-age=60; path=/; secure; samesite=lax; httponly',
    'b=x; expires=Wed, 02 Jan 2030 03:04:05 GMT; domain=example.com; samesite=none',
  ]);
});

test('the first function by name wins, a literal has no precedence', async () => {
  const { url } = await startTestHost('http-app');
  expect(await (await fetch(`${url}/api/order/literal`)).text()).toBe('a-first');
});

test('a catch-all takes the rest of the path, also none', async () => {
  const { url } = await startTestHost('http-app');
  expect(await (await fetch(`${url}/api/files/a/b%20c.txt`)).json()).toEqual({ path: 'a/b c.txt' });
  expect(await (await fetch(`${url}/api/files`)).json()).toEqual({});
});

test('functions that cannot be reached are reported; the others run', async () => {
  const { url, lines, functionsList } = await startTestHost('http-app');
  expect(lines).toContainEqual(
    expect.stringContaining(
      "The 'reserved' function is in error: The route specified conflicts with the route defined by function 'conflicting'.",
    ),
  );
  expect(functionsList).toContain(`\techo: [GET,POST] ${url}/api/echo/{name:alpha}/{extra?}\n`);
  expect(functionsList).not.toContain('reserved');
});

test('a body above the limit is refused', async () => {
  process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT = '10';
  try {
    const { url } = await startTestHost('http-app');
    const post = async (body: string) => (await fetch(`${url}/api/length`, { method: 'POST', body })).status;
    expect(await post('0123456789')).toBe(200);
    expect(await post('0123456789a')).toBe(413);
    expect(await post('x'.repeat(5_000_000))).toBe(413);
    expect(await post('0123456789')).toBe(200);
  } finally {
    delete process.env.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT;
  }
});

test('a disabled function is not found', async () => {
  process.env['AzureWebJobs.Off.Disabled'] = 'true';
  try {
    const { url } = await startTestHost('http-app');
    expect((await fetch(`${url}/api/off`)).status).toBe(404);
  } finally {
    delete process.env['AzureWebJobs.Off.Disabled'];
  }
  const { url } = await startTestHost('http-app');
  expect((await fetch(`${url}/api/off`)).status).toBe(200);
});

test('routes go below the prefix of host.json, and reserved ones are refused', async () => {
  const { url, lines } = await startTestHost('http-app', { http: { routePrefix: '' } });
  expect(await (await fetch(`${url}/body`)).text()).toBe('plain');
  expect(lines.join('\n')).not.toContain('built in routes');
  const admin = await startTestHost('http-app', { http: { routePrefix: 'admin' } });
  expect(admin.lines.join('\n')).toContain('The specified route conflicts with one or more built in routes.');
});

test('CORS: allowed origins may read, others may not', async () => {
  const { url } = await startTestHost('http-app', {
    cors: { corsOrigins: ['https://portal.example'], corsCredentials: true },
  });
  const origin = (value: string) => ({ headers: { Origin: value } });
  const allowed = await fetch(`${url}/api/body`, origin('https://portal.example'));
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://portal.example');
  expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
  const other = await fetch(`${url}/api/body`, origin('https://evil.example'));
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
  const preflight = await fetch(`${url}/api/teapot`, {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://portal.example',
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'x-functions-key',
    },
  });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'PUT']);
  expect(preflight.headers.get('access-control-allow-headers')).toBe('x-functions-key');
});
