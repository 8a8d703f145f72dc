import { withinReadBudget } from '../../azure/read-budget.ts';
import type { Finding } from '../../deployment/plan/finding.ts';
import type { Plan } from '../../deployment/plan/plan.ts';
import type { PreflightRule } from '../../deployment/plan/preflight-rules.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { invalidRequest } from './invalid-request.ts';

/** The findings that nothing can be planned with: there is no such place. */
const nowhere: readonly PreflightRule[] = ['subscription-not-found', 'location-unknown'];

/**
 * The plan of a deployment.
 *
 * @throws ProblemError 400 for a subscription or location that does not exist.
 */
export const readPlan = async (deployment: Deployment): Promise<Plan> => {
  const plan = await withinReadBudget(() => makePlan(deployment));
  const errors = plan.findings.flatMap(placeError);
  if (errors.length > 0) throw invalidRequest(errors);
  return plan;
};

const placeError = ({ rule, field = '', message, remedy }: Finding) =>
  nowhere.some((each) => each === rule)
    ? [{ field, message: `cannot be used: ${message} ${remedy}`.replace(/\.$/, '') }]
    : [];
