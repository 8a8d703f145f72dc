import { currentTrace } from '../tracing/current-trace.ts';
import { SpanKind } from '../tracing/span.ts';
import { nextSpan, parseTraceparent } from '../tracing/trace-context.ts';
import type { Tracer } from '../tracing/tracer.ts';
import type { HostRequestHead, HostResponse } from './host-message.ts';
import type { HttpRoute } from './http-routes.ts';

/**
 * Answers a request within a span that goes on with the caller's trace, as ASP.NET Core's instrumentation does in the platform's host. Requests to 127.0.0.1 by that name are
 * not traced there (azure-functions-host `OpenTelemetryConfigurationExtensions.HttpFilter`), and so not here: their trace is not sampled.
 */
export const inRequestSpan = async (
  tracer: Tracer,
  request: HostRequestHead,
  { template }: HttpRoute,
  answer: () => Promise<HostResponse>,
): Promise<HostResponse> => {
  const { method, url, headers } = request;
  const parent = parseTraceparent(headers.get('traceparent'), headers.get('tracestate'));
  const trace = { ...nextSpan(parent), ...(url.hostname === '127.0.0.1' && { sampled: false }) };
  const startMs = Date.now();
  const response = await currentTrace.run(trace, answer);
  tracer.record({
    name: `${method} ${template}`,
    kind: SpanKind.Server,
    trace,
    parentSpanId: parent?.spanId,
    startMs,
    endMs: Date.now(),
    // No query: keys may stand there.
    attributes: {
      'faas.trigger': 'http',
      'http.request.method': method,
      'http.route': template,
      'http.response.status_code': response.status,
      'server.address': url.hostname,
      'url.path': url.pathname,
      'url.scheme': url.protocol.slice(0, -1),
    },
    ...(response.status >= 500 && { error: `HTTP ${response.status}` }),
  });
  return response;
};
