import type { Span } from './span.ts';

/** What the host does with its spans; a host that traces nothing has none. */
export interface Tracer {
  /** Takes a span that has ended; one that is not sampled is forgotten. */
  record(span: Span): void;
  /** The real instant of a modelled one, both ms since the epoch. */
  realTime(modelled: number): number;
  /** Sends what is waiting. */
  flush(): Promise<void>;
}

/** @param speed - modelled seconds per real second. */
export const createTracer = (
  clock: { now(): number },
  speed: number,
  sink: { add(span: Span): void; flush(): Promise<void> },
): Tracer => ({
  record: (span) => {
    if (span.trace.sampled) sink.add(span);
  },
  realTime: (modelled) => Date.now() - (clock.now() - modelled) / speed,
  flush: () => sink.flush(),
});
