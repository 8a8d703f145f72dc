import { expect, test } from 'vitest';
import * as z from 'zod';
import { Store } from '../../../local/functions-host/engine/engine.ts';
import { BehaviourHost, Started, Status } from './behaviour-host.ts';

const Rows = z.array(Status);
const Failure = z.object({ Message: z.string(), ExceptionMessage: z.string(), ExceptionType: z.string() });
const TOKEN = 'x-ms-continuation-token';

const idsIn = async (response: Response): Promise<string[]> =>
  Rows.parse(await response.json()).map(({ instanceId }) => instanceId);

test('14. Start with an existing id: refused while it lives, replaces one that ended; two at once are both accepted, one input runs', async () => {
  const host = await BehaviourHost.start();
  await host.start('Wait', null, 'i');
  await host.settled();
  const again = await host.manage('POST', 'orchestrators/Wait/i');
  expect(again.status).toBe(500);
  expect(Failure.parse(await again.json())).toMatchObject({
    Message: 'Something went wrong while processing your request',
    ExceptionMessage: 'An Orchestration instance with the status Running already exists.',
  });
  expect((await host.call('start/Wait/i')).status).toBe(500);
  await host.raise('i', 'go', 1);
  await host.ended('i');
  const first = host.host.hub.get('i')?.executionId;
  expect((await host.run('Chain', 2, 'i')).output).toEqual([0, 1]);
  expect(host.host.hub.get('i')?.executionId).not.toBe(first);
  expect(host.events('i').filter((event) => event === 'ExecutionStarted')).toHaveLength(1);

  // Whether two requests meet between check and insert is chance, as on Azure; in each round either both are accepted or the later is refused.
  let met: string | undefined;
  for (let round = 0; round < 200 && met === undefined; round++) {
    const begin = (body: string): Promise<Response> => host.manage('POST', `orchestrators/Wait/s${round}`, { body });
    const answers = await Promise.all([begin('"one"'), begin('"other"')]);
    const statuses = answers.map(({ status }) => status).toSorted();
    expect([
      [202, 202],
      [202, 500],
    ]).toContainEqual(statuses);
    if (statuses[1] === 202) met = `s${round}`;
  }
  if (met === undefined) throw new Error('The two starts never met.');
  await host.settled();
  const { input } = await host.status(met);
  expect(['one', 'other']).toContain(input);
  expect(host.host.hub.history(met).filter((event) => event.EventType === 0)).toMatchObject([
    { Input: JSON.stringify(input) },
  ]);
  expect((await host.manage('POST', `orchestrators/Wait/${met}`)).status).toBe(500);
  await host.raise(met, 'go', 1);
  expect(await host.ended(met)).toMatchObject({ input, output: { value: 1 } });
});

test('15. Status codes: 202 with Location and Retry-After while it lives, 200 after, 500 only when asked, 410 and 400 for events', async () => {
  const settings = { defaultVersion: '1', versionMatchStrategy: 'Strict' } as const;
  const host = await BehaviourHost.start({ durableTask: settings });
  const url = `${host.host.url}/runtime/webhooks/durabletask/instances`;
  const look = async (id: string, query = ''): Promise<unknown[]> => {
    const response = await host.manage('GET', `instances/${id}${query}`);
    const { runtimeStatus } = Status.parse(await response.json());
    const { headers, status } = response;
    return [runtimeStatus, status, headers.get('location'), headers.get('retry-after')];
  };
  const started = await host.manage('POST', 'orchestrators/Wait/w');
  expect([started.status, started.headers.get('retry-after')]).toEqual([202, '10']);
  expect(started.headers.get('location')).toBe(Started.parse(await started.json()).statusQueryGetUri);
  // Another version than the host's stays Pending.
  await host.manage('POST', 'orchestrators/Wait/pending?version=2');
  await host.settled();
  expect(await look('pending')).toEqual(['Pending', 202, `${url}/pending`, '5']);
  expect(await look('w')).toEqual(['Running', 202, `${url}/w`, '5']);
  await host.command('w', 'suspend', 'lunch');
  await host.settled();
  expect(await look('w')).toEqual(['Suspended', 202, `${url}/w`, '5']);
  await host.command('w', 'terminate', 'over');
  await host.ended('w');
  expect(await look('w')).toEqual(['Terminated', 200, null, null]);
  await host.run('Throws', null, 'f');
  expect(await look('f')).toEqual(['Failed', 200, null, null]);
  expect(await look('f', '?returnInternalServerErrorOnFailure=true')).toEqual(['Failed', 500, null, null]);
  await host.run('Chain', 0, 'c');
  expect(await look('c', '?returnInternalServerErrorOnFailure=true')).toEqual(['Completed', 200, null, null]);
  expect(await host.raise('f', 'go')).toBe(410);
  expect((await host.raised('pending', 'go', '1', 'text/plain')).status).toBe(400);
  expect((await host.manage('GET', 'instances/nobody')).status).toBe(404);
});

