import { type DriftStep, driftStepOf } from '../deployment/drift.ts';
import { plannedSteps } from '../deployment/planned-steps.ts';
import type { Deployment } from '../deployment/resolve-deployment.ts';
import { lookAtSteps } from './look-at-steps.ts';

/**
 * What is not as the deployment left it: the looks of a plan, without its preflight, for nothing is to be created.
 *
 * @throws what the SDKs throw, when Azure does not let it look.
 */
export const findDrift = async (deployment: Deployment): Promise<DriftStep[]> => {
  const looks = await lookAtSteps(deployment);
  return plannedSteps(deployment).flatMap(({ name }) => {
    const look = looks.get(name);
    if (!look || look.action === 'unchanged') return [];
    const { action, resourceId, changes, note } = look;
    return [driftStepOf({ name, action, resourceId, changes, note })];
  });
};
