import { withoutTrailingSlashes } from '../trim-slashes.ts';
import type { Log } from '../worker/log.ts';
import type { Span } from './span.ts';

const BATCH_MS = 1_000;
const TIMEOUT_MS = 10_000;

/**
 * Sends spans to a collector: OTLP over HTTP, as JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp), once a second. What cannot be sent is given up, and said once.
 *
 * @param endpoint - without `/v1/traces`.
 */
export class OtlpSink {
  readonly #url: string;
  readonly #serviceName: string;
  readonly #log: Log;
  #waiting: Span[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sent: Promise<void> = Promise.resolve();
  #complained = false;

  constructor(endpoint: string, serviceName: string, log: Log) {
    this.#url = `${withoutTrailingSlashes(endpoint)}/v1/traces`;
    this.#serviceName = serviceName;
    this.#log = log;
  }

  add(span: Span): void {
    this.#waiting.push(span);
    this.#timer ??= setTimeout(() => void this.flush(), BATCH_MS).unref();
  }

  /** Also waits for what is on its way. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const spans = this.#waiting;
    this.#waiting = [];
    if (spans.length > 0) this.#sent = Promise.all([this.#sent, this.#send(spans)]).then(() => {});
    return this.#sent;
  }

  async #send(spans: readonly Span[]): Promise<void> {
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(toOtlp(spans, this.#serviceName)),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
    } catch (error) {
      if (this.#complained) return;
      this.#complained = true;
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      this.#log('warning', 'Host.OpenTelemetry', `Spans could not be sent to ${this.#url}: ${cause}`);
    }
  }
}

const toOtlp = (spans: readonly Span[], serviceName: string): object => ({
  resourceSpans: [
    {
      resource: { attributes: attributesOf({ 'service.name': serviceName }) },
      scopeSpans: [{ scope: { name: 'functions-host' }, spans: spans.map(spanOf) }],
    },
  ],
});

const spanOf = ({ name, kind, trace, parentSpanId, startMs, endMs, attributes, error }: Span): object => ({
  traceId: trace.traceId,
  spanId: trace.spanId,
  ...(parentSpanId !== undefined && { parentSpanId }),
  ...(trace.state && { traceState: trace.state }),
  name,
  kind,
  startTimeUnixNano: nanoseconds(startMs),
  endTimeUnixNano: nanoseconds(Math.max(startMs, endMs)),
  attributes: attributesOf(attributes),
  ...(error !== undefined && { status: { code: 2, message: error } }),
});

const nanoseconds = (ms: number): string => `${BigInt(Math.round(ms * 1000)) * 1000n}`;

const attributesOf = (attributes: Readonly<Record<string, string | number>>): object[] =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: `${value}` },
  }));
