import { randomUUID } from 'node:crypto';

/** Where something stands in a trace (W3C Trace Context, https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  readonly sampled: boolean;
  /** The header `tracestate`; empty for none. */
  readonly state: string;
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** Reads the header `traceparent`; undefined when it is absent or not well formed, which counts as absent. */
export const parseTraceparent = (header: string | undefined, state = ''): TraceContext | undefined => {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(header ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1, state };
};

export const formatTraceparent = ({ traceId, spanId, sampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

/** The next span below a parent, or the first of a new trace. */
export const nextSpan = (parent: TraceContext | undefined, sampled = true): TraceContext => ({
  traceId: parent?.traceId ?? randomHex(),
  spanId: randomHex().slice(0, 16),
  sampled: parent?.sampled ?? sampled,
  state: parent?.state ?? '',
});

/** 32 hex digits, never all zeros. Node keeps random numbers for UUIDs at hand; to ask for bytes is far slower. */
const randomHex = (): string => randomUUID().replaceAll('-', '');