test('16. Paging: the token is empty on the last page, getStatusAll puts the pages together, entities are listed', async () => {
  const host = await BehaviourHost.start();
  const ids = Array.from({ length: 104 }, (_, i) => `p${String(i).padStart(3, '0')}`);
  await Promise.all(ids.map((id) => host.start('Chain', 0, id)));
  await host.call('signal/Counter/k/add', 1);
  await host.settled();
  const page = async (query: string, token?: string): Promise<{ ids: string[]; token: string | null }> => {
    const response = await host.manage('GET', `instances?${query}`, token ? { headers: { [TOKEN]: token } } : {});
    return { token: response.headers.get(TOKEN), ids: await idsIn(response) };
  };
  const first = await page('top=2&instanceIdPrefix=p00');
  expect(first.ids).toEqual(['p000', 'p001']);
  expect(first.token).not.toBe('');
  const rest = await page('top=8&instanceIdPrefix=p00', first.token ?? '');
  expect(rest).toEqual({ ids: ids.slice(2, 10), token: '' });
  const whole = await page('');
  expect(whole.ids).toHaveLength(100);
  expect(await page('', whole.token ?? '')).toMatchObject({ ids: { length: 5 }, token: '' });
  const all = z.array(z.object({ instanceId: z.string() })).parse(await (await host.call('all')).json());
  expect(all.map(({ instanceId }) => instanceId)).toEqual(['@counter@k', ...ids]);
});

test('17. WEBSITE_HOSTNAME unset makes URLs point to localhost:7071; createCheckStatusResponse takes the origin of the request', async () => {
  const host = await BehaviourHost.start();
  const known = process.env.WEBSITE_HOSTNAME;
  const Urls = z.looseObject({ statusQueryGetUri: z.string() });
  const urls = async (): Promise<string> => Urls.parse(await (await host.call('urls/i')).json()).statusQueryGetUri;
  delete process.env.WEBSITE_HOSTNAME;
  try {
    expect(new URL(await urls()).origin).toBe('http://localhost:7071');
    const { port } = new URL(host.host.url);
    const response = await fetch(`http://127.0.0.1:${port}/api/start/Chain/i`, { method: 'POST', body: '0' });
    const { statusQueryGetUri } = Started.parse(await response.json());
    expect(new URL(statusQueryGetUri).origin).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(statusQueryGetUri)).ok).toBe(true);
  } finally {
    if (known !== undefined) process.env.WEBSITE_HOSTNAME = known;
  }
  expect(new URL(await urls()).origin).toBe(host.host.url);
});

test("Extra: a suspended instance's output is the reason, and after resuming that one's until the end", async () => {
  const host = await BehaviourHost.start();
  await host.start('TwoEvents', null, 's');
  await host.settled();
  expect(await host.command('s', 'resume', 'why')).toBe(500);
  expect(await host.command('s', 'suspend', 'lunch')).toBe(202);
  await host.settled();
  expect(await host.status('s')).toMatchObject({ runtimeStatus: 'Suspended', output: 'lunch' });
  const again = Failure.parse(await (await host.manage('POST', 'instances/s/suspend?reason=again')).json());
  expect(again.ExceptionMessage).toBe(
    'Cannot suspend the orchestration instance s because instance is in the Suspended state.',
  );
  await host.raise('s', 'go', 1);
  await host.settled();
  expect(await host.status('s')).toMatchObject({ runtimeStatus: 'Suspended', output: 'lunch' });
  expect(await host.command('s', 'resume', 'back')).toBe(202);
  await host.settled();
  expect(await host.status('s')).toMatchObject({ runtimeStatus: 'Running', output: 'back' });
  await host.raise('s', 'go', 2);
  expect((await host.ended('s')).output).toEqual([1, 2]);

  // An end without a result does not overwrite it.
  await host.start('StatusAcrossRounds', { rounds: 1 }, 'silent');
  await host.settled();
  await host.command('silent', 'suspend', 'lunch');
  await host.settled();
  await host.command('silent', 'resume', 'back');
  await host.raise('silent', 'go');
  await host.raise('silent', 'end');
  expect(await host.ended('silent')).toMatchObject({ runtimeStatus: 'Completed', output: 'back' });
});

