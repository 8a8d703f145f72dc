import { expect, test } from 'vitest';
import * as z from 'zod';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import type { InstanceState, RuntimeStatus } from '../../../local/functions-host/engine/task-hub.ts';
import { readJson } from './read-json.ts';
import { startTestHost, type TestHost } from './test-host.ts';

const WEBHOOK = '/runtime/webhooks/durabletask';
const json = { 'Content-Type': 'application/json' };

const open = async (): Promise<
  TestHost & { call: (method: string, path: string, init?: RequestInit) => Promise<Response> }
> => {
  const host = await startTestHost('durable-app');
  return { ...host, call: (method, path, init) => fetch(`${host.url}${WEBHOOK}${path}`, { method, ...init }) };
};

test('start answers 202 with the URLs of the origin that was called, and no rewind', async () => {
  const { hub, call, url } = await open();
  const response = await call('POST', '/Orchestrators/hello/a%20b', { body: '{"x":1}' });
  const body = await readJson(response);
  expect(response.status).toBe(202);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(response.headers.get('location')).toBe(body.statusQueryGetUri);
  expect(Object.keys(body)).toEqual([
    'id',
    'statusQueryGetUri',
    'sendEventPostUri',
    'terminatePostUri',
    'purgeHistoryDeleteUri',
    'restartPostUri',
    'suspendPostUri',
    'resumePostUri',
  ]);
  expect(body.statusQueryGetUri).toMatch(
    new RegExp(`^${url}${WEBHOOK}/instances/a%20b\\?taskHub=TestHubName&connection=Storage&code=.+$`),
  );
  expect(hub.commands).toEqual([['start', 'hello', 'a b', '{"x":1}']]);
  const without = await call('POST', '/orchestrators/hello/');
  expect((await readJson(without)).id).toMatch(/^[0-9a-f]{32}$/);
  expect(hub.commands.at(-1)?.at(-1)).toBeNull();
});

test('start refuses bad JSON, unknown functions, running instances and other verbs', async () => {
  const { hub, call } = await open();
  hub.put('busy');
  const bad = await call('POST', '/orchestrators/hello', { body: '{' });
  expect([bad.status, (await readJson(bad)).Message]).toEqual([400, 'Invalid JSON content']);
  const unknown = await call('POST', '/orchestrators/nope');
  expect([unknown.status, await unknown.json()]).toMatchObject([
    400,
    {
      Message: 'One or more of the arguments submitted is incorrect',
      ExceptionMessage: "The function 'nope' doesn't exist.",
      ExceptionType: 'System.ArgumentException',
    },
  ]);
  const busy = await call('POST', '/orchestrators/hello/busy');
  expect([busy.status, await busy.json()]).toMatchObject([
    500,
    {
      Message: 'Something went wrong while processing your request',
      ExceptionMessage: 'An Orchestration instance with the status Running already exists.',
    },
  ]);
  expect((await call('GET', '/orchestrators/hello')).status).toBe(404);
});

test('start with a timeout waits for the end, in modelled time', async () => {
  const clock = new VirtualClock();
  const { url, hub } = await startTestHost('durable-app', { clock });
  const start = (id: string, query: string) =>
    fetch(`${url}${WEBHOOK}/orchestrators/hello/${id}?${query}`, { method: 'POST' });

  const patient = await start('slow', 'timeout=3600&pollingInterval=90');
  expect(patient.status).toBe(202);
  expect(clock.now()).toBe(Date.UTC(2026, 0, 1, 1));

  const endsBetweenLooks = async (id: string, end: Partial<InstanceState>): Promise<Response> => {
    const release = clock.hold();
    const answer = start(id, 'timeout=10&pollingInterval=1.5');
    await expect.poll(() => hub.get(id)).toBeDefined();
    hub.put(id, end);
    release();
    return await answer;
  };
  const done = await endsBetweenLooks('fast', { runtimeStatus: 'Completed', output: '"done"' });
  expect([done.status, await done.json()]).toEqual([200, 'done']);
  const failed = await endsBetweenLooks('failing', { runtimeStatus: 'Failed', output: 'boom' });
  expect([failed.status, await failed.json()]).toMatchObject([200, { runtimeStatus: 'Failed', output: 'boom' }]);
  expect(clock.now()).toBe(Date.UTC(2026, 0, 1, 1, 0, 3));

  expect((await start('odd', 'timeout=1&pollingInterval=2')).status).toBe(400);
});

