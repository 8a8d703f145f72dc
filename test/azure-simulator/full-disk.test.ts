import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { SIMULATED_SUBSCRIPTION_ID } from '../../local/azure-simulator/base/identities.ts';
import { Store } from '../../local/azure-simulator/state/store.ts';
import { StorageError } from '../../local/storage/storage-error.ts';
import { fetchToken, GROUP, LOCATION, startFixture } from './fixture.ts';

/** A data folder that can be taken away and given back: then no write succeeds. */
const folder = () => {
  const directory = mkdtempSync(join(tmpdir(), 'azure-simulator-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const [here, away] = [join(directory, 'data'), join(directory, 'away')];
  mkdirSync(here);
  return { here, takeAway: () => renameSync(here, away), giveBack: () => renameSync(away, here) };
};

const group = (name: string): string =>
  `/subscriptions/${SIMULATED_SUBSCRIPTION_ID}/resourceGroups/${name}?api-version=2025-04-01`;

test('a table keeps what the disk did not take, and writes it before anything else', () => {
  const { here, takeAway, giveBack } = folder();
  const store = new Store(here);
  const table = store.table('t', z.string());
  table.set('a', 'before');
  takeAway();
  expect(() =>
    store.transaction(() => {
      table.set('a', 'changed');
      table.set('b', 'new');
      table.delete('b');
      table.set('b', 'again');
    }),
  ).toThrow(StorageError);
  let ran = false;
  expect(() =>
    store.transaction(() => {
      ran = true;
    }),
  ).toThrow(/azure\.sqlite was deleted or moved/);
  expect(ran, 'nothing is done on top of what is not stored').toBe(false);
  giveBack();
  store.transaction(() => table.set('c', 'later'));
  store.close();
  const restarted = new Store(here);
  expect(restarted.table('t', z.string()).entries()).toEqual([
    ['a', 'changed'],
    ['b', 'again'],
    ['c', 'later'],
  ]);
  restarted.close();
});

test('a transaction that throws stores what it did, as memory has it', () => {
  const { here } = folder();
  const store = new Store(here);
  const table = store.table('t', z.string());
  const failing = (): void => {
    table.set('a', 'done');
    throw new Error('refused');
  };
  expect(() => store.transaction(failing)).toThrow('refused');
  store.close();
  const restarted = new Store(here);
  expect(restarted.table('t', z.string()).entries()).toEqual([['a', 'done']]);
  restarted.close();
});

test('what is acknowledged survives a crash, and what the disk does not take is 503 with Retry-After', async () => {
  const { here, takeAway, giveBack } = folder();
  const before = await startFixture({ dataDirectory: here });
  const authorization = `Bearer ${await fetchToken(before.url, 'https://management.azure.com')}`;
  const put = (name: string) => before.send('PUT', group(name), { location: LOCATION }, { authorization });
  expect(await put('stored')).toMatchObject({ status: 201 });
  takeAway();
  expect(await put('lost')).toMatchObject({
    status: 503,
    headers: { 'retry-after': '10' },
    body: { error: { code: 'ServiceUnavailable', message: expect.stringContaining('azure.sqlite was deleted') } },
  });
  expect(await put('refused')).toMatchObject({ status: 503 });
  expect(before.simulator.requests().at(-1)).toMatchObject({ status: 503 });
  giveBack();
  expect(await put(GROUP)).toMatchObject({ status: 201 });
  const groups = before.simulator.resources().map(({ name }) => name);
  expect(groups).toContain('stored');
  expect(groups).not.toContain('refused');
  await before.close();
  const after = await startFixture({ dataDirectory: here });
  expect(after.simulator.resources().map(({ name }) => name)).toEqual(groups);
  await after.close();
});

test('who made a folder that others can read is told what to type', async () => {
  const { here } = folder();
  chmodSync(here, 0o755);
  const lines: string[] = [];
  const azure = await startFixture({ dataDirectory: here, log: (line) => lines.push(line) });
  await azure.close();
  expect(lines).toContainEqual(expect.stringMatching(/chmod 700 .*data$/));
});

test('the data are for their owner alone, and need no file that memory is shared by', () => {
  const { here } = folder();
  const directory = join(here, 'new');
  const store = new Store(directory);
  store.table('t', z.string()).set('a', 'b');
  const modes = [directory, ...['azure.sqlite', 'azure.sqlite-wal'].map((name) => join(directory, name))].map(
    (path) => statSync(path).mode & 0o777,
  );
  const files = readdirSync(directory).toSorted();
  store.close();
  expect(modes).toEqual([0o700, 0o600, 0o600]);
  expect(files).toEqual(['azure.sqlite', 'azure.sqlite-wal']);
});