test('an activity that ends while its orchestration is suspended waits for the resume', async () => {
  const host = await BehaviourHost.start();
  await host.start('TwoRounds', { round: 1 }, 'a');
  await host.settled(1);
  await host.call('command/a/suspend');
  await host.settled(1);
  await host.call('let-go/a-1-1', 'result');
  await host.settled();
  expect(await host.status('a')).toMatchObject({ runtimeStatus: 'Suspended', output: 'by the client' });
  await host.call('command/a/resume');
  expect(await host.ended('a')).toMatchObject({ runtimeStatus: 'Completed', output: 'result' });
});

test('what a suspended instance would do next is not begun before the resume', async () => {
  const store = new Store(':memory:');
  const strict = (defaultVersion: string) => ({ defaultVersion, versionMatchStrategy: 'Strict' }) as const;
  const old = await BehaviourHost.start({ store, durableTask: strict('1') });
  // Left alone for its version, so that start and suspend come together to the next host.
  await old.manage('POST', 'orchestrators/Chain/c?version=2', { body: '1' });
  await old.settled();
  expect(await old.command('c', 'suspend', 'early')).toBe(202);
  await old.settled();
  old.host.hub.abandon();
  const host = await BehaviourHost.start({ store, durableTask: strict('2') });
  await host.settled();
  expect(await host.status('c')).toMatchObject({ runtimeStatus: 'Suspended', output: 'early' });
  expect(host.events('c')).toEqual(['ExecutionStarted']);
  await host.command('c', 'resume', 'now');
  expect((await host.ended('c')).output).toEqual([0]);
});

test('terminating works on Running and Suspended instances, once', async () => {
  const settings = { defaultVersion: '1', versionMatchStrategy: 'Strict' } as const;
  const host = await BehaviourHost.start({ durableTask: settings });
  await host.start('Wait', null, 'running');
  await host.start('Wait', null, 'suspended');
  await host.settled();
  await host.command('suspended', 'suspend', 'lunch');
  await host.settled();
  for (const id of ['running', 'suspended']) {
    expect(await host.command(id, 'terminate', 'no more')).toBe(202);
    expect(await host.ended(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'no more' });
    expect(await host.command(id, 'terminate', 'again')).toBe(410);
    expect((await host.call(`command/${id}/terminate`)).status).toBe(202);
  }
  expect(await host.command('nobody', 'terminate', 'why')).toBe(404);
  expect(await host.command('running', 'suspend', 'why')).toBe(410);
  expect(await host.command('running', 'resume', 'why')).toBe(410);
});

test('a reason that is JSON shows as such, and none as null', async () => {
  const host = await BehaviourHost.start();
  for (const id of ['number', 'none']) await host.start('Wait', null, id);
  await host.command('number', 'terminate', '123');
  expect((await host.ended('number')).output).toBe(123);
  expect((await host.manage('POST', 'instances/none/terminate')).status).toBe(202);
  expect((await host.ended('none')).output).toBeNull();
});

test('the client reads a status, without its history, and says which instance it does not find', async () => {
  const host = await BehaviourHost.start();
  await host.run('Chain', 1, 'c');
  const status: unknown = await (await host.call('status/c')).json();
  expect(status).toMatchObject({ name: 'Chain', runtimeStatus: 'Completed', input: 1, output: [0] });
  // The SDK of 3.5.0 reads `history`; the extension writes `historyEvents`.
  expect(status).not.toHaveProperty('history');
  const History = z.object({ historyEvents: z.array(z.looseObject({ EventType: z.string() })) });
  const answer = await host.manage('GET', 'instances/c?showHistory=true&showHistoryOutput=true');
  expect(History.parse(await answer.json()).historyEvents).toMatchObject([
    { EventType: 'ExecutionStarted', FunctionName: 'Chain' },
    { EventType: 'TaskCompleted', FunctionName: 'Echo', Result: 0 },
    { EventType: 'ExecutionCompleted', OrchestrationStatus: 'Completed', Result: [0] },
  ]);
  expect((await host.call('status/nobody')).status).toBe(500);
  expect(host.log.join()).toContain('could not find any data associated with the instanceId provided: nobody.');
});

test('Extra: purging a running instance succeeds, and what is still on its way to it is dropped', async () => {
  const host = await BehaviourHost.start();
  await host.start('TwoRounds', { round: 1 }, 'w');
  await host.settled(1);
  expect(await (await host.call('purge/w')).json()).toEqual({ instancesDeleted: 1 });
  expect(await (await host.call('purge/w')).json()).toEqual({ instancesDeleted: 0 });
  expect((await host.manage('DELETE', 'instances/w')).status).toBe(404);
  await host.call('let-go/w-1-1', 'late');
  await host.settled();
  expect((await host.manage('GET', 'instances/w')).status).toBe(404);
});

