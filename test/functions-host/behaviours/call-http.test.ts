import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { BehaviourHost } from './behaviour-host.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => unknown;

/** A server that notes what it is asked. */
const serve = async (answer: Answer): Promise<{ readonly url: string; readonly seen: string[] }> => {
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push(`${request.method} ${request.url} ${body}`.trim());
    await answer(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, seen };
};

/** What `callHttp` gave; the activity after it proves that its ids are in step. */
const callHttp = async (host: BehaviourHost, options: object, id?: string): Promise<Record<string, unknown>> => {
  const { output } = await host.run('CallHttp', options, id);
  expect(output).toHaveProperty('after', 'after');
  return Object(Object(output).response);
};

test('Extra: callHttp takes a 202 without Location as final; the host waits, and its timer takes the next task for its own', async () => {
  const { url, seen } = await serve((_, response) => response.writeHead(202).end('in progress'));
  const host = await BehaviourHost.start();
  const begun = host.clock.now();
  const { output } = await host.run('CallHttp', { method: 'GET', url }, 'h');
  // No `after`: the SDK gave that activity the id which the host had given to the timer.
  expect(output).toEqual({ response: expect.objectContaining({ statusCode: 202, content: 'in progress' }) });
  expect(seen).toEqual(['GET /']);
  expect(host.clock.now() - begun).toBe(30_000);
  expect(host.events('h').filter((event) => /Scheduled|Created/.test(event))).toEqual([
    'TaskScheduled 0',
    'TimerCreated 1',
    'TaskScheduled 2',
  ]);
});

test('Extra: what callHttp gives has headers in the spelling of .NET, without those of the content', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, [
      ...['content-type', 'application/json', 'last-modified', 'Wed, 21 Oct 2026 07:28:00 GMT'],
      ...['retry-after', '7', 'x-request-id', 'r', 'x-oWn', 'mine', 'set-cookie', 'a=1', 'set-cookie', 'b=2'],
    ]);
    response.end('{"a":"ü"}');
  });
  const host = await BehaviourHost.start();
  const response = await callHttp(host, { method: 'GET', url });
  expect(response).toMatchObject({ statusCode: 200, content: '{"a":"ü"}' });
  const { Date: _, Connection, 'Keep-Alive': _k, 'Transfer-Encoding': _t, ...headers } = Object(response.headers);
  expect(Connection).toBe('keep-alive');
  expect(headers).toEqual({ 'Retry-After': '7', 'X-Request-ID': 'r', 'x-oWn': 'mine', 'Set-Cookie': ['a=1', 'b=2'] });
});

test('a 202 is polled at its Location after Retry-After, or after the default, until it is another status', async () => {
  const keys: unknown[] = [];
  const { url, seen } = await serve((request, response) => {
    keys.push(request.headers['x-functions-key'], request.headers['x-own']);
    const location = `http://${request.headers.host}/${Number(request.url?.slice(1)) + 1}`;
    if (request.url === '/1') response.writeHead(202, { location, 'retry-after': '7' }).end();
    else if (request.url === '/2') response.writeHead(202, { location }).end();
    else response.writeHead(404).end('gone');
  });
  const host = await BehaviourHost.start();
  const begun = host.clock.now();
  const headers = { 'X-Functions-Key': 'secret', 'x-own': 'mine' };
  const response = await callHttp(host, { method: 'POST', url: `${url}/1`, body: { a: 1 }, headers }, 'h');
  expect(response).toMatchObject({ statusCode: 404, content: 'gone' });
  expect(seen).toEqual(['POST /1 {"a":1}', 'GET /2', 'GET /3']);
  expect(keys).toEqual(['secret', 'mine', undefined, 'mine', undefined, 'mine']);
  expect(host.clock.now() - begun).toBe(37_000);
  expect(host.events('h').filter((event) => /Scheduled|Created/.test(event))).toEqual([
    'TaskScheduled 0',
    'TimerCreated 1',
    'TaskScheduled 2',
    'TimerCreated 3',
    'TaskScheduled 4',
    'TaskScheduled 5',
  ]);
});

