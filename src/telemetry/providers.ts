import { readFileSync } from 'node:fs';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { z } from 'zod';
import type { Exporters } from './exporters.ts';
import { redactedLogs, redactedSpans } from './redacted.ts';
import { SCOPE } from './telemetry-names.ts';
import type { TelemetrySettings } from './telemetry-settings.ts';

/**
 * Makes OpenTelemetry's providers and registers them for the whole process. Traces are sampled as the caller's are (the Functions host's), or by OTEL_TRACES_SAMPLER.
 *
 * @returns sends at once what is waiting to be sent.
 */
export const registerProviders = (
  destinations: readonly Exporters[],
  settings: TelemetrySettings,
): (() => Promise<void>) => {
  const resource = defaultResource()
    .merge(resourceFromAttributes(describe(settings)))
    .merge(detectResources({ detectors: [envDetector] }));
  const tracers = new BasicTracerProvider({
    resource,
    spanProcessors: destinations.map(({ traces }) => new BatchSpanProcessor(redactedSpans(traces))),
  });
  const meters = new MeterProvider({
    resource,
    readers: destinations.map(
      ({ metrics: exporter }) =>
        new PeriodicExportingMetricReader({
          exporter,
          exportIntervalMillis: settings.OTEL_METRIC_EXPORT_INTERVAL,
          exportTimeoutMillis: Math.min(30_000, settings.OTEL_METRIC_EXPORT_INTERVAL),
        }),
    ),
  });
  const loggers = new LoggerProvider({
    resource,
    processors: destinations.map(
      ({ logs: exporter }) => new BatchLogRecordProcessor({ exporter: redactedLogs(exporter) }),
    ),
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(tracers);
  metrics.setGlobalMeterProvider(meters);
  logs.setGlobalLoggerProvider(loggers);
  return async () => {
    // What cannot be sent is lost; an app that ends does not fail of it.
    await Promise.allSettled([tracers.forceFlush(), meters.forceFlush(), loggers.forceFlush()]);
  };
};

/** Named as the Functions host names itself (its FunctionsResourceDetector), so that both are one role in Application Insights. */
const describe = ({
  WEBSITE_SITE_NAME: site,
  REGION_NAME: region,
  WEBSITE_INSTANCE_ID: instance,
}: TelemetrySettings) => ({
  'service.name': site ?? SCOPE,
  'service.version': packageSchema.parse(JSON.parse(readFileSync(packageJson, 'utf8'))).version,
  ...(instance !== undefined && { 'service.instance.id': instance }),
  ...(site !== undefined && { 'cloud.provider': 'azure', 'cloud.platform': 'azure_functions', 'faas.name': site }),
  ...(region !== undefined && { 'cloud.region': region }),
});

const packageSchema = z.object({ version: z.string() });

/** From dist/src/telemetry. */
const packageJson = new URL('../../../package.json', import.meta.url);