test.each<[RuntimeStatus, string, number]>([
  ['Running', '', 202],
  ['Pending', '', 202],
  ['ContinuedAsNew', '', 202],
  ['Suspended', '', 202],
  ['Completed', '', 200],
  ['Terminated', '', 200],
  ['Canceled', '', 200],
  ['Failed', '', 200],
  ['Failed', '?returnInternalServerErrorOnFailure=TRUE', 500],
  ['Completed', '?returnInternalServerErrorOnFailure=true', 200],
])('the status of a %s instance%s is answered with %i', async (runtimeStatus, query, expected) => {
  const { hub, call, url } = await open();
  hub.put('i', {
    runtimeStatus,
    input: '{"a":1}',
    customStatus: '"half"',
    output: runtimeStatus === 'Failed' ? 'bad' : '3',
  });
  const response = await call('GET', `/instances/i${query}`);
  expect(response.status).toBe(expected);
  expect(response.headers.get('location')).toBe(expected === 202 ? `${url}${WEBHOOK}/instances/i${query}` : null);
  expect(response.headers.get('retry-after')).toBe(expected === 202 ? '5' : null);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await readJson(response)).toEqual({
    name: 'hello',
    instanceId: 'i',
    runtimeStatus,
    input: { a: 1 },
    customStatus: 'half',
    output: runtimeStatus === 'Failed' ? 'bad' : 3,
    createdTime: '2026-01-01T12:00:00Z',
    lastUpdatedTime: '2026-01-01T12:00:05Z',
  });
});

test('an unknown instance is 404 with an empty body, showInput=false hides the input', async () => {
  const { hub, call } = await open();
  const unknown = await call('GET', '/instances/nope');
  expect([unknown.status, await unknown.text()]).toEqual([404, '']);
  hub.put('i', { input: '1' });
  expect((await readJson(call('GET', '/instances/i?showInput=false'))).input).toBeNull();
  expect((await readJson(call('GET', '/instances/i?showInput=maybe'))).input).toBe(1);
});

test('the history merges completions with their creation and hides what the flags do not ask for', async () => {
  const { hub, call } = await open();
  hub.put('i', { runtimeStatus: 'Completed' });
  const at = (second: number) => ({ IsPlayed: true, Timestamp: `2026-01-01T12:00:0${second}.0000000Z` });
  hub.histories.set('i', [
    { EventType: 12, EventId: -1, ...at(0) },
    {
      EventType: 0,
      EventId: -1,
      ...at(0),
      Name: 'hello',
      Version: '1',
      Input: '"in"',
      OrchestrationInstance: {},
      ParentInstance: null,
      Tags: null,
    },
    { EventType: 4, EventId: 0, ...at(0), Name: 'greet', Version: '', Input: null },
    { EventType: 4, EventId: 1, ...at(0), Name: 'open', Version: '', Input: null },
    { EventType: 10, EventId: 2, ...at(0), FireAt: 'soon' },
    { EventType: 13, EventId: -1, ...at(0) },
    { EventType: 5, EventId: -1, ...at(1), TaskScheduledId: 0, Result: '{"r":1}' },
    { EventType: 11, EventId: -1, ...at(1), TimerId: 2, FireAt: 'soon' },
    { EventType: 6, EventId: -1, ...at(2), TaskScheduledId: 9, Reason: 'why', Details: 'd' },
    { EventType: 1, EventId: 3, ...at(3), OrchestrationStatus: 1, Result: '"out"' },
  ]);
  const history = async (query: string) =>
    (await readJson(call('GET', `/instances/i?showHistory=true${query}`))).historyEvents;
  const time = (second: number) => at(second).Timestamp;
  expect(await history('&showHistoryOutput=true')).toEqual([
    { EventType: 'ExecutionStarted', Timestamp: time(0), Input: '"in"', FunctionName: 'hello' },
    { EventType: 'TaskScheduled', Timestamp: time(0), Name: 'open', Input: null },
    { EventType: 'TimerCreated', Timestamp: time(0), FireAt: 'soon' },
    {
      EventType: 'TaskCompleted',
      Timestamp: time(1),
      Result: { r: 1 },
      ScheduledTime: time(0),
      FunctionName: 'greet',
      Input: null,
    },
    { EventType: 'TimerFired', Timestamp: time(1), FireAt: 'soon' },
    { EventType: 'TaskFailed', Timestamp: time(2), Reason: 'why', Details: 'd' },
    { EventType: 'ExecutionCompleted', Timestamp: time(3), OrchestrationStatus: 'Completed', Result: 'out' },
  ]);
  const hidden = JSON.stringify(await history('&showInput=false'));
  expect(hidden).not.toContain('Input');
  expect(hidden).not.toContain('Result');
});