test('the wait between polls is that of host.json where the answer names none', async () => {
  const { url } = await serve((request, response) => {
    if (request.url === '/') response.writeHead(202, { location: `http://${request.headers.host}/done` });
    response.end();
  });
  const httpSettings = { defaultAsyncRequestSleepTimeMilliseconds: 1000 };
  const host = await BehaviourHost.start({ durableTask: { httpSettings } });
  const begun = host.clock.now();
  expect(await callHttp(host, { method: 'GET', url })).toMatchObject({ statusCode: 200 });
  expect(host.clock.now() - begun).toBe(1000);
});

test('without polling a 202 is handed on at once', async () => {
  const { url, seen } = await serve((_, response) => response.writeHead(202, { location: '/later' }).end());
  const host = await BehaviourHost.start();
  const response = await callHttp(host, { method: 'GET', url, enablePolling: false });
  expect(response).toMatchObject({ statusCode: 202, headers: { Location: '/later' } });
  expect(seen).toHaveLength(1);
});

test('the body goes out as text/plain unless a bare media type is given', async () => {
  const { url } = await serve((request, response) => response.end(request.headers['content-type']));
  const host = await BehaviourHost.start();
  const sent = async (type?: string): Promise<unknown> => {
    const headers = type === undefined ? {} : { headers: { 'content-type': type } };
    const { content, ...failed } = await callHttp(host, { method: 'POST', url, body: { a: 1 }, ...headers });
    return content ?? failed;
  };
  expect(await sent()).toBe('text/plain');
  expect(await sent('application/json')).toBe('application/json');
  expect(await sent('application/x-www-form-urlencoded')).toBe('application/x-www-form-urlencoded; charset=utf-8');
  expect(await sent('application/json; charset=utf-8')).toEqual({
    name: 'TaskFailedError',
    error: "System.FormatException: The format of value 'application/json; charset=utf-8' is invalid.",
  });
  expect(await sent('multipart/form-data')).toMatchObject({ error: expect.stringContaining('Multipart content') });
});

test('redirects are followed; a POST becomes a GET but for 307 and 308, Authorization is left out', async () => {
  const keys: unknown[] = [];
  const { url, seen } = await serve((request, response) => {
    keys.push(request.headers.authorization);
    const status = Number(request.url?.slice(1));
    if (status > 0) response.writeHead(status, { location: '/' }).end();
    else response.end('here');
  });
  const host = await BehaviourHost.start();
  for (const status of [302, 307]) {
    const options = { method: 'POST', url: `${url}/${status}`, body: 'x', headers: { authorization: 'Basic eDp5' } };
    expect(await callHttp(host, options)).toMatchObject({ statusCode: 200, content: 'here' });
  }
  expect(seen).toEqual(['POST /302 x', 'GET /', 'POST /307 x', 'POST / x']);
  expect(keys).toEqual(['Basic eDp5', undefined, 'Basic eDp5', undefined]);
});

test('without an answer the task fails: nobody listens, or nothing comes within 240 seconds', async () => {
  const host = await BehaviourHost.start();
  // A server of this process parks the clock while it sleeps, as a slow one would keep the call waiting.
  const { url } = await serve(async (_, response) => {
    await host.clock.sleep(300_000);
    response.end('too late');
  });
  const begun = host.clock.now();
  expect(await callHttp(host, { method: 'GET', url }, 'slow')).toEqual({
    name: 'TaskFailedError',
    error:
      'System.Threading.Tasks.TaskCanceledException: The request was canceled due to the configured HttpClient.Timeout of 240 seconds elapsing.',
  });
  const failed = host.host.hub.history('slow').find((event) => event.EventType === 6);
  expect(Date.parse(failed?.Timestamp ?? '') - begun).toBe(240_000);
  expect(await callHttp(host, { method: 'GET', url: 'http://127.0.0.1:1/' })).toEqual({
    name: 'Error',
    error: 'Connection refused (127.0.0.1:1)',
  });
});

test('a token source is refused in plain words: there is no managed identity here', async () => {
  const { url, seen } = await serve((_, response) => response.end());
  const host = await BehaviourHost.start();
  const begun = host.clock.now();
  expect(await callHttp(host, { method: 'GET', url, managedIdentity: true })).toMatchObject({
    error: expect.stringContaining('callHttp with a token source works on Azure only'),
  });
  expect(seen).toEqual([]);
  expect(host.clock.now()).toBe(begun);
});
