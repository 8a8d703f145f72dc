import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import { movedParts } from '../../status/plan-hash.ts';
import { ProblemError } from './problem.ts';
import { readPlan } from './read-plan.ts';

/** Makes the plan anew. @throws ProblemError 409 when its hash is not the given one. */
export const checkPlanHash = async (deployment: Deployment, planHash: string): Promise<void> => {
  const { hash, summary } = await readPlan(deployment);
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
