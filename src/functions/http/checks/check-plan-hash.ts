import type { PlanStep } from '../../../deployment/plan/plan.ts';
import type { Deployment } from '../../../deployment/request/resolve-deployment.ts';
import { movedParts } from '../../../status/plan-hash.ts';
import { ProblemError } from '../problem.ts';
import { readPlan } from '../read-plan.ts';

/** Makes the plan anew. @throws ProblemError 409 when its hash is not the given one, or when it cannot be compared. */
export const checkPlanHash = async (deployment: Deployment, planHash: string): Promise<void> => {
  const { hash, summary, steps } = await readPlan(deployment);
  const unchecked = steps.filter(({ action }) => action === 'unknown');
  // What was not read was not approved either, though both plans say the same of it.
  if (unchecked.length > 0) throw incomplete(deployment.id, unchecked);
  if (hash === planHash) return;
  const moved = movedParts(planHash, hash);
  const what =
    moved.length > 0 ? `These parts have changed since: ${moved.join(', ')}.` : 'Something has changed since.';
  throw new ProblemError(
    409,
    'plan-outdated',
    'The plan is out of date',
    `Nothing was started: the plan that planHash names is not today's. ${what} Make a new plan, review it, and send its hash.`,
    { extensions: { id: deployment.id, moved, planHash: hash, summary } },
  );
};

const incomplete = (id: string, unchecked: readonly PlanStep[]): ProblemError => {
  const [first] = unchecked;
  const names = unchecked.map(({ name }) => name);
  const detail = `Nothing was started: planHash cannot be compared, because what exists could not be read for ${names.join(', ')}. ${first?.note ?? ''} Send the request again when it can be read, or without planHash.`;
  return new ProblemError(409, 'plan-incomplete', 'The plan cannot be checked', detail, {
    extensions: { id, unchecked: names },
  });
};
