import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SIMULATED_CALLER_OBJECT_ID } from '../../../local/azure-simulator/azure-simulator.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../local/azure-simulator/base/json.ts';
import { SERVICES } from '../../../local/azure-simulator/coverage/services.ts';
import { RESOURCE_MANAGER_COVERAGE } from '../../../local/azure-simulator/resource-manager/coverage.ts';
import { type Fixture, fetchToken, startFixture } from '../fixture.ts';
import { operatorToken } from '../log-in.ts';
import { operationOf } from './operation-of.ts';
import { errorIn, snapshot } from './refusals.ts';
import { good, S, url, VERSIONS } from './requests.ts';

const RUNS = 40;
const GRAPH = 'https://graph.microsoft.com';

interface Write {
  method: string;
  /** @param run - its number, for names that nobody had before. */
  url: (run: number) => string;
  body: JsonObject;
  /** Whether what a GET of the URL answers is a body that the URL takes. */
  readBack?: true;
  /** What it is sent with, where that is not a token of Resource Manager. */
  headers?: (azure: Fixture) => Promise<Record<string, string>>;
}

const name = (provider: string) => `${S}/providers/Microsoft.${provider}/checkNameAvailability`;

const WRITES: Record<string, Write> = {
  'a resource group': { method: 'PUT', url: (run) => url.group(`group${run}`), body: good.group, readBack: true },
  'an identity': { method: 'PUT', url: (run) => url.identity(`identity${run}`), body: good.identity, readBack: true },
  'a federated credential': {
    method: 'PUT',
    url: () => url.credential(),
    body: good.credential,
    readBack: true,
  },
  'a role assignment': {
    method: 'PUT',
    url: (run) => url.assignment(`00000000-0000-4000-8000-${String(run).padStart(12, '0')}`),
    body: good.assignment,
    readBack: true,
  },
  'a lock': { method: 'PUT', url: (run) => url.lock(`lock${run}`), body: good.lock, readBack: true },
  'a vault': { method: 'PUT', url: (run) => url.vault(`vault-${run}`), body: good.vault, readBack: true },
  'a vault that exists': { method: 'PUT', url: () => url.vault(), body: good.vault, readBack: true },
  'a change of a vault': { method: 'PATCH', url: () => url.vault(), body: good.vault },
  'access policies': { method: 'PUT', url: () => url.vault(undefined, '/accessPolicies/add'), body: good.vault },
  'a secret': { method: 'PUT', url: (run) => url.vault(undefined, `/secrets/secret${run}`), body: good.secret },
  'a registry': { method: 'PUT', url: (run) => url.registry(`registry${run}`), body: good.registry, readBack: true },
  'a change of a registry': { method: 'PATCH', url: () => url.registry(), body: good.registry },
  'an import': {
    method: 'POST',
    url: () => url.registry(undefined, '/importImage'),
    body: { ...good.image, mode: 'Force' },
  },
  'an account': { method: 'PUT', url: (run) => url.account(`account${run}`), body: good.account, readBack: true },
  'a change of an account': { method: 'PATCH', url: () => url.account(), body: good.account },
  'a key': { method: 'POST', url: () => url.account(undefined, '/regenerateKey'), body: { keyName: 'key1' } },
  'a container': { method: 'PUT', url: (run) => url.container(`logs${run}`), body: good.container, readBack: true },
  'a cluster': { method: 'PUT', url: (run) => url.cluster(`cluster${run}`), body: good.cluster, readBack: true },
  'a cluster that exists': { method: 'PUT', url: () => url.cluster(), body: good.cluster, readBack: true },
  'a node pool': { method: 'PUT', url: (run) => url.pool(`pool${run}`), body: good.pool, readBack: true },
  'a vault’s name': {
    method: 'POST',
    url: () => `${name('KeyVault')}?${VERSIONS.vault}`,
    body: { name: 'a-kv', type: 'Microsoft.KeyVault/vaults' },
  },
  'an account’s name': {
    method: 'POST',
    url: () => `${name('Storage')}?${VERSIONS.storage}`,
    body: { name: 'abc', type: 'Microsoft.Storage/storageAccounts' },
  },
  'a look-up in the directory': {
    method: 'POST',
    url: () => `${GRAPH}/v1.0/directoryObjects/getByIds`,
    body: { ids: [SIMULATED_CALLER_OBJECT_ID], types: ['servicePrincipal'] },
    headers: async (azure) => ({ authorization: `Bearer ${await operatorToken(azure.url, GRAPH)}` }),
  },
};

