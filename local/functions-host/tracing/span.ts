import type { TraceContext } from './trace-context.ts';

/** OTLP's numbers (opentelemetry-proto trace.proto, Span.SpanKind). */
export const SpanKind = { Internal: 1, Server: 2, Client: 3, Producer: 4 } as const;

/** A span of the host's that has ended. */
export interface Span {
  readonly name: string;
  readonly kind: (typeof SpanKind)[keyof typeof SpanKind];
  readonly trace: TraceContext;
  readonly parentSpanId: string | undefined;
  /** Real instants, ms since the epoch: the app's own spans are in real time too. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Why it failed. */
  readonly error?: string | undefined;
}
