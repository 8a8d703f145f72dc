import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Server as NetServer } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { selfSigned } from '../../../bench/fault-matrix/self-signed.ts';
import { azureMonitorExporters } from '../../../src/telemetry/azure-monitor-exporters.ts';
import { redactedSpans } from '../../../src/telemetry/redacted.ts';
import { attributes } from '../../../src/telemetry/telemetry-names.ts';
import { listen } from '../../support/listen.ts';

const TOKEN = 'a-token-of-the-identity';

/** What Application Insights' ingestion endpoint was sent. */
const received: { readonly authorization: string | undefined; readonly text: string }[] = [];
/** What the platform's identity endpoint was asked. */
const asked: URLSearchParams[] = [];
let ingestion: Server;
let identity: NetServer;

beforeAll(async () => {
  const { key, cert } = selfSigned('localhost');
  setDefaultCACertificates([...getCACertificates('default'), cert]);
  ingestion = createServer({ key, cert }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
    received.push({ authorization: request.headers.authorization, text });
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ itemsReceived: 1, itemsAccepted: 1, errors: [] }));
  });
  identity = createHttpServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://localhost').searchParams);
    const expires_on = `${Math.floor(Date.now() / 1000) + 3600}`;
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ access_token: TOKEN, expires_on, resource: 'r', token_type: 'Bearer' }));
  });
  vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${await listen(identity)}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', 'secret');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  for (const server of [ingestion, identity]) await new Promise((resolve) => server.close(resolve));
});

it('sends to Application Insights as the identity that the authentication string names, without secrets', async () => {
  const connection = `InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=https://localhost:${await listen(ingestion)}`;
  const clientId = '22222222-3333-4444-8555-666666666666';
  const { traces } = azureMonitorExporters(connection, `ClientId=${clientId};Authorization=AAD`);
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(redactedSpans(traces))] });
  const span = provider.getTracer('test').startSpan('PUT Microsoft.KeyVault/vaults', { kind: 2 });
  span.setAttributes({
    'http.request.method': 'PUT',
    'url.full': 'https://management.azure.com/x?sig=a-signature',
    'server.address': 'management.azure.com',
    'http.response.status_code': 429,
    [attributes.correlationId]: 'one',
    [attributes.step]: 'key-vault',
  });
  span.setStatus({ code: 2 });
  span.end();
  await provider.forceFlush();

  expect(asked[0]?.get('client_id')).toBe(clientId);
  expect(asked[0]?.get('resource')).toBe('https://monitor.azure.com');
  expect(received[0]?.authorization).toBe(`Bearer ${TOKEN}`);
  const items: { data: { baseType: string; baseData: object } }[] = JSON.parse(received[0]?.text ?? '[]');
  expect(items.find(({ data }) => data.baseType === 'RemoteDependencyData')?.data.baseData).toMatchObject({
    resultCode: '429',
    success: false,
    properties: { [attributes.correlationId]: 'one', [attributes.step]: 'key-vault' },
  });
  expect(received[0]?.text.includes('a-signature')).toBe(false);
});
