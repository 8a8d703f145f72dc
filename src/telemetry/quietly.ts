import type { InvocationContext } from '@azure/functions';

/** Tells something. What goes wrong with that is a line in the log: no deployment fails because it could not be told of. */
export const quietly = (context: Pick<InvocationContext, 'warn'>, tell: () => void): void => {
  try {
    tell();
  } catch (error) {
    context.warn(`Telemetry failed: ${error instanceof Error ? error.message : String(error)}`);
  }
};
