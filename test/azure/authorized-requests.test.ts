import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { askVault } from '../../src/azure/ask-vault.ts';
import { sendAuthorized } from '../../src/azure/authorized-request.ts';
import { recordExchange } from '../../src/azure/exchange.ts';
import { AzureOperationError } from '../../src/azure/failures/azure-failure.ts';
import { sendPlain } from '../../src/azure/plain-request.ts';
import { recoverSecret } from '../../src/azure/recover-secret.ts';
import { askResourceManager } from '../../src/azure/resource-manager-request.ts';
import { SimulatorCredential } from '../../src/azure/simulator.ts';
import { azureError, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof AzureOperationError ? error.failure : error;
};

describe('a request to Resource Manager without a client package', () => {
  const schema = z.object({ name: z.string() });

  it('is sent with a token and gives what the schema reads', async () => {
    azure.on('GET /subscriptions/s/x', { body: { name: 'n', other: 1 } });
    expect(await askResourceManager('GET', '/subscriptions/s/x?api-version=1', schema)).toEqual({ name: 'n' });
    const { headers, query, body } = azure.request('GET /subscriptions/s/x');
    expect(headers.authorization).toMatch(/^Bearer /);
    expect(headers['user-agent']).toContain('airflow-on-aks');
    expect(query).toEqual({ 'api-version': '1' });
    expect(body).toBeUndefined();
    expect(headers['content-type']).toBeUndefined();
  });

  it('carries a body as JSON', async () => {
    azure.on('PUT /subscriptions/s/x', { status: 299, body: { name: 'n' } });
    await askResourceManager('PUT', '/subscriptions/s/x?api-version=1', schema, { a: [1] });
    const { headers, body } = azure.request('PUT /subscriptions/s/x');
    expect(body).toEqual({ a: [1] });
    expect(headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
  });

  it('is made in the api-version that the settings have', async () => {
    vi.stubEnv('AZURE_API_VERSIONS', 'Microsoft.KeyVault=2020-01-01');
    azure.on('GET /subscriptions/s/providers/Microsoft.KeyVault/vaults/v', { body: { name: 'n' } });
    const path = '/subscriptions/s/providers/Microsoft.KeyVault/vaults/v?api-version=1';
    await askResourceManager('GET', path, schema);
    expect(azure.requests[0]?.query).toEqual({ 'api-version': '2020-01-01' });
  });

  it.each([300, 400, 503])("fails with Azure's words when it answers %i", async (status) => {
    const headers = { 'x-ms-correlation-request-id': 'id', 'retry-after': '4' };
    azure.on('GET /x', { status, headers, body: { error: { code: 'C', message: 'm' } } });
    const asked = recordExchange({}, () => askResourceManager('GET', '/x?api-version=1', schema));
    expect(await failureOf(asked)).toEqual({
      code: 'C',
      message: 'm',
      status,
      correlationId: 'id',
      retryAfterSeconds: 4,
    });
  });

  it('fails with the status when Azure says nothing', async () => {
    azure.on('GET /x', 418);
    expect(await failureOf(askResourceManager('GET', '/x?api-version=1', schema))).toMatchObject({
      code: 'HttpStatus418',
      message: 'Resource Manager answered HTTP 418.',
    });
  });

  it('does not take for an answer what is none', async () => {
    azure.on('GET /x', { body: 'no JSON' });
    await expect(askResourceManager('GET', '/x?api-version=1', schema)).rejects.toThrow(SyntaxError);
  });
});

describe('a request with a token', () => {
  const SCOPE = 'https://management.azure.com/.default';

  it.each(['https://evil.example/x', 'http://management.azure.com/x', 'https://management.azure.com:444/x'])(
    'is not sent to %s',
    async (url) => {
      await expect(sendAuthorized('GET', url, SCOPE)).rejects.toThrow(`The host ${new URL(url).host} is not Azure's`);
      expect(azure.routes).toEqual([]);
    },
  );

  it.each([
    'http://kv.vault.azure.net/secrets/x',
    'https://kv.vault.azure.net:8443/secrets/x',
    'https://kv.vault.azure.net.evil.example/secrets/x',
    'https://kv.vault.azure.cn/secrets/x',
  ])('is not sent to %s, which is no vault of the cloud', async (url) => {
    await expect(sendAuthorized('GET', url, SCOPE)).rejects.toThrow("is not Azure's");
    await expect(askVault('GET', new URL(url))).rejects.toThrow(
      `The vault's host ${new URL(url).host} is not one of Azure's: it is not asked.`,
    );
    expect(azure.routes).toEqual([]);
  });

  it('is sent to a vault of the cloud', async () => {
    azure.on('GET https://kv.vault.azure.net/secrets/x', { body: { value: 's' } });
    const { status, bodyAsText } = await askVault('GET', new URL('https://kv.vault.azure.net/secrets/x?a=1'));
    expect([status, bodyAsText]).toEqual([200, '{"value":"s"}']);
    expect(azure.requests[0]?.query).toEqual({ a: '1', 'api-version': '7.5' });
  });

  it.each([
    ['AzureCloud', 'vault.azure.net'],
    ['AzureChinaCloud', 'vault.azure.cn'],
  ])("carries a token for the vaults of the app's cloud: %s", async (cloud, host) => {
    vi.stubEnv('AZURE_CLOUD', cloud);
    const asked = vi.spyOn(SimulatorCredential.prototype, 'getToken');
    azure.on(`GET https://kv.${host}/secrets/x`, { body: {} });
    await askVault('GET', new URL(`https://kv.${host}/secrets/x`));
    expect(asked.mock.calls.map(([scopes]) => [scopes].flat())).toEqual([[`https://${host}/.default`]]);
    asked.mockRestore();
  });

  it('is not sent on to another host that the answer names', async () => {
    azure.on('GET /x', { status: 307, headers: { location: 'https://evil.example/x' } });
    expect(await sendAuthorized('GET', 'https://management.azure.com/x', SCOPE)).toMatchObject({ status: 307 });
    expect(azure.routes).toEqual(['GET /x']);
  });
});

describe('a soft-deleted secret', () => {
  const ROUTE = 'POST https://kv.vault.azure.net/deletedsecrets/ssh-key/recover';
  const recover = () => recordExchange({}, () => recoverSecret('https://kv.vault.azure.net/', 'ssh-key'));

  it.each([200, 399])('is brought back with the answer %i', async (status) => {
    azure.on(ROUTE, status);
    await recover();
    expect(azure.routes).toEqual([ROUTE]);
  });

  it('is not when the vault refuses', async () => {
    azure.on(
      ROUTE,
      { status: 400, headers: { 'x-ms-request-id': 'id' }, body: { error: { code: 'C', message: 'm' } } },
      403,
    );
    expect(await failureOf(recover())).toEqual({ code: 'C', message: 'm', status: 400, correlationId: 'id' });
    expect(await failureOf(recover())).toMatchObject({
      code: 'HttpStatus403',
      message: 'The vault answered HTTP 403 to the recovery of ssh-key.',
    });
  });
});

describe('a plain request', () => {
  const URL = 'https://registry.example/v2/';

  beforeEach(() => azure.on('POST https://registry.example/v2/', { status: 301, headers: { location: '/elsewhere' } }));

  it('carries what it is given and no token, and follows no redirect', async () => {
    const { status, headers } = await sendPlain('POST', URL, { headers: { Accept: 'text/plain' }, body: 'a=1' });
    expect([status, headers.get('location')]).toEqual([301, '/elsewhere']);
    const sent = azure.requests[0];
    expect(sent?.body).toBe('a=1');
    expect(sent?.headers.accept).toBe('text/plain');
    expect(sent?.headers.authorization).toBeUndefined();
  });

  it('needs neither headers nor body', async () => {
    await sendPlain('POST', URL);
    expect(azure.requests[0]?.body).toBeUndefined();
  });

  it('is given up after some seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const sent = sendPlain('POST', URL);
      const outcome = expect(sent).rejects.toThrow();
      azure.on('POST https://registry.example/v2/', 200);
      vi.advanceTimersByTime(4_000);
      await outcome;
    } finally {
      vi.useRealTimers();
    }
  });
});

it('an error of the vault without code or message', async () => {
  azure.on('POST https://kv.vault.azure.net/deletedsecrets/a/recover', azureError(409, '', ''));
  expect(await failureOf(recoverSecret('https://kv.vault.azure.net', 'a'))).toMatchObject({ code: 'HttpStatus409' });
});
