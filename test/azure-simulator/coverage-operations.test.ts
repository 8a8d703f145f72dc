import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isJsonObject, textAt } from '../../local/azure-simulator/base/json.ts';
import { FAULT_KINDS, type FaultKind } from '../../local/azure-simulator/coverage/fault-kinds.ts';
import { SERVICES } from '../../local/azure-simulator/coverage/services.ts';
import type { OperationDeclaration, Protocol } from '../../local/azure-simulator/http/service-declaration.ts';
import { type Fixture, LOCATION, startFixture } from './fixture.ts';
import { operationOf } from './validation/operation-of.ts';
import { good, S, url, VERSIONS } from './validation/requests.ts';

interface Request {
  method: string;
  url: string;
  body?: unknown;
}

const gone = `${S}/providers/Microsoft.KeyVault/locations/${LOCATION}/deletedVaults/airflow-kv/purge?${VERSIONS.vault}`;

/** A request for each long-running operation, where everything exists already but what is called new. */
const LONG_RUNNING: Request[] = [
  { method: 'DELETE', url: url.group() },
  { method: 'PUT', url: url.vault('new-kv'), body: good.vault },
  { method: 'POST', url: gone },
  { method: 'PUT', url: url.registry('newregistry'), body: good.registry },
  { method: 'PATCH', url: url.registry(), body: { tags: { a: 'b' } } },
  { method: 'DELETE', url: url.registry() },
  { method: 'POST', url: url.registry(undefined, '/importImage'), body: good.image },
  { method: 'PUT', url: url.account('newstorage'), body: good.account },
  { method: 'PUT', url: url.cluster('new'), body: good.cluster },
  { method: 'PATCH', url: url.cluster(), body: { tags: { a: 'b' } } },
  { method: 'DELETE', url: url.cluster() },
  { method: 'PUT', url: url.pool('new'), body: good.pool },
];

const declared = SERVICES.flatMap(({ operations }) => operations).filter(({ longRunning }) => longRunning);

const declarationOf = ({ method, url: target }: Request): OperationDeclaration => {
  const found = SERVICES.map((service) => operationOf(service, method, target)).find((one) => one !== undefined);
  if (!found) throw new Error(`${method} ${target} is not declared.`);
  return found;
};

let azure: Fixture;
beforeEach(async () => {
  azure = await startFixture();
  await azure.send('PUT', url.group(), good.group);
  await azure.send('PUT', url.vault(), good.vault);
  await azure.send('PUT', url.registry(), good.registry);
  await azure.send('PUT', url.cluster(), good.cluster);
  await azure.clock.sleep(3_600_000);
});
afterEach(() => azure.close());

type Answer = Awaited<ReturnType<Fixture['send']>>;

/** How the state of an operation is read, by the protocol that it is declared with. */
const stateOf = async (
  protocol: Protocol,
  started: Answer,
  request: Request,
): Promise<'running' | 'done' | 'failed'> => {
  if (protocol === 'location') {
    const { status } = await azure.send('GET', String(started.headers.location));
    return status === 202 ? 'running' : status < 300 ? 'done' : 'failed';
  }
  const followed = protocol === 'provisioningState' ? request.url : String(started.headers['azure-asyncoperation']);
  const { body } = await azure.send('GET', followed);
  const known = isJsonObject(body) ? body : {};
  const state =
    protocol === 'provisioningState' ? textAt(known, 'properties', 'provisioningState') : textAt(known, 'status');
  return state === 'Succeeded' ? 'done' : state === 'Failed' ? 'failed' : 'running';
};

/** Starts the operation, sees that it runs, lets an hour pass, and says how it stands then. */
const outcomeOf = async (request: Request): Promise<string> => {
  if (request.url === gone) await azure.send('DELETE', url.vault());
  const { longRunning } = declarationOf(request);
  if (!longRunning) throw new Error('It is not declared as long-running.');
  const started = await azure.send(request.method, request.url, request.body);
  expect(started.status, started.text).toBeLessThan(300);
  expect(await stateOf(longRunning, started, request)).toBe('running');
  await azure.clock.sleep(3_600_000);
  return stateOf(longRunning, started, request);
};

