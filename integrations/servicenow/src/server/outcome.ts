import type { DeploymentStatus } from './deployment-status.ts';
import { asObject, asText, type JsonObject } from './json.ts';

/** How a deployment ended. */
export interface Outcome {
  readonly status: Extract<DeploymentStatus, 'succeeded' | 'failed' | 'cancelled'>;
  readonly outputs: JsonObject;
  readonly error: string;
  readonly remedy: string;
}

const statuses: Readonly<Record<string, Outcome['status']>> = {
  Succeeded: 'succeeded',
  Failed: 'failed',
  Cancelled: 'cancelled',
  // Undone by somebody before this was known.
  Deleting: 'cancelled',
  Deleted: 'cancelled',
};

/**
 * Reads the end of a deployment from the `data` of a callback, or from the service's status document.
 *
 * @returns undefined while it has not ended.
 */
export const outcomeOf = (document: JsonObject): Outcome | undefined => {
  const status = statuses[asText(document.status)];
  if (status === undefined) return undefined;
  const error = asObject(document.error);
  return {
    status,
    outputs: asObject(document.outputs),
    error: errorText(error) || asText(document.reason) || asText(document.error),
    remedy: asText(error.remedy),
  };
};

const errorText = (error: JsonObject): string =>
  [asText(error.step), asText(error.code), asText(error.message)].filter((part) => part !== '').join(': ');
