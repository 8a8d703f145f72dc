import { criticalPathOf } from '../deployment/plan/critical-path.ts';
import type { PlanAction } from '../deployment/plan/inspection.ts';
import type { Plan } from '../deployment/plan/plan.ts';
import { profileDifferences } from '../deployment/profile/profile-differences.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { inspectSteps } from '../preflight/inspect-steps.ts';
import { runPreflight } from '../preflight/run-preflight.ts';
import { namesOf } from '../status/names-of.ts';
import { planHash } from '../status/plan-hash.ts';
import { expectedSeconds } from '../steps/expected-seconds.ts';
import { graphOf } from '../steps/graph.ts';

/**
 * What a run of the deployment would do now. Changes nothing. What Azure does not let it read is an `unknown` step or a finding.
 */
export const makePlan = async (deployment: Deployment): Promise<Plan> => {
  const [inspections, { findings }] = await Promise.all([inspectSteps(deployment), runPreflight(deployment)]);
  const found = graphOf(deployment).all.map(({ name, waitsFor, step }) => {
    const inspection = inspections.get(name);
    if (!inspection) throw new Error(`Nothing inspected the step ${name}.`);
    const { action, changes, resourceId, note } = inspection;
    const usualSeconds = expectedSeconds(step.usualSeconds, action);
    return { name, action, waitsFor, usualSeconds, resourceId, changes, ...(note !== undefined && { note }) };
  });
  const criticalPath = criticalPathOf(found);
  const steps = found.map((step) => ({ ...step, critical: criticalPath.steps.includes(step.name) }));
  const differences = profileDifferences(deployment);
  const count = (action: PlanAction): number => steps.filter((step) => step.action === action).length;
  return {
    id: deployment.id,
    hash: planHash(deployment, { steps, findings }),
    names: namesOf(deployment),
    summary: {
      create: count('create'),
      update: count('update'),
      unchanged: count('unchanged'),
      unknown: count('unknown'),
    },
    steps,
    criticalPath,
    findings,
    ...(differences && { profileDifferences: differences }),
  };
};
