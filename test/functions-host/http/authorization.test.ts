import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type HostKeys, newHostKeys, openHostKeys } from '../../../local/functions-host/http/host-keys.ts';
import { startTestHost } from './test-host.ts';

const keys: HostKeys = {
  master: 'm',
  functionKeys: { default: 'host' },
  functions: { Locked: { default: 'own' } },
  systemKeys: { durabletask_extension: 'system' },
};

test.each([
  // key, anonymous, function with a key of its own, another function, admin, webhook, /admin
  [undefined, 200, 401, 401, 401, 401, 401],
  ['wrong', 200, 401, 401, 401, 401, 401],
  ['m', 200, 200, 200, 200, 200, 200],
  ['host', 200, 200, 200, 401, 401, 401],
  ['own', 200, 200, 401, 401, 401, 401],
  ['system', 200, 401, 401, 401, 200, 401],
])('the key %s opens what it should', async (key, ...expected) => {
  const { url } = await startTestHost('http-app', { auth: true, keys });
  const paths = [
    '/api/body',
    '/api/locked',
    '/api/locked-too',
    '/api/guarded',
    '/runtime/webhooks/durabletask/instances',
    '/admin/functions',
  ];
  const byHeader = await Promise.all(
    paths.map(async (path) => (await fetch(url + path, { headers: key ? { 'x-functions-key': key } : {} })).status),
  );
  const byQuery = await Promise.all(
    paths.map(async (path) => (await fetch(`${url}${path}${key ? `?code=${key}` : ''}`)).status),
  );
  expect(byHeader).toEqual(expected);
  expect(byQuery).toEqual(expected);
});

test('the header counts before the query, and an unknown route needs no key', async () => {
  const { url } = await startTestHost('http-app', { auth: true, keys });
  const headers = { 'x-functions-key': 'wrong' };
  const refused = await fetch(`${url}/api/locked?code=m`, { headers });
  expect([refused.status, await refused.text()]).toEqual([401, '']);
  expect((await fetch(`${url}/api/unknown`)).status).toBe(404);
});

test('without auth no key is asked for, and the local RPC endpoint never asks', async () => {
  const open = await startTestHost('http-app', { keys });
  expect((await fetch(`${open.url}/api/guarded`)).status).toBe(200);
  expect((await fetch(`${open.url}/runtime/webhooks/durabletask/instances`)).status).toBe(200);
  const locked = await startTestHost('http-app', { auth: true, keys });
  expect((await fetch(`${locked.rpcUrl}instances`)).status).toBe(200);
});

test('no line of the log shows a key', async () => {
  const secret = newHostKeys();
  const { url, rpcUrl, lines } = await startTestHost('durable-app', { auth: true, keys: secret });
  const response = await fetch(`${url}/api/begin/hello`, { method: 'POST' });
  expect(response.status).toBe(202);
  await fetch(`${url}/runtime/webhooks/durabletask/instances/x?code=${secret.master}`);
  await fetch(`${rpcUrl}instances/x`);
  const all = lines.join('\n');
  for (const key of [secret.master, ...Object.values(secret.functionKeys), secret.systemKeys.durabletask_extension]) {
    expect(all).not.toContain(key);
  }
});

test('keys are made once, for their owner only, and a damaged file is not overwritten', () => {
  const directory = mkdtempSync(join(tmpdir(), 'keys-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const made = openHostKeys(directory);
  const file = join(directory, 'keys.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(openHostKeys(directory)).toEqual(made);
  writeFileSync(file, '{"master": 5}');
  expect(() => openHostKeys(directory)).toThrow(/keys\.json does not hold the host's keys/);
  expect(readFileSync(file, 'utf8')).toBe('{"master": 5}');
});
