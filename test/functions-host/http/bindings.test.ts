import { expect, test } from 'vitest';
import { until } from '../../support/until.ts';
import { startTestHost, type TestHost } from './test-host.ts';

const line = (host: TestHost, part: string): Promise<string> =>
  until(part, async () => host.lines.find((each) => each.includes(part)));

const runByHand = async (host: TestHost, name: string, body: object = {}): Promise<number> => {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch(`${host.url}/admin/functions/${name}`, { method: 'POST', headers, body: JSON.stringify(body) }))
    .status;
};

test('what is not imitated is said at the start, by function, with what happens and what to do', async () => {
  const { lines, url } = await startTestHost('bindings-app');
  expect(lines.filter((each) => each.startsWith('warning'))).toEqual([
    `warning Host.Startup 'queued' has a queueTrigger, which this host does not imitate: it never fires here. Run it by hand with curl -X POST ${url}/admin/functions/queued -H 'Content-Type: application/json' -d '{"input":"…"}', or run the app with Azure Functions Core Tools.`,
    "warning Host.Startup 'reads' takes the input binding blob, which this host does not imitate: every invocation fails. Read the data with the service's own SDK, or run the app with Azure Functions Core Tools.",
    "warning Host.Startup 'repeats' has a retry policy, which this host does not imitate: a run that failed is not repeated before its time.",
    "warning Host.Startup 'returns' has the output binding queue, which this host does not imitate: the function runs, what it writes there is dropped with a warning.",
    "warning Host.Startup 'writes' has the output binding queue, which this host does not imitate: the function runs, what it writes there is dropped with a warning.",
  ]);
});

test('a function whose trigger never fires can be run by hand with any text', async () => {
  const host = await startTestHost('bindings-app');
  expect(await runByHand(host, 'queued', { input: '{"a":1}' })).toBe(202);
  expect(await line(host, 'got')).toBe('information Function.queued.User got { a: 1 }');
  expect(await runByHand(host, 'queued', { input: 'plain' })).toBe(202);
  expect(await line(host, 'got plain')).toBeDefined();
});

test('a function that needs an input that is not there fails, and does not run on nothing', async () => {
  const host = await startTestHost('bindings-app');
  expect((await fetch(`${host.url}/api/reads`)).status).toBe(500);
  expect(await line(host, "The function 'reads' takes the input binding blob")).toMatch(/^error Function\.reads /);
});

test('what goes to an output that leads nowhere is lost with a warning; nothing written, nothing said', async () => {
  const host = await startTestHost('bindings-app');
  const lost = "warning Function.writes What 'writes' wrote to its output binding queue was dropped: ";
  expect(await (await fetch(`${host.url}/api/writes`)).text()).toBe('written');
  expect(host.lines.join('\n')).not.toContain(lost);
  expect(await (await fetch(`${host.url}/api/writes?message=x`)).text()).toBe('written');
  expect(host.lines.join('\n')).toContain(lost);
  expect(await runByHand(host, 'returns')).toBe(202);
  expect(await line(host, "What 'returns' wrote to its output binding queue")).toBeDefined();
});

test('an HTTP function is not run by hand: its URL is there', async () => {
  const host = await startTestHost('bindings-app');
  expect(await runByHand(host, 'writes')).toBe(202);
  expect(await line(host, 'An HttpRequest is required: call its URL instead.')).toMatch(/^error Function\.writes /);
});

test('an invocation above the function timeout is reported to whoever ends the process', async () => {
  const exceeded: string[] = [];
  const onExceeded = (name: string) => void exceeded.push(name);
  const host = await startTestHost('bindings-app', { functionTimeout: { ms: 1000, onExceeded } });
  await fetch(`${host.url}/api/writes`);
  void fetch(`${host.url}/api/endless`).catch(() => {});
  expect(await until('the timeout', async () => exceeded[0])).toBe('Functions.endless');
  expect(exceeded).toHaveLength(1);
  expect(host.lines).toContain(
    'error Host.Executor Timeout value of 00:00:01 was exceeded by function: Functions.endless.',
  );
});