test('Extra: a purge by filter with only non-terminal statuses deletes everything in range', async () => {
  const host = await BehaviourHost.start();
  await host.run('Chain', 0, 'completed');
  await host.run('Throws', null, 'failed');
  await host.start('Wait', null, 'running');
  await host.call('signal/Counter/k/add', 1);
  await host.settled();
  const from = new Date(host.clock.now()).toISOString();
  const before = new Date(host.clock.now() - 1).toISOString();
  const purge = async (query: string): Promise<unknown> => {
    const response = await host.manage('DELETE', `instances?${query}`);
    const body = await response.text();
    return body === '' ? response.status : JSON.parse(body);
  };
  expect(await purge('runtimeStatus=Completed')).toBe("Please provide value for 'createdTimeFrom' parameter.");
  expect(await purge(`createdTimeFrom=2020-01-01&createdTimeTo=${before}`)).toBe(404);
  expect(await purge(`createdTimeFrom=${from}&runtimeStatus=Terminated`)).toBe(404);
  expect(await purge(`createdTimeFrom=${from}&runtimeStatus=Completed,Running`)).toEqual({ instancesDeleted: 1 });
  expect(await idsIn(await host.manage('GET', 'instances'))).toEqual(['@counter@k', 'failed', 'running']);
  expect(await purge(`createdTimeFrom=${from}&runtimeStatus=Running`)).toEqual({ instancesDeleted: 3 });
  expect(await idsIn(await host.manage('GET', 'instances'))).toEqual([]);
});

test('lists are filtered by prefix, status and time; the client filters by status and time', async () => {
  const host = await BehaviourHost.start();
  await host.run('Chain', 0, 'd:old');
  const between = new Date(host.clock.now() + 500).toISOString();
  await host.run('Timer', 1000, 'timer');
  await host.run('Throws', null, 'd:new');
  await host.start('Wait', null, 'd:waits');
  await host.settled();
  const list = async (query: string): Promise<string[]> => idsIn(await host.manage('GET', `instances?${query}`));
  expect(await list('instanceIdPrefix=d:')).toEqual(['d:new', 'd:old', 'd:waits']);
  expect(await list('runtimeStatus=Completed,Failed')).toEqual(['d:new', 'd:old', 'timer']);
  expect(await list('runtimeStatus=Completed&runtimeStatus=Failed')).toEqual(['d:new', 'd:old', 'timer']);
  expect(await list('runtimeStatus=completed,nonsense')).toHaveLength(4);
  expect(await list(`createdTimeFrom=${between}`)).toEqual(['d:new', 'd:waits']);
  expect(await list(`createdTimeTo=${between}`)).toEqual(['d:old', 'timer']);
  expect(await (await fetch(`${host.host.url}/api/finished?from=${between}`)).json()).toEqual(['d:new']);
});

test('restarting takes name and input of the old instance, under a new id or, when it has ended, the same', async () => {
  const host = await BehaviourHost.start();
  await host.run('EchoEach', ['a', 1], 'old');
  const restart = (id: string, query = ''): Promise<Response> => host.manage('POST', `instances/${id}/restart${query}`);
  const fresh = Started.parse(await (await restart('old')).json()).id;
  expect(fresh).toMatch(/^[0-9a-f]{32}$/);
  expect((await host.ended(fresh)).output).toEqual(['a', 1]);
  const same = await restart('old', '?restartWithNewInstanceId=false');
  expect([same.status, Started.parse(await same.json()).id]).toEqual([202, 'old']);
  await host.ended('old');

  await host.start('Wait', null, 'w');
  await host.settled();
  expect((await restart('w', '?restartWithNewInstanceId=false')).status).toBe(500);
  expect((await restart('w')).status).toBe(202);
  const unknown = await restart('nobody');
  expect([unknown.status, Failure.parse(await unknown.json())]).toEqual([
    400,
    {
      Message: 'InstanceId does not match a valid orchestration instance.',
      ExceptionMessage: 'An orchestrastion with the instanceId nobody was not found.',
      ExceptionType: 'System.ArgumentException',
    },
  ]);
});

test('waiting for completion answers with the output, or with the status when it failed', async () => {
  const host = await BehaviourHost.start();
  const done = await host.call('start-and-wait/Chain', 2);
  expect([done.status, await done.json()]).toEqual([200, [0, 1]]);
  const failed = await host.call('start-and-wait/Throws');
  expect([failed.status, await failed.json()]).toMatchObject([500, { runtimeStatus: 'Failed' }]);
  const byHttp = await host.manage('POST', 'orchestrators/Chain?timeout=60&pollingInterval=1', { body: '1' });
  expect([byHttp.status, await byHttp.json()]).toEqual([200, [0]]);
  const patient = await host.manage('POST', 'orchestrators/Wait?timeout=60&pollingInterval=1');
  expect(patient.status).toBe(202);
});
