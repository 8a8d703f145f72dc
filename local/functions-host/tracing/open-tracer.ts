import type { Clock } from '../../clock/clock.ts';
import { ScaledClock } from '../../clock/scaled-clock.ts';
import type { Log } from '../worker/log.ts';
import { OtlpSink } from './otlp-sink.ts';
import { createTracer, type Tracer } from './tracer.ts';

/** What this host's spans are of, by which the collector distinguishes services. */
const SERVICE_NAME = 'functions-host';

/**
 * The tracer that settings ask for. As the platform's host, this one traces only when host.json says `"telemetryMode": "OpenTelemetry"` and a setting says where telemetry
 * goes (azure-functions-host `OpenTelemetryConfigurationExtensions.cs`: without either exporter OpenTelemetry is not configured at all). Of the two it sends to an OTLP endpoint
 * only; with a connection string alone its spans go nowhere, but traces go on through it.
 *
 * Extension spans need no `extensions.durableTask.tracing` in this mode: the host listens to the sources `DurableTask*` and `WebJobs.Extensions.*` by itself.
 */
export const openTracer = (
  telemetryMode: string | undefined,
  environment: NodeJS.ProcessEnv,
  clock: Clock,
  log: Log,
): Tracer | undefined => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, APPLICATIONINSIGHTS_CONNECTION_STRING: connection } = environment;
  if (telemetryMode?.toLowerCase() !== 'opentelemetry' || !(endpoint?.trim() || connection?.trim())) return undefined;
  // A virtual clock jumps: its instants have none in real time but now.
  const speed = clock instanceof ScaledClock ? clock.origin.speed : Number.POSITIVE_INFINITY;
  const sink = endpoint?.trim() ? new OtlpSink(endpoint.trim(), SERVICE_NAME, log) : NOWHERE;
  return createTracer(clock, speed, sink);
};

const NOWHERE = { add: () => {}, flush: async () => {} };
