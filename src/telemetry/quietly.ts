import type { InvocationContext } from '@azure/functions';

/** Sends telemetry. If that fails, a line in the log says so: no deployment fails because of its telemetry. */
export const quietly = (context: Pick<InvocationContext, 'warn'>, tell: () => void): void => {
  try {
    tell();
  } catch (error) {
    context.warn(`Telemetry failed: ${error instanceof Error ? error.message : String(error)}`);
  }
};
