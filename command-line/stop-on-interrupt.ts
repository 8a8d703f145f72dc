/** The wish to stop, see {@link stopOnInterrupt}. */
export interface Interrupt {
  /** Aborts at the first SIGINT or SIGTERM, or when nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** Resolves when {@link signal} aborts. */
  readonly requested: Promise<void>;
  /** Gives the signals back to Node's own handling. */
  release(): void;
}

/** What a shell shows for a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

/**
 * Turns the first SIGINT or SIGTERM into a wish to stop, and so the end of a pipe's reader (`| head`), so that nothing is left behind; a second
 * SIGINT calls `kill` and ends this process at once.
 */
export const stopOnInterrupt = (kill: () => void = () => {}): Interrupt => {
  const stop = new AbortController();
  const { promise: requested, resolve } = Promise.withResolvers<void>();
  stop.signal.addEventListener('abort', () => resolve());
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stop.signal.aborted && signal === 'SIGINT') {
      kill();
      process.exit(INTERRUPTED);
    }
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Never taken back: what is still written must not end this process with a stack.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => stop.abort());
  return {
    signal: stop.signal,
    requested,
    release: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
};
