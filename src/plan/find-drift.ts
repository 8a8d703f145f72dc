import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { type DriftFound, driftStepOf } from '../deployment/run/drift.ts';
import { inspectSteps } from '../preflight/inspect-steps.ts';

/**
 * What is not as the deployment left it, or could not be read: the inspections of a plan, without its preflight, for nothing is to be created. When
 * nothing at all could be read, the reason is the error.
 */
export const findDrift = async (deployment: Deployment): Promise<Pick<DriftFound, 'steps' | 'error'>> => {
  const inspections = [...(await inspectSteps(deployment))];
  const unread = inspections.flatMap(([, inspection]) => (inspection.action === 'unknown' ? [inspection] : []));
  const [first] = unread;
  if (first && unread.length === inspections.length) return { steps: [], error: first.error };
  const steps = inspections.flatMap(([name, { action, resourceId, changes, note }]) =>
    action === 'unchanged' ? [] : [driftStepOf({ name, action, resourceId, changes, note })],
  );
  return { steps };
};
