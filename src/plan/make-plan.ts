import { plannedSteps } from '../deployment/driver/planned-steps.ts';
import { preflightInput } from '../deployment/driver/step-inputs.ts';
import { expectedSeconds } from '../deployment/driver/usual-seconds.ts';
import { criticalPathOf } from '../deployment/plan/critical-path.ts';
import type { PlannedAction } from '../deployment/plan/inspection.ts';
import type { Plan } from '../deployment/plan/plan.ts';
import { profileDifferences } from '../deployment/profile/profile-differences.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { runPreflight } from '../preflight/run-preflight.ts';
import { namesOf } from '../status/names-of.ts';
import { planHash } from '../status/plan-hash.ts';
import { inspectSteps } from './inspect-steps.ts';

/**
 * What a run of the deployment would do now. Changes nothing.
 *
 * @throws what the SDKs throw, when Azure does not let it look.
 */
export const makePlan = async (deployment: Deployment): Promise<Plan> => {
  const [looks, { findings }] = await Promise.all([
    inspectSteps(deployment),
    runPreflight(preflightInput(deployment, false)),
  ]);
  const found = plannedSteps(deployment).map(({ name, waitsFor }) => {
    const look = looks.get(name);
    if (!look) throw new Error(`Nothing looked at the step ${name}.`);
    const { action, changes, resourceId, note } = look;
    const usualSeconds = expectedSeconds(name, action);
    return { name, action, waitsFor, usualSeconds, resourceId, changes, ...(note !== undefined && { note }) };
  });
  const criticalPath = criticalPathOf(found);
  const steps = found.map((step) => ({ ...step, critical: criticalPath.steps.includes(step.name) }));
  const differences = profileDifferences(deployment);
  const count = (action: PlannedAction): number => steps.filter((step) => step.action === action).length;
  return {
    id: deployment.id,
    hash: planHash(deployment, { steps, findings }),
    names: namesOf(deployment),
    summary: { create: count('create'), update: count('update'), unchanged: count('unchanged') },
    steps,
    criticalPath,
    findings,
    ...(differences && { profileDifferences: differences }),
  };
};