test('lists come in pages; the token is empty on the last one', async () => {
  const { hub, call } = await open();
  for (const id of ['a', 'b', 'c', '@counter@k']) hub.put(id, { runtimeStatus: 'Completed' });
  const page = async (token: string) => {
    const response = await call('GET', '/instances/?top=3&runtimeStatus=Completed,Nonsense&runtimeStatus=Failed', {
      headers: token ? { 'x-ms-continuation-token': token } : {},
    });
    const rows = z.array(z.object({ instanceId: z.string() })).parse(await response.json());
    return [rows.map(({ instanceId }) => instanceId), response.headers.get('x-ms-continuation-token')];
  };
  expect(await page('')).toEqual([['a', 'b', 'c'], '3']);
  expect(await page('3')).toEqual([['@counter@k'], '']);
  expect(hub.commands[0]).toEqual(['list', { top: 3, runtimeStatus: ['Completed', 'Failed'] }]);
});

test.each<[string, RuntimeStatus | undefined, number]>([
  ['terminate', undefined, 404],
  ['terminate', 'Running', 202],
  ['terminate', 'Suspended', 202],
  ['terminate', 'Completed', 410],
  ['Suspend', 'Running', 202],
  ['suspend', 'Suspended', 500],
  ['suspend', 'Failed', 410],
  ['resume', 'Suspended', 202],
  ['resume', 'Running', 500],
  ['resume', 'Terminated', 410],
  ['rewind', 'Failed', 202],
  ['rewind', 'Running', 412],
  ['rewind', 'Completed', 412],
  ['explode', 'Running', 404],
])('%s of a %s instance answers %i', async (operation, runtimeStatus, expected) => {
  const { hub, call } = await open();
  if (runtimeStatus) hub.put('i', { runtimeStatus });
  const response = await call('POST', `/instances/i/${operation}?reason=so%20be%20it`);
  expect(response.status).toBe(expected);
  expect(hub.commands).toEqual(expected === 202 ? [[operation.toLowerCase(), 'i', 'so be it']] : []);
  expect((await call('GET', `/instances/i/${operation}`)).status).toBe(404);
});

test('events: JSON only, to instances that live', async () => {
  const { hub, call } = await open();
  hub.put('i');
  hub.put('over', { runtimeStatus: 'Failed' });
  const raise = async (id: string, body: string, headers: Record<string, string> = json) => {
    const response = await call('POST', `/instances/${id}/raiseevent/My%20Event`, { body, headers });
    const text = await response.text();
    return [response.status, text && z.object({ Message: z.string() }).parse(JSON.parse(text)).Message];
  };
  expect(await raise('i', '{"a":1}', { 'Content-Type': 'Application/JSON; charset=utf-8' })).toEqual([202, '']);
  expect(hub.commands).toEqual([['raiseEvent', 'i', 'My Event', '{"a":1}']]);
  expect(await raise('i', '{}', { 'Content-Type': 'text/plain' })).toEqual([
    400,
    'Only application/json request content is supported',
  ]);
  expect(await raise('i', '')).toEqual([400, 'Invalid JSON content']);
  expect(await raise('over', '{}', {})).toEqual([410, '']);
  expect(await raise('nope', '{}')).toEqual([404, '']);
});

