import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { ScaledClock } from '../../../local/clock/scaled-clock.ts';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import {
  createFunctionsHost,
  type FunctionsHost,
  type StartFunctionsHostOptions,
  startFunctionsHost,
} from '../../../local/functions-host/functions-host.ts';
import { newHostKeys } from '../../../local/functions-host/http/host-keys.ts';
import { openTimerStatuses } from '../../../local/functions-host/timers/timer-statuses.ts';
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';
import { readJson } from './read-json.ts';
import { fixture } from './test-host.ts';

const home = process.cwd();
afterAll(() => process.chdir(home));

const start = async (
  options: Partial<StartFunctionsHostOptions> = {},
): Promise<FunctionsHost & { readonly lines: string[] }> => {
  const lines: string[] = [];
  const host = await startFunctionsHost({
    appDirectory: fixture('durable-app'),
    port: 0,
    rpcPort: 0,
    clock: ScaledClock.real(),
    dataDirectory: ':memory:',
    log: (level, category, message) => void lines.push(`${level} ${category} ${message}`),
    ...options,
  });
  return { ...host, lines };
};

const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'host-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
};

test('the compiled app runs: POST, status by the URL it was given, output', async () => {
  const host = await start();
  onTestFinished(() => host.close());
  const started = await fetch(`${host.url}/api/begin/hello?id=one`, { method: 'POST' });
  const { statusQueryGetUri = '' } = await readJson(started);
  await host.hub.waitFor('one', ['Completed']);
  const status = await fetch(`${statusQueryGetUri}&showHistory=true&showHistoryOutput=true`);
  expect(status.status).toBe(200);
  expect(await readJson(status)).toMatchObject({
    runtimeStatus: 'Completed',
    input: 'you',
    output: 'Hello you',
    historyEvents: [
      { EventType: 'ExecutionStarted', FunctionName: 'hello' },
      { EventType: 'TaskCompleted', FunctionName: 'greet', Result: 'Hello you' },
      { EventType: 'ExecutionCompleted', OrchestrationStatus: 'Completed' },
    ],
  });
  expect(statusQueryGetUri).toContain('taskHub=FixtureHub');
});

test('the environment is that of func start', async () => {
  const host = await start();
  onTestFinished(() => host.close());
  expect(process.env).toMatchObject({
    WEBSITE_HOSTNAME: new URL(host.url).host,
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    FUNCTIONS_WORKER_RUNTIME: 'node',
    FROM_SETTINGS: 'file',
  });
  expect(process.cwd()).toBe(fixture('durable-app'));
  expect(host.functionsList).toMatch(
    /^\nFunctions:\n\n\tall: \[(GET,POST|POST,GET)\] http:\/\/localhost:\d+\/api\/all\n\n/,
  );
  expect(host.functionsList).toContain('\n\n\thello: orchestrationTrigger\n');
  const cors = await fetch(`${host.url}/`, { headers: { Origin: 'https://portal.example' } });
  expect(cors.headers.get('access-control-allow-origin')).toBe('https://portal.example');
});

test('a taken port is named, with what to do', async () => {
  const host = await start();
  onTestFinished(() => host.close());
  const port = Number(new URL(host.url).port);
  await expect(start({ port })).rejects.toThrow(
    `Port ${port} is unavailable. Close the process using that port, or specify another port using --port.`,
  );
  await expect(start({ rpcPort: port })).rejects.toThrow(`Port ${port} is unavailable.`);
});

test('an app that does not load leaves no port open', async () => {
  const host = await start();
  const port = Number(new URL(host.url).port);
  await host.close();
  await expect(start({ port, appDirectory: fixture('../../worker/fixtures/broken-app') })).rejects.toThrow(
    /host\.json is missing/,
  );
  await (await start({ port })).close();
});

