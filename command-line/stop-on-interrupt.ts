/** The wish to stop, see {@link stopOnInterrupt}. */
export interface Interrupt {
  /** Resolves at the first SIGINT or SIGTERM, or when nobody reads the output any more. */
  readonly requested: Promise<void>;
  isRequested(): boolean;
  /** Gives the signals back to Node's own handling. */
  release(): void;
}

/**
 * Turns the first SIGINT or SIGTERM into a wish to stop, and so the end of a pipe's reader (`| head`), so that nothing is left behind; a second
 * SIGINT calls `kill` and ends this process at once.
 */
export const stopOnInterrupt = (kill: () => void): Interrupt => {
  let requested = false;
  let resolveRequested = (): void => {};
  const promise = new Promise<void>((resolve) => {
    resolveRequested = resolve;
  });
  const onSignal = (signal: NodeJS.Signals): void => {
    if (requested && signal === 'SIGINT') {
      kill();
      process.exit(130);
    }
    requested = true;
    resolveRequested();
  };
  const onOutputLost = (): void => {
    requested = true;
    resolveRequested();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Never taken back: what is still written must not end this process with a stack.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onOutputLost);
  return {
    requested: promise,
    isRequested: () => requested,
    release: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
};
