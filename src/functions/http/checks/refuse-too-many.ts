import { readSettings } from '../../../azure/settings/settings.ts';
import type { Deployment } from '../../../deployment/request/resolve-deployment.ts';
import type { Present } from '../../../task-hub/find-present.ts';
import type { Call } from '../handle.ts';
import { ProblemError } from '../problem.ts';

/**
 * Holds a caller to MAX_RUNNING_DEPLOYMENTS_PER_CALLER. Several of the same moment may get past this: those wait their turn (activities/position-in-queue.ts).
 *
 * @param present - what findPresentTo found.
 * @throws ProblemError 429 when the caller has as many deployments running as one caller may.
 */
export const refuseTooMany = ({ caller }: Call, deployment: Deployment, present: readonly Present[]): void => {
  const { MAX_RUNNING_DEPLOYMENTS_PER_CALLER: most } = readSettings();
  if (caller === undefined || most === undefined) return;
  const running = present.filter(
    ({ record, ended }) => !ended && record.id !== deployment.id && record.requestedBy?.id === caller.id,
  );
  if (running.length < most) return;
  throw new ProblemError(
    429,
    'too-many-deployments',
    'The caller has too many deployments running',
    `Deployments of yours that are running: ${running.length}; one caller may have ${most} at once. Wait for the end of one, or cancel one.`,
    { headers: { 'Retry-After': '60' } },
  );
};