/** The paths of all values inside a value. */
const pathsOf = (value: Json | undefined): (string | number)[][] => {
  if (Array.isArray(value))
    return value.flatMap((one, index) => [[index], ...pathsOf(one).map((path) => [index, ...path])]);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => [[key], ...pathsOf(one).map((path) => [key, ...path])]);
};

/** A copy with another value at a path; undefined takes it away. */
const changedAt = (
  value: Json | undefined,
  [key, ...rest]: readonly (string | number)[],
  put: Json | undefined,
): Json | undefined => {
  if (key === undefined) return put;
  if (Array.isArray(value)) {
    return value.map((one, index) => (index === key ? (changedAt(one, rest, put) ?? null) : one));
  }
  return isJsonObject(value) ? { ...value, [key]: changedAt(value[key], rest, put) } : value;
};

const anyJson = fc.jsonValue({ maxDepth: 2 }).map((value): Json => JSON.parse(JSON.stringify(value)));

/** Values that stand for something in many a language, and so may be taken for something here. */
const odd = fc.constantFrom<Json>(
  '',
  ' ',
  'constructor',
  '__proto__',
  'null',
  '0',
  -1,
  1e21,
  1.5,
  [],
  {},
  [null],
  null,
);

/** Any JSON; most often a good body with something in it replaced, added or missing. */
const anyBody = (body: JsonObject): fc.Arbitrary<Json | undefined> => {
  const value = fc.oneof(anyJson, odd);
  const path = fc.constantFrom(...pathsOf(body));
  const replaced = fc.tuple(path, value).map(([where, put]) => changedAt(body, where, put));
  const missing = path.map((where) => changedAt(body, where, undefined));
  const added = fc
    .tuple(path, fc.string(), value)
    .map(([where, key, put]) => changedAt(body, [...where.slice(0, -1), key], put));
  return fc.oneof(
    { weight: 6, arbitrary: replaced },
    { weight: 2, arbitrary: missing },
    { weight: 2, arbitrary: added },
    value,
  );
};

let azure: Fixture;
let headers: Record<string, string>;
let run = 100;
beforeAll(async () => {
  azure = await startFixture({ throttling: false });
  headers = { authorization: `Bearer ${await fetchToken(azure.url, 'https://management.azure.com')}` };
  const made: [string, JsonObject][] = [
    [url.group(), good.group],
    [url.identity(), good.identity],
    [url.vault(), good.vault],
    [url.registry(), good.registry],
    [url.account(), good.account],
    [url.cluster(), good.cluster],
  ];
  for (const [target, body] of made) await azure.send('PUT', target, body, headers);
  await azure.clock.sleep(3_600_000);
});
afterAll(() => azure.close());

/** Whether the simulator says of itself that it refuses an operation so. */
const isDeclared = (method: string, target: string, status: number, code: unknown): boolean => {
  const service = SERVICES.find((one) => operationOf(one, method, target) !== undefined);
  return [service, RESOURCE_MANAGER_COVERAGE].some((one) =>
    Object.entries(one?.errors ?? {}).some(([declared, error]) => declared === code && error.status === status),
  );
};

describe.each(Object.entries(WRITES))('whatever the body of %s', (_, write) => {
  test('it is refused with a declared error and nothing changes, or what is made can be put back as it is read', async () => {
    const own = (await write.headers?.(azure)) ?? headers;
    await fc.assert(
      fc.asyncProperty(anyBody(write.body), async (body) => {
        const target = write.url(run++);
        const before = snapshot(azure);
        const answer = await azure.send(write.method, target, JSON.stringify(body), own);
        if (answer.status >= 400) {
          const { code, shape } = errorIn(answer);
          expect(shape, answer.text).not.toBe('none');
          expect(isDeclared(write.method, target, answer.status, code), `${answer.status} ${code}`).toBe(true);
          expect(snapshot(azure)).toEqual(before);
          return;
        }
        await azure.clock.sleep(3_600_000);
        if (!write.readBack) return;
        const read = await azure.send('GET', target, undefined, headers);
        expect(read.status, read.text).toBe(200);
        const putBack = await azure.send('PUT', target, read.body, headers);
        expect(putBack.status, `${read.text} ${putBack.text}`).toBeLessThan(300);
        await azure.clock.sleep(3_600_000);
      }),
      { numRuns: RUNS },
    );
  });
});