test('what was stored is kept over a crash, keys too', async () => {
  const dataDirectory = temporaryDirectory();
  const first = await start({ dataDirectory, auth: true });
  const { statusQueryGetUri = '' } = await readJson(fetch(`${first.url}/api/begin/hello?id=kept`, { method: 'POST' }));
  expect(first.lines.join('\n')).toContain(join(dataDirectory, 'keys.json'));
  await first.abandon();
  const second = await start({ dataDirectory, auth: true });
  onTestFinished(() => second.close());
  await second.hub.waitFor('kept', ['Completed']);
  const status = new URL(statusQueryGetUri);
  status.port = new URL(second.url).port;
  expect((await fetch(status)).status).toBe(200);
  status.searchParams.delete('code');
  expect((await fetch(status)).status).toBe(401);
  expect(readdirSync(dataDirectory)).toContain('FixtureHub.sqlite');
  expect(statSync(join(dataDirectory, 'keys.json')).mode & 0o777).toBe(0o600);
});

test('the data are for their owner alone; who made a folder that others can read is told what to type', async () => {
  const parent = temporaryDirectory();
  const [mine, theirs] = [join(parent, 'mine'), join(parent, 'theirs')];
  const rights = (path: string): number => statSync(path).mode & 0o777;
  const first = await start({ dataDirectory: mine });
  const files = readdirSync(mine, { recursive: true, encoding: 'utf8' });
  const open = files.filter((name) => (rights(join(mine, name)) & 0o077) !== 0);
  await first.close();
  expect([rights(mine), files.length > 2, open]).toEqual([0o700, true, []]);
  expect(first.lines.join('\n')).not.toContain('chmod');
  mkdirSync(theirs);
  chmodSync(theirs, 0o755);
  const second = await start({ dataDirectory: theirs });
  await second.close();
  expect(second.lines).toContainEqual(expect.stringMatching(/^warning .* chmod 700 .*theirs$/));
  expect(rights(theirs)).toBe(0o755);
});

test('a data folder that was deleted is not made again by what is still written: it would look as if the data were kept', async () => {
  const dataDirectory = join(temporaryDirectory(), 'data');
  const host = await start({ dataDirectory });
  onTestFinished(() => host.abandon());
  rmSync(dataDirectory, { recursive: true });
  const status = { last: undefined, next: 0, lastUpdated: undefined };
  expect(() => openTimerStatuses(dataDirectory).write('nightly', status)).toThrow();
  const refused = await fetch(`${host.url}/runtime/webhooks/durabletask/orchestrators/hello`, { method: 'POST' });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
  expect(existsSync(dataDirectory)).toBe(false);
});

test('keys stay out of the log, also when a function writes them', async () => {
  const keys = newHostKeys();
  const lines: string[] = [];
  const log = (level: string, category: string, message: string) => void lines.push(`${level} ${category} ${message}`);
  const app = await loadApp(fixture('durable-app'), { log });
  const host = await createFunctionsHost({ app, clock: ScaledClock.real(), log, auth: true, keys });
  onTestFinished(() => host.close());
  const headers = { 'x-functions-key': keys.functionKeys.default ?? '' };
  expect((await fetch(`${host.url}/api/tell?code=${keys.master}`, { headers })).status).toBe(500);
  expect(lines.join('\n')).toContain('/api/tell?code=[Hidden Credential]');
  expect(lines.join('\n')).toContain(
    'Exception while executing function: Functions.tell. Error: Called with [Hidden Credential]',
  );
});

test('many hosts of one app in one process, each with its own clock and hub', async () => {
  const log = () => {};
  const app = await loadApp(fixture('durable-app'), { log });
  const clocks = [new VirtualClock(0), new VirtualClock(Date.UTC(2030, 0, 1))];
  const hosts = await Promise.all(clocks.map((clock) => createFunctionsHost({ app, clock, log, store: ':memory:' })));
  onTestFinished(() => Promise.all(hosts.map((host) => host.close())).then(() => {}));
  const created = await Promise.all(
    hosts.map(async ({ url, hub }, index) => {
      await fetch(`${url}/api/begin/hello?id=only-${index}`, { method: 'POST' });
      const { createdTime } = await hub.waitFor(`only-${index}`, ['Completed']);
      return new Date(createdTime).getUTCFullYear();
    }),
  );
  expect(created).toEqual([1970, 2030]);
  expect(hosts[0]?.hub.get('only-1')).toBeUndefined();
});

