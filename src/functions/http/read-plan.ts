import { type Exchange, recordExchange } from '../../azure/exchange.ts';
import { toAzureFailure } from '../../azure/failures/azure-failure.ts';
import { toStepError } from '../../azure/failures/to-step-error.ts';
import type { Plan } from '../../deployment/plan/plan.ts';
import type { Deployment } from '../../deployment/request/resolve-deployment.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { ProblemError } from './problem.ts';

/** The plan of a deployment. @throws ProblemError 502 when Azure does not let the service read what exists. */
export const readPlan = (deployment: Deployment): Promise<Plan> => {
  const exchange: Exchange = {};
  return recordExchange(exchange, async () => {
    try {
      return await makePlan(deployment);
    } catch (error) {
      const { code, message, remedy } = toStepError(toAzureFailure(error, exchange));
      const detail = `The plan could not be made: ${code}: ${message}${remedy ? ` ${remedy}` : ''}`;
      throw new ProblemError(502, 'azure-refused', 'Azure did not answer as expected', detail, { cause: error });
    }
  });
};
