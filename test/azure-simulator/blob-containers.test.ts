import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkSharedKey } from '../../local/azure-simulator/providers/storage/shared-key.ts';
import { type Fixture, fetchToken, GROUP, LOCATION, sendRaw, startFixture } from './fixture.ts';
import { incomingOf } from './incoming-of.ts';

/** The key that every storage emulator has (learn.microsoft.com, storage-use-azurite, well-known storage account and key). */
const EMULATOR_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** A request as azure-storage-blob 12.29.0b1 for Python signed it with that key. */
const RECORDED = {
  method: 'PUT',
  host: 'devstoreaccount1.blob.core.windows.net',
  target: '/airflow-logs?restype=container&timeout=20',
  headers: {
    'x-ms-meta-purpose': 'logs',
    'x-ms-meta-a': 'b',
    'x-ms-version': '2026-04-06',
    accept: 'application/xml',
    'x-ms-date': 'Mon, 23 Nov 2026 19:07:38 GMT',
    'x-ms-client-request-id': '2666ae46-e771-11f1-984e-02fc00000001',
    'content-length': '0',
    authorization: 'SharedKey devstoreaccount1:7P9xEoi948p5DmO98KXHxIQramtNfKm5o43NmHI4iBI=',
  },
};

describe('the signature of a request with an account key', () => {
  const check = (
    changes: { target?: string; method?: string; headers?: Record<string, string> },
    key = EMULATOR_KEY,
  ) => {
    const headers = { ...RECORDED.headers, ...changes.headers };
    return () => checkSharedKey(incomingOf({ ...RECORDED, ...changes, headers }), 'devstoreaccount1', ['AAAA', key]);
  };

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T19:10:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is right as a stranger's program made it", () => {
    expect(check({})).not.toThrow();
  });

  it.each<[string, Parameters<typeof check>[0]]>([
    ['another container', { target: '/airflow-logz?restype=container&timeout=20' }],
    ['another parameter', { target: '/airflow-logs?restype=container&timeout=21' }],
    ['one parameter more', { target: '/airflow-logs?restype=container&timeout=20&comp=acl' }],
    ['another verb', { method: 'DELETE' }],
    ['another header of its own', { headers: { 'x-ms-meta-a': 'c' } }],
    ['one header more', { headers: { 'x-ms-blob-public-access': 'container' } }],
    ['a body', { headers: { 'content-length': '5' } }],
    ['another time', { headers: { 'x-ms-date': 'Mon, 23 Nov 2026 19:07:39 GMT' } }],
    ['another account', { headers: { authorization: RECORDED.headers.authorization.replace('1:', '2:') } }],
    ['no signature', { headers: { authorization: 'SharedKey devstoreaccount1:' } }],
  ])('is wrong with %s', (_, changes) => {
    expect(check(changes)).toThrow(/Server failed to authenticate the request/);
  });

  it('is wrong with another key', () => {
    expect(check({}, EMULATOR_KEY.replace('E', 'F'))).toThrow(/Server failed to authenticate the request/);
  });

  it.each(['2026-11-23T18:52:00Z', '2026-11-23T19:23:00Z'])('is too old or too new at %s', (now) => {
    vi.setSystemTime(new Date(now));
    expect(check({})).toThrow(/Server failed to authenticate the request/);
  });
});