test('restart and purge', async () => {
  const { hub, call } = await open();
  hub.put('i');
  expect((await readJson(call('POST', '/instances/i/restart'))).id).toBe('new');
  expect((await readJson(call('POST', '/instances/i/restart?restartWithNewInstanceId=false'))).id).toBe('i');
  const unknown = await call('POST', '/instances/nope/restart');
  expect([unknown.status, (await readJson(unknown)).Message]).toEqual([
    400,
    'InstanceId does not match a valid orchestration instance.',
  ]);
  expect((await call('DELETE', '/instances/nope')).status).toBe(404);
  expect(await (await call('DELETE', '/instances/i')).json()).toEqual({ instancesDeleted: 1 });

  const noFilter = await call('DELETE', '/instances?createdTimeFrom=yesterday');
  expect([noFilter.status, await noFilter.json()]).toEqual([
    400,
    "Please provide value for 'createdTimeFrom' parameter.",
  ]);
  const all = await call(
    'DELETE',
    '/instances/?createdTimeFrom=2026-01-01T00:00:00Z&createdTimeTo=2026-01-02&runtimeStatus=Running',
  );
  expect(await readJson(all)).toEqual({ instancesDeleted: 2 });
  const range = { createdTimeFrom: Date.UTC(2026, 0, 1), createdTimeTo: Date.UTC(2026, 0, 2) };
  expect(hub.commands.at(-1)).toEqual(['purgeBy', range]);
  expect((await call('DELETE', '/instances?createdTimeFrom=2026-01-01&runtimeStatus=Failed')).status).toBe(404);
});

test('entities', async () => {
  const { hub, call } = await open();
  hub.entities.set('@counter@k', '{"n":1}');
  hub.entities.set('@counter@', '0');
  hub.put('@counter@k');
  expect(await (await call('GET', '/entities/Counter/k')).json()).toEqual({ n: 1 });
  expect(await (await call('GET', '/entities/counter/$')).json()).toBe(0);
  expect((await call('GET', '/entities/counter/none')).status).toBe(404);
  expect((await call('POST', '/entities/counter/k?op=add', { body: '3', headers: json })).status).toBe(202);
  expect(
    (await call('POST', '/entities/counter/k', { body: 'text', headers: { 'Content-Type': 'text/plain' } })).status,
  ).toBe(202);
  expect((await call('DELETE', '/entities/counter/k')).status).toBe(202);
  expect(hub.commands).toEqual([
    ['signalEntity', 'counter', 'k', 'add', '3'],
    ['signalEntity', 'counter', 'k', '', '"text"'],
    ['signalEntity', 'counter', 'k', 'delete', null],
  ]);
  const bad = await call('POST', '/entities/counter/k', { body: '{', headers: json });
  expect([bad.status, (await readJson(bad)).Message]).toEqual([
    400,
    expect.stringMatching(/^Could not parse JSON content: /),
  ]);
  const list = await call('GET', '/entities/counter?fetchState=true');
  expect(await list.json()).toEqual([
    { entityId: { name: 'counter', key: 'k' }, lastOperationTime: '2026-01-01T12:00:05.900Z', state: { n: 1 } },
  ]);
});

test('makeprimary is fine, unknown paths are not, another task hub is an honest error', async () => {
  const { call } = await open();
  expect((await call('POST', '/makeprimary')).status).toBe(200);
  for (const path of ['', '/nothing', '/instances/a/b/c/d', '/instances/a/raiseEvent/']) {
    expect((await call('POST', path)).status, path).toBe(404);
  }
  const other = await call('GET', '/instances/i?taskHub=Elsewhere');
  expect([other.status, (await readJson(other)).ExceptionMessage]).toEqual([
    500,
    expect.stringContaining("not 'Elsewhere'"),
  ]);
});
