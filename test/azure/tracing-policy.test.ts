import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const spans = new InMemorySpanExporter();
const counted = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: counted, exportIntervalMillis: 3_600_000 });

beforeAll(() => {
  // Instruments that are made before a provider is registered count nothing.
  vi.resetModules();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
});

afterAll(async () => {
  await reader.shutdown();
  for (const api of [context, trace, metrics, propagation]) api.disable();
});

beforeEach(() => spans.reset());

const send = async (
  url: string,
  status = 200,
  answered: Record<string, string> = {},
  sent: Record<string, string> = {},
): Promise<PipelineResponse> => {
  const { tracingPolicy } = await import('../../src/azure/tracing-policy.ts');
  const request = createPipelineRequest({ url, requestId: 'r', headers: createHttpHeaders(sent) });
  return tracingPolicy.sendRequest(request, async () => ({ request, status, headers: createHttpHeaders(answered) }));
};

const S = 'https://management.azure.com/subscriptions/s';

it.each([
  [`${S}/resourceGroups/rg`, 'GET resourceGroups', 'Microsoft.Resources'],
  [`${S}/RESOURCEGROUPS/rg`, 'GET resourceGroups', 'Microsoft.Resources'],
  [S, 'GET', 'Microsoft.Resources'],
  [`${S}/providers/Microsoft.KeyVault`, 'GET', 'Microsoft.KeyVault'],
  [
    `${S}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv`,
    'GET Microsoft.KeyVault/vaults',
    'Microsoft.KeyVault',
  ],
  [
    `${S}/providers/Microsoft.KeyVault/vaults/kv/PROVIDERS/Microsoft.Authorization/roleAssignments/a`,
    'GET Microsoft.Authorization/roleAssignments',
    'Microsoft.Authorization',
  ],
])('a request to %s is the span "%s" of %s', async (url, name, provider) => {
  await send(url);
  const [span] = spans.getFinishedSpans();
  expect(span?.name).toBe(name);
  expect(Object.values(span?.attributes ?? {})).toContain(provider);
  expect(Object.values(span?.attributes ?? {})).toContain('r');
});

it('refusals of Resource Manager to be hurried are counted by provider, and no others', async () => {
  await send(`${S}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv`, 429);
  await send(`${S}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a`, 503);
  await send('https://kv.vault.azure.net/secrets/x', 429);
  await reader.forceFlush();
  const points = counted
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .flatMap((metric) => metric.dataPoints.map(({ value, attributes }) => [value, ...Object.values(attributes)]));
  expect(points).toEqual([[1, 'Microsoft.KeyVault']]);
});

const CORRELATION = { 'x-ms-correlation-request-id': 'correlation', 'x-ms-request-id': 'service' };
const CORRELATED = { 'az.correlation_request_id': 'correlation', 'az.service_request_id': 'service' };

describe('a request to Azure', () => {
  it("has a span with the ids by which Azure's support finds it", async () => {
    await send(S, 200, CORRELATION);
    expect(spans.getFinishedSpans()[0]?.attributes).toMatchObject({ ...CORRELATED, 'az.client_request_id': 'r' });
  });

  it('is known by the id that the client sent, if it sent one', async () => {
    await send(S, 200, {}, { 'x-ms-client-request-id': 'mine' });
    expect(spans.getFinishedSpans()[0]?.attributes).toMatchObject({ 'az.client_request_id': 'mine' });
  });

  it('sends Azure the trace that it is part of', async () => {
    const { request } = await send(S);
    const { traceId, spanId } = spans.getFinishedSpans()[0]?.spanContext() ?? {};
    expect(request.headers.get('traceparent')).toBe(`00-${traceId}-${spanId}-01`);
  });

  it('that Azure redirects is two requests, each with a span', async () => {
    const { sendAuthorized } = await import('../../src/azure/authorized-request.ts');
    azure.on('GET /old', { status: 307, headers: { location: 'https://management.azure.com/new' } });
    azure.on('GET /new', { body: {} });
    await sendAuthorized('GET', 'https://management.azure.com/old', 'https://management.azure.com/.default');
    const seen = spans.getFinishedSpans().map(({ attributes }) => attributes);
    expect(seen.map((each) => [each['url.full'], each['http.response.status_code']])).toEqual([
      ['https://management.azure.com/old', 307],
      ['https://management.azure.com/new', 200],
    ]);
  });
});

it('a request to a public registry has a span, and does not send the registry the trace', async () => {
  const { sendPlain } = await import('../../src/azure/plain-request.ts');
  azure.on('HEAD https://quay.io/v2/a/manifests/1', { headers: CORRELATION });
  await sendPlain('HEAD', 'https://quay.io/v2/a/manifests/1');
  const [span] = spans.getFinishedSpans();
  expect(span?.name).toBe('HEAD');
  expect(span?.attributes).toMatchObject({
    ...CORRELATED,
    'url.full': 'https://quay.io/v2/a/manifests/1',
    'http.response.status_code': 200,
  });
  expect(azure.requests[0]?.headers).not.toHaveProperty('traceparent');
});

it('the policy has a name, by which a pipeline distinguishes it from that of the SDKs', async () => {
  const { tracingPolicy } = await import('../../src/azure/tracing-policy.ts');
  expect(tracingPolicy.name).toBe('tracingPolicyOfTheApp');
});
