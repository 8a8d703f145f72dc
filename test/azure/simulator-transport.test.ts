import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { createHttpHeaders, createPipelineRequest, isRestError } from '@azure/core-rest-pipeline';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { simulatorHttpClient, simulatorUrl } from '../../src/azure/simulator.ts';

let server: Server;
let base: URL;
let answer: { status: number; body: string };
const received: IncomingMessage[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    received.push(request);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = Object(server.address());
  base = new URL(`http://127.0.0.1:${port}`);
});

afterAll(() => server.close());

afterEach(() => vi.unstubAllEnvs());

describe('the transport to the simulator', () => {
  it('keeps the Host header, from which the simulator builds its operation URLs', async () => {
    answer = { status: 200, body: '{}' };
    const url = 'https://my-vault.vault.azure.net/secrets/x?api-version=7.5';
    await simulatorHttpClient(base).sendRequest(createPipelineRequest({ url }));
    expect(received.at(-1)?.headers.host).toBe('my-vault.vault.azure.net');
    expect(received.at(-1)?.url).toBe('/secrets/x?api-version=7.5');
  });

  it('hands back the original request, without which the older clients take a 403 for success', async () => {
    answer = { status: 403, body: '{"error":{"code":"AuthorizationFailed","message":"no"}}' };
    const client = new AuthorizationManagementClient(
      { getToken: async () => ({ token: 'a.b.c', expiresOnTimestamp: Date.now() + 3_600_000 }) },
      '11111111-2222-4333-8444-555555555555',
      { httpClient: simulatorHttpClient(base), retryOptions: { maxRetries: 0 } },
    );
    const refused = await client.roleAssignments.get('subscriptions/x', 'name').catch((error: unknown) => error);
    expect(isRestError(refused) && refused.statusCode).toBe(403);
    expect(isRestError(refused) && refused.code).toBe('AuthorizationFailed');
  });

  it('leaves proxy and agent behind, so that nothing of the traffic leaves the machine', async () => {
    answer = { status: 200, body: '{}' };
    const request = createPipelineRequest({
      url: 'https://management.azure.com/x',
      headers: createHttpHeaders({ authorization: 'Bearer a.b.c' }),
      proxySettings: { host: 'http://proxy.invalid', port: 3128 },
    });
    const response = await simulatorHttpClient(base).sendRequest(request);
    expect(response.status).toBe(200);
    expect(received.at(-1)?.url).toBe('/x');
  });

  it('gives up a request that nobody waits for any more', async () => {
    answer = { status: 200, body: '{}' };
    const before = received.length;
    const request = createPipelineRequest({ url: 'https://management.azure.com/x', abortSignal: AbortSignal.abort() });
    await expect(simulatorHttpClient(base).sendRequest(request)).rejects.toMatchObject({ name: 'AbortError' });
    expect(received).toHaveLength(before);
  });

  it('gives the body as a stream where it is asked to', async () => {
    answer = { status: 200, body: '{"a":1}' };
    const streamResponseStatusCodes = new Set([200]);
    const request = createPipelineRequest({ url: 'https://management.azure.com/x', streamResponseStatusCodes });
    const { bodyAsText, readableStreamBody } = await simulatorHttpClient(base).sendRequest(request);
    expect(bodyAsText).toBeUndefined();
    expect(readableStreamBody && (await text(readableStreamBody))).toBe('{"a":1}');
  });
});

describe('AZURE_SIMULATOR_URL', () => {
  it.each([
    'http://127.0.0.1:7072',
    'http://localhost:7072',
    'http://[::1]:7072',
    'http://127.1.2.3:1',
    'http://127.100.200.255:1',
  ])('may be %s', (url) => {
    vi.stubEnv('AZURE_SIMULATOR_URL', url);
    expect(simulatorUrl()?.href).toBe(`${url}/`);
  });

  it.each([
    'http://10.0.0.1:7072',
    'http://example.com',
    'http://127.0.0.1.example.com',
    'https://127.0.0.1',
    'ftp://localhost',
    'nonsense',
  ])('may not be %s: the app refuses to work', (url) => {
    vi.stubEnv('AZURE_SIMULATOR_URL', url);
    expect(() => simulatorUrl()).toThrow('AZURE_SIMULATOR_URL');
  });

  it('is not set for Azure itself', () => {
    vi.stubEnv('AZURE_SIMULATOR_URL', undefined);
    expect(simulatorUrl()).toBeUndefined();
  });
});