test('closing waits for requests under way', async () => {
  const host = await start();
  const answers = Array.from({ length: 5 }, () => fetch(`${host.url}/api/begin/hello`, { method: 'POST' }));
  await expect.poll(() => host.hub.list({}).instances.length).toBeGreaterThan(0);
  const closed = host.close();
  const statuses = (await Promise.allSettled(answers)).map((answer) =>
    answer.status === 'fulfilled' ? answer.value.status : 0,
  );
  await closed;
  expect(statuses.filter((status) => status !== 202 && status !== 0)).toEqual([]);
  await expect(fetch(host.url)).rejects.toThrow();
});

test('the life of an instance through the management API', async () => {
  const host = await start();
  onTestFinished(() => host.close());
  const base = `${host.url}/runtime/webhooks/durabletask`;
  const post = (path: string, body?: string) =>
    fetch(base + path, { method: 'POST', ...(body && { body, headers: { 'Content-Type': 'application/json' } }) });
  const status = async () => {
    const response = await fetch(`${base}/instances/x`);
    return [response.status, (await readJson(response)).runtimeStatus];
  };

  const unknown = await post('/orchestrators/nope');
  expect([unknown.status, (await readJson(unknown)).ExceptionMessage]).toEqual([
    400,
    expect.stringMatching(
      /^The function 'nope' doesn't exist, is disabled, or is not an orchestrator function\. .*'hello', 'waits'\.$/,
    ),
  ]);
  expect((await post('/orchestrators/WAITS/x')).status).toBe(202);
  await host.hub.waitFor('x', ['Running']);
  const again = await post('/orchestrators/waits/x');
  expect([again.status, (await readJson(again)).ExceptionMessage]).toEqual([
    500,
    'An Orchestration instance with the status Running already exists.',
  ]);
  expect((await post('/orchestrators/waits/@x')).status).toBe(400);

  expect((await post('/instances/x/suspend?reason=lunch')).status).toBe(202);
  await host.hub.waitFor('x', ['Suspended']);
  expect(await status()).toEqual([202, 'Suspended']);
  expect((await post('/instances/x/suspend')).status).toBe(500);
  expect((await post('/instances/x/raiseEvent/go', '{"done":true}')).status).toBe(202);
  expect((await post('/instances/x/resume')).status).toBe(202);
  await host.hub.waitFor('x', ['Completed']);
  expect(await status()).toEqual([200, 'Completed']);
  expect((await post('/instances/x/raiseEvent/go', '1')).status).toBe(410);
  expect((await post('/instances/x/terminate')).status).toBe(410);

  const waited = await post('/orchestrators/hello?timeout=30&pollingInterval=0.01', '"there"');
  expect([waited.status, await waited.json()]).toEqual([200, 'Hello there']);
  const restarted = await post('/instances/x/restart?restartWithNewInstanceId=false');
  expect([restarted.status, (await readJson(restarted)).id]).toEqual([202, 'x']);
  await host.hub.waitFor('x', ['Running']);
  expect((await post('/instances/x/terminate?reason=123')).status).toBe(202);
  expect((await host.hub.waitFor('x', ['Terminated'])).output).toBe('123');
  expect((await readJson(fetch(`${base}/instances/x`))).output).toBe(123);

  expect((await post('/entities/nope/k?op=add')).status).toBe(400);
  expect((await fetch(`${base}/instances/x`, { method: 'DELETE' })).status).toBe(200);
  expect((await fetch(`${base}/instances/x`)).status).toBe(404);
});
