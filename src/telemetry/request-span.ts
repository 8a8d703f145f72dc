import { context as contextApi, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { currentSubject, subjectAttributes } from './subject.ts';
import { attributes, SCOPE } from './telemetry-names.ts';

/** An answer as a span knows it. */
export interface AnsweredRequest {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
}

/** A request that is about to be sent. */
export interface TracedRequest {
  readonly method: string;
  readonly url: URL;
  /** Whether the path may be shown; a callback's holds its secret. */
  readonly pathIsSecret?: boolean;
  /** What was asked for, in few words: part of the span's name. */
  readonly target?: string | undefined;
  readonly clientRequestId?: string | undefined;
  readonly provider?: string | undefined;
}

/**
 * Sends a request within a span, by OpenTelemetry's semantic conventions for HTTP and for Azure. Of the query it shows the api-version alone: signatures and keys stand there.
 *
 * @param send - is given the headers by which the receiver goes on with the trace.
 */
export const inRequestSpan = async <T>(
  request: TracedRequest,
  send: (traceHeaders: Readonly<Record<string, string>>) => Promise<T>,
  answerOf: (answer: T) => AnsweredRequest,
): Promise<T> => {
  const span = trace
    .getTracer(SCOPE)
    .startSpan(request.target === undefined ? request.method : `${request.method} ${request.target}`, {
      kind: SpanKind.CLIENT,
    });
  if (!span.isRecording()) return send({});
  span.setAttributes({ ...requestAttributes(request), ...subjectAttributes(currentSubject()) });
  const context = trace.setSpan(contextApi.active(), span);
  const headers: Record<string, string> = {};
  propagation.inject(context, headers);
  try {
    const answer = await contextApi.with(context, () => send(headers));
    describeAnswer(span, answerOf(answer));
    return answer;
  } catch (error) {
    const type = error instanceof Error && 'code' in error ? String(error.code) : nameOf(error);
    span.setAttribute('error.type', type);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
};

const requestAttributes = ({ method, url, pathIsSecret, clientRequestId, provider }: TracedRequest) => {
  const version = url.searchParams.get('api-version');
  const path = pathIsSecret ? '' : `${url.pathname}${version === null ? '' : `?api-version=${version}`}`;
  return {
    'http.request.method': method,
    'url.full': `${url.origin}${path}`,
    'server.address': url.hostname,
    'server.port': Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    ...(clientRequestId !== undefined && { [attributes.clientRequestId]: clientRequestId }),
    ...(provider !== undefined && { [attributes.provider]: provider }),
  };
};

const describeAnswer = (span: Span, { status, header }: AnsweredRequest): void => {
  span.setAttribute('http.response.status_code', status);
  const correlationId = header('x-ms-correlation-request-id');
  const serviceRequestId = header('x-ms-request-id');
  if (correlationId !== undefined) span.setAttribute(attributes.correlationId, correlationId);
  if (serviceRequestId !== undefined) span.setAttribute(attributes.serviceRequestId, serviceRequestId);
  if (status < 400) return;
  span.setAttribute('error.type', `${status}`);
  // Every step begins by reading what is not there yet.
  if (status !== 404) span.setStatus({ code: SpanStatusCode.ERROR });
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');