describe("a storage account's blob endpoint", () => {
  const ACCOUNT = 'airflowstorage';
  const host = `${ACCOUNT}.blob.core.windows.net`;
  let azure: Fixture;
  let key: string;

  beforeEach(async () => {
    azure = await startFixture();
    await azure.resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION });
    await azure.done(
      azure.storage.storageAccounts.create(GROUP, ACCOUNT, {
        location: LOCATION,
        sku: { name: 'Standard_ZRS' },
        kind: 'StorageV2',
      }),
    );
    const { keys } = await azure.storage.storageAccounts.listKeys(GROUP, ACCOUNT);
    key = keys?.[1]?.value ?? '';
  });
  afterEach(() => azure.close());

  /** Signed as the protocol says, for requests without a body and with these headers only. */
  const call = (method: string, container: string, more: Record<string, string> = {}, signedWith = key) => {
    const date = new Date().toUTCString();
    const own = { ...more, 'x-ms-date': date, 'x-ms-version': '2026-04-06' };
    const lines = Object.entries(own)
      .toSorted()
      .map(([name, value]) => `${name}:${value}\n`);
    const text = `${method}\n\n\n\n\n\n\n\n\n\n\n\n${lines.join('')}/${ACCOUNT}/${container}\nrestype:container`;
    const signature = createHmac('sha256', Buffer.from(signedWith, 'base64')).update(text).digest('base64');
    const authorization = `SharedKey ${ACCOUNT}:${signature}`;
    return sendRaw(azure.url, method, `/${container}?restype=container`, { ...own, host, authorization });
  };

  it('makes a container that Resource Manager shows too, once', async () => {
    expect(await call('PUT', 'airflow-logs')).toMatchObject({
      status: 201,
      text: '',
      headers: { etag: expect.stringMatching(/^"0x/), 'x-ms-version': '2026-04-06' },
    });
    const shown = await azure.storage.blobContainers.get(GROUP, ACCOUNT, 'airflow-logs');
    expect(shown).toMatchObject({ name: 'airflow-logs', publicAccess: 'None' });
    const again = await call('PUT', 'airflow-logs');
    expect(again).toMatchObject({ status: 409, headers: { 'x-ms-error-code': 'ContainerAlreadyExists' } });
    expect(again.text).toContain('<Code>ContainerAlreadyExists</Code>');
    expect(azure.simulator.requests().at(-1)).toMatchObject({ status: 409, code: 'ContainerAlreadyExists' });
  });

  it('shows and deletes what was made through Resource Manager; its name is free again after a while', async () => {
    await azure.storage.blobContainers.create(GROUP, ACCOUNT, 'airflow-logs', { metadata: { purpose: 'logs' } });
    expect(await call('GET', 'airflow-logs')).toMatchObject({ status: 200, headers: { 'x-ms-meta-purpose': 'logs' } });
    expect((await call('DELETE', 'airflow-logs')).status).toBe(202);
    expect(await call('GET', 'airflow-logs')).toMatchObject({
      status: 404,
      headers: { 'x-ms-error-code': 'ContainerNotFound' },
    });
    expect(await call('PUT', 'airflow-logs')).toMatchObject({
      status: 409,
      headers: { 'x-ms-error-code': 'ContainerBeingDeleted' },
    });
    await azure.clock.sleep(60_000);
    expect((await call('PUT', 'airflow-logs')).status).toBe(201);
  });

  it('refuses a wrong key, with the string that it signed', async () => {
    const answer = await call('PUT', 'airflow-logs', {}, EMULATOR_KEY);
    expect(answer).toMatchObject({ status: 403, headers: { 'x-ms-error-code': 'AuthenticationFailed' } });
    expect(answer.text).toContain('Server used following string to sign');
    expect(answer.text).not.toContain(key);
    await expect(azure.storage.blobContainers.get(GROUP, ACCOUNT, 'airflow-logs')).rejects.toThrow();
  });

  it('refuses keys where they are switched off', async () => {
    await azure.storage.storageAccounts.update(GROUP, ACCOUNT, { allowSharedKeyAccess: false });
    expect(await call('PUT', 'airflow-logs')).toMatchObject({
      status: 403,
      headers: { 'x-ms-error-code': 'KeyBasedAuthenticationNotPermitted' },
    });
  });

  it('takes a token for storage, and asks for one', async () => {
    const headers = { host, 'x-ms-version': '2026-04-06' };
    const path = '/airflow-logs?restype=container';
    expect(await sendRaw(azure.url, 'PUT', path, headers)).toMatchObject({
      status: 401,
      headers: {
        'www-authenticate': expect.stringMatching(
          /^Bearer authorization_uri=\S+ resource_id=https:\/\/storage\.azure\.com$/,
        ),
      },
    });
    const put = async (audience: string) => {
      const authorization = `Bearer ${await fetchToken(azure.url, audience)}`;
      return (await sendRaw(azure.url, 'PUT', path, { ...headers, authorization })).status;
    };
    expect(await put('https://management.azure.com')).toBe(401);
    expect(await put('https://storage.azure.com')).toBe(201);
    await azure.control('POST', 'caller', { roles: ['Reader'] });
    expect(await put('https://storage.azure.com')).toBe(403);
  });

  it.each<[string, string, Record<string, string>, number, string]>([
    ['a bad name', 'Airflow', {}, 400, 'InvalidResourceName'],
    ['two dashes in a row', 'airflow--logs', {}, 400, 'InvalidResourceName'],
    ['public access', 'airflow-logs', { 'x-ms-blob-public-access': 'blob' }, 409, 'PublicAccessNotPermitted'],
    ['an unknown access', 'airflow-logs', { 'x-ms-blob-public-access': 'all' }, 400, 'InvalidHeaderValue'],
  ])('refuses %s', async (_, name, headers, status, code) => {
    expect(await call('PUT', name, headers)).toMatchObject({ status, headers: { 'x-ms-error-code': code } });
  });

  it('does not resolve for an account that is not there', async () => {
    const headers = { host: 'nosuchaccount.blob.core.windows.net' };
    await expect(sendRaw(azure.url, 'PUT', '/a?restype=container', headers)).rejects.toThrow(/hang up|ECONNRESET/);
  });
});
