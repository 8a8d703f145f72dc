import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { type DriftStep, driftStepOf } from '../deployment/run/drift.ts';
import { inspectSteps } from '../preflight/inspect-steps.ts';

/**
 * What is not as the deployment left it: the inspections of a plan, without its preflight, for nothing is to be created.
 *
 * @throws what the SDKs throw, when Azure does not let it read.
 */
export const findDrift = async (deployment: Deployment): Promise<DriftStep[]> =>
  [...(await inspectSteps(deployment))].flatMap(([name, { action, resourceId, changes, note }]) =>
    action === 'unchanged' ? [] : [driftStepOf({ name, action, resourceId, changes, note })],
  );