const strike = (action: unknown, { method, url: target }: Request) =>
  azure.control('POST', 'faults', { method, path: new URL(target, 'https://x').pathname, action });

describe.each(LONG_RUNNING)('$method $url', (request) => {
  test('ends as its protocol says', async () => expect(await outcomeOf(request)).toBe('done'));

  test('can be made to fail', async () => {
    await strike({ failOperation: { code: 'Unlucky', message: 'No luck.' } }, request);
    expect(await outcomeOf(request)).toBe('failed');
  });

  test('can be made to hang', async () => {
    await strike({ hangOperation: true }, request);
    expect(await outcomeOf(request)).toBe('running');
  });
});

test('the table has every operation that is declared as long-running', () => {
  const inTable = LONG_RUNNING.map((request) => declarationOf(request).route);
  expect(inTable.toSorted()).toEqual(declared.map(({ route }) => route).toSorted());
});

const put: Request = { method: 'PUT', url: url.identity(), body: good.identity };
const send = () => azure.send(put.method, put.url, put.body);
const isThere = async () => (await azure.send('GET', put.url)).status === 200;

/** What each kind of fault does to a request that is answered at once. */
const STRIKES: Record<FaultKind, () => Promise<void>> = {
  answer: async () => {
    await strike({ answer: { status: 503, code: 'ServerBusy' } }, put);
    expect(await send()).toMatchObject({ status: 503, body: { error: { code: 'ServerBusy' } } });
    expect(await isThere()).toBe(false);
  },
  drop: async () => {
    await strike({ drop: 'before' }, put);
    await expect(send()).rejects.toThrow();
    expect(await isThere()).toBe(false);
    await strike({ drop: 'idle' }, put);
    await expect(send()).rejects.toThrow();
    expect(await isThere()).toBe(false);
    await strike({ drop: 'after' }, put);
    await expect(send()).rejects.toThrow();
    expect(await isThere()).toBe(true);
  },
  cut: async () => {
    await strike({ cut: { at: 'within-body', by: 'silence', seconds: 90 } }, put);
    const before = azure.clock.now();
    await expect(send()).rejects.toThrow();
    expect(azure.clock.now() - before).toBeGreaterThanOrEqual(90_000);
    for (const at of ['before-headers', 'within-headers', 'after-headers', 'within-body'] as const) {
      for (const chunked of [false, true]) {
        await strike({ cut: { at, by: 'reset', chunked } }, put);
        await expect(send()).rejects.toMatchObject({ code: 'ECONNRESET' });
      }
      await strike({ cut: { at, by: 'close' } }, put);
      await expect(send()).rejects.toThrow();
    }
    expect(await isThere()).toBe(true);
    // The last request: another one could come on the connection that is being closed.
    await strike({ cut: { at: 'after-body', by: 'close', chunked: true } }, put);
    expect(await send()).toMatchObject({ status: 200 });
  },
  delaySeconds: async () => {
    await strike({ delaySeconds: 30 }, put);
    const before = azure.clock.now();
    expect(await send()).toMatchObject({ status: 201 });
    expect(azure.clock.now() - before).toBeGreaterThanOrEqual(30_000);
  },
  failOperation: async () => {
    await strike({ failOperation: { code: 'Unlucky', message: 'No luck.', status: 400 } }, put);
    expect(await send()).toMatchObject({ status: 400, body: { error: { code: 'Unlucky', message: 'No luck.' } } });
    expect(await isThere()).toBe(false);
  },
  hangOperation: async () => {
    await strike({ hangOperation: true }, put);
    expect(await send()).toMatchObject({ status: 201 });
  },
};

test.each(Object.entries(STRIKES))('the fault %s', async (_, strikes) => strikes());

test('every kind of fault is declared', () => {
  expect(Object.keys(FAULT_KINDS).toSorted()).toEqual(Object.keys(STRIKES).toSorted());
});
