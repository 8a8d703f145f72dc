import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { recordExchange } from '../../src/azure/exchange.ts';
import { AzureOperationError } from '../../src/azure/failures/azure-failure.ts';
import { askResourceManager } from '../../src/azure/resource-manager-request.ts';
import { useScriptedAzure } from '../support/scripted-azure.ts';

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
