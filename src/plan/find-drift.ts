import { plannedSteps } from '../deployment/driver/planned-steps.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { type DriftStep, driftStepOf } from '../deployment/run/drift.ts';
import { inspectSteps } from './inspect-steps.ts';

/**
 * What is not as the deployment left it: the looks of a plan, without its preflight, for nothing is to be created.
 *
 * @throws what the SDKs throw, when Azure does not let it look.
 */
export const findDrift = async (deployment: Deployment): Promise<DriftStep[]> => {
  const looks = await inspectSteps(deployment);
  return plannedSteps(deployment).flatMap(({ name }) => {
    const look = looks.get(name);
    if (!look || look.action === 'unchanged') return [];
    const { action, resourceId, changes, note } = look;
    return [driftStepOf({ name, action, resourceId, changes, note })];
  });
};
