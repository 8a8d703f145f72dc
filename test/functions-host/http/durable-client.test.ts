import { expect, test } from 'vitest';
import { readJson } from './read-json.ts';
import { startTestHost } from './test-host.ts';

test('a client starts an instance and answers with its management URLs', async () => {
  const { url, hub } = await startTestHost('durable-app');
  const response = await fetch(`${url}/api/begin/hello?id=one`, { method: 'POST' });
  const body = await readJson(response);
  expect(response.status).toBe(202);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(response.headers.get('location')).toBe(body.statusQueryGetUri);
  expect(body.statusQueryGetUri).toContain(`${url}/runtime/webhooks/durabletask/instances/one?taskHub=TestHubName`);
  expect(body).toHaveProperty('rewindPostUri');
  expect(hub.commands).toEqual([['start', 'hello', 'one', '"you"']]);
  expect((await fetch(body.statusQueryGetUri ?? '')).status).toBe(202);
  const event = body.sendEventPostUri?.replace('{eventName}', 'go') ?? '';
  const raised = await fetch(event, { method: 'POST', body: '1', headers: { 'Content-Type': 'application/json' } });
  expect(raised.status).toBe(202);
});

test('starting without an input gives an empty string', async () => {
  const { url, hub } = await startTestHost('durable-app');
  expect(await (await fetch(`${url}/api/begin-without-input`)).json()).toMatchObject({ input: '' });
  expect(hub.commands[0]?.at(-1)).toBe('""');
});

test('the client follows continuation tokens', async () => {
  const { url, hub } = await startTestHost('durable-app');
  const ids = Array.from({ length: 230 }, (_, index) => `i${index}`);
  for (const id of ids) hub.put(id);
  expect(await (await fetch(`${url}/api/all`)).json()).toEqual(ids);
  expect(hub.commands).toHaveLength(3);
});

test('the client works the other operations', async () => {
  const { url, hub } = await startTestHost('durable-app');
  hub.put('i');
  hub.put('s', { runtimeStatus: 'Suspended' });
  hub.put('f', { runtimeStatus: 'Failed' });
  hub.entities.set('@counter@k', '5');
  const call = async (operation: string) => {
    const response = await fetch(`${url}/api/call/${operation}`, { method: 'POST' });
    return response.status === 200 ? await response.json() : response.status;
  };
  expect(await call('event?id=i')).toBe(204);
  expect(await call('terminate?id=i')).toBe(204);
  expect(await call('suspend?id=i')).toBe(204);
  expect(await call('resume?id=s')).toBe(204);
  expect(await call('rewind?id=f')).toBe(204);
  expect(await call('signal')).toBe(204);
  expect(await call('terminate?id=f')).toBe(204);
  expect(await call('terminate?id=nope')).toBe(500);
  expect(await call('entity')).toEqual({ entityExists: true, entityState: 5 });
  expect(await call('purge?id=i')).toEqual({ instancesDeleted: 1 });
  expect(await call('purge?id=i')).toEqual({ instancesDeleted: 0 });
  expect(hub.commands).toEqual([
    ['raiseEvent', 'i', 'go', '{"a":1}'],
    ['terminate', 'i', 'because'],
    ['suspend', 'i', 'because'],
    ['resume', 's', 'because'],
    ['rewind', 'f', 'because'],
    ['signalEntity', 'counter', 'k', 'add', '3'],
  ]);
});

test('the binding has the shape of the extension', async () => {
  const { url, rpcUrl } = await startTestHost('durable-app', { hubName: 'MyHub' });
  const binding = await readJson(fetch(`${url}/api/binding`));
  expect(binding).toMatchObject({
    taskHubName: 'MyHub',
    connectionName: null,
    baseUrl: `${url}/runtime/webhooks/durabletask`,
    rpcBaseUrl: rpcUrl,
    httpBaseUrl: null,
    managementUrls: { id: 'INSTANCEID' },
  });
  expect(binding.requiredQueryStringParameters).toMatch(/^code=.+/);
  expect(
    Object.values(Object.assign({}, binding.creationUrls, binding.managementUrls)).every(
      (value) => typeof value === 'string',
    ),
  ).toBe(true);
});
