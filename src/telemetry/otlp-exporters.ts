import type { Exporters } from './exporters.ts';
import type { TelemetrySettings } from './telemetry-settings.ts';

/** OTLP over HTTP; the exporters read endpoint, headers and time limits from OpenTelemetry's own variables. */
export const otlpExporters = async (protocol: TelemetrySettings['OTEL_EXPORTER_OTLP_PROTOCOL']): Promise<Exporters> => {
  if (protocol === 'http/json') {
    const [traces, metrics, logs] = await Promise.all([
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/exporter-metrics-otlp-http'),
      import('@opentelemetry/exporter-logs-otlp-http'),
    ]);
    return {
      traces: new traces.OTLPTraceExporter(),
      metrics: new metrics.OTLPMetricExporter(),
      logs: new logs.OTLPLogExporter(),
    };
  }
  const [traces, metrics, logs] = await Promise.all([
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/exporter-metrics-otlp-proto'),
    import('@opentelemetry/exporter-logs-otlp-proto'),
  ]);
  return {
    traces: new traces.OTLPTraceExporter(),
    metrics: new metrics.OTLPMetricExporter(),
    logs: new logs.OTLPLogExporter(),
  };
};
