import type { AzureFailure } from '../../azure/failures/azure-failure.ts';
import { mayPass } from '../../azure/failures/may-pass.ts';
import { toStepError } from '../../azure/failures/to-step-error.ts';
import { ProblemError } from './problem.ts';

/** When to send the request again, where Azure does not say. */
const RETRY_SECONDS = 30;

/**
 * The problem of a request that Azure has to answer and did not: 503 with Retry-After for what passes, 502 for what stays.
 *
 * @param what - what Azure did not do, as a sentence begins.
 */
export const azureProblem = (what: string, failure: AzureFailure, cause: unknown): ProblemError => {
  const { code, message, remedy } = toStepError(failure);
  const detail = `${what}: ${code}: ${message}${remedy ? ` ${remedy}` : ''}`;
  if (!mayPass(failure)) {
    return new ProblemError(502, 'azure-refused', 'Azure did not answer as expected', detail, { cause });
  }
  const seconds = Math.max(1, Math.ceil(failure.retryAfterSeconds ?? RETRY_SECONDS));
  return new ProblemError(503, 'azure-unavailable', 'Azure does not answer now', detail, {
    headers: { 'Retry-After': `${seconds}` },
    cause,
  });
};
