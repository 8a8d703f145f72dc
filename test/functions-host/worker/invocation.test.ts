import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { RpcTypedData } from '../../../local/functions-host/worker/function-worker.ts';
import { loadApp } from '../../../local/functions-host/worker/load-app.ts';

const directory = fileURLToPath(new URL('./fixtures/hooks-app', import.meta.url));

const open = async () => {
  const lines: string[] = [];
  const log = (level: string, category: string, message: string) => void lines.push(`${level} ${category} ${message}`);
  const app = await loadApp(directory, { log });
  const invoke = (name: string, data: RpcTypedData = {}, metadata?: Record<string, RpcTypedData>) =>
    app.invoke('activityTrigger', name, data, metadata);
  return { app, lines, invoke };
};

test.each<[RpcTypedData, RpcTypedData | undefined]>([
  [{ string: '"text"' }, { string: 'text' }],
  [{ string: '"5"' }, { string: '5' }],
  [{ string: 'not json' }, { string: 'not json' }],
  [{ string: '5' }, { int: 5 }],
  [{ string: '1.5' }, { double: 1.5 }],
  [{ string: '{"a":[1]}' }, { json: '{"a":[1]}' }],
  [{ string: 'True' }, { string: 'True' }],
  [{ json: 'true' }, { json: 'true' }],
  [{ bytes: Buffer.from([1, 2]) }, { bytes: Buffer.from([1, 2]) }],
  [{}, undefined],
])('%j goes in and %j comes out', async (data, expected) => {
  const { invoke } = await open();
  expect(await invoke('VALUE', data)).toEqual(expected);
});

test('names are found without regard to case, unknown ones are an error', async () => {
  const { app, invoke } = await open();
  expect(await invoke('VaLuE', { string: '1' })).toEqual({ int: 1 });
  await expect(invoke('nope')).rejects.toThrow("There is no function 'nope' with the trigger activityTrigger.");
  await expect(app.invoke('entityTrigger', 'value', {})).rejects.toThrow('entityTrigger');
});

test('trigger metadata reaches the context', async () => {
  const { invoke } = await open();
  expect(await invoke('meta', {}, { InstanceId: { string: 'i' }, data: { string: '{"A":1}' } })).toEqual({
    json: '{"instanceId":"i","data":{"a":1}}',
  });
});

test.each([
  ['fails', 'broken'],
  ['throws-text', 'just text'],
  ['throws-object', '{"code":7}'],
  ['circular', expect.stringContaining('circular structure')],
  ['refused', 'not today'],
  ['late', 'A function can only be registered during app startup.'],
])('%s fails with %s', async (name, message) => {
  const { invoke } = await open();
  const error = await invoke(name).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(error).toHaveProperty('message', message);
});

test('hooks run in order, may replace inputs, handler, result and error, and share their data', async () => {
  const { app, invoke } = await open();
  expect(await invoke('replaced', { string: 'x' })).toEqual({ string: 'wrapped other input' });
  expect(await invoke('forgiven')).toEqual({ string: 'forgiven' });
  await expect(invoke('refused')).rejects.toThrow('not today');
  await app.terminate();
  const seen: unknown = JSON.parse((await invoke('seen'))?.json ?? '');
  expect(seen).toEqual(
    expect.arrayContaining(['appStart', 'post replaced wrapped other input', 'post forgiven bad', 'appTerminate yes']),
  );
  expect(JSON.stringify(seen)).not.toContain('refused');
});

test('a thrown null counts as success, as in the real worker', async () => {
  const { invoke } = await open();
  expect(await invoke('throws-null')).toBeNull();
});

test('logs carry the category of the platform, and log hooks may change them', async () => {
  const { lines, invoke } = await open();
  await invoke('value', { string: '1' });
  expect(lines).toEqual([
    expect.stringMatching(
      /^debug Function\.value Executing 'Functions\.value' \(Reason='\(null\)', Id=[0-9a-f-]{36}\)$/,
    ),
    'information Function.value.User plain { a: 1 }',
    'warning Function.value.User hidden in value',
    expect.stringMatching(
      /^debug Function\.value Executed 'Functions\.value' \(Succeeded, Id=[0-9a-f-]{36}, Duration=\d+ms\)$/,
    ),
  ]);
  lines.length = 0;
  await invoke('fails').catch(() => {});
  expect(lines.at(-1)).toMatch(/Executed 'Functions\.fails' \(Failed, /);
});

test('the core API: versions, unknown hooks, disposables', async () => {
  await open();
  const core = createRequire(import.meta.url)('@azure/functions-core');
  expect(core.hostVersion).toMatch(/^4\./);
  expect(() => core.registerHook('nope', () => {})).toThrow(
    expect.objectContaining({ message: 'Unrecognized hook "nope"', isAzureFunctionsSystemError: true }),
  );
  const calls: string[] = [];
  const both = core.Disposable.from(
    new core.Disposable(() => calls.push('a')),
    new core.Disposable(() => calls.push('b')),
  );
  both.dispose();
  both.dispose();
  expect(calls).toEqual(['a', 'b']);
});
