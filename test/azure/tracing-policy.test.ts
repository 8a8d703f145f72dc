import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';

const spans = new InMemorySpanExporter();
const counted = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: counted, exportIntervalMillis: 3_600_000 });

beforeAll(() => {
  // Instruments that are made before a provider is registered count nothing.
  vi.resetModules();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
});

afterAll(async () => {
  await reader.shutdown();
  for (const api of [context, trace, metrics]) api.disable();
});

beforeEach(() => spans.reset());

const send = async (url: string, status = 200): Promise<PipelineResponse> => {
  const { tracingPolicy } = await import('../../src/azure/tracing-policy.ts');
  const request = createPipelineRequest({ url, requestId: 'r' });
  return tracingPolicy.sendRequest(request, async () => ({ request, status, headers: createHttpHeaders() }));
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
