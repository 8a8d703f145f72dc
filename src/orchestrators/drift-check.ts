import { checkDrift, driftCheckSchema, findDeployed } from '../deployment/contracts/drift-contracts.ts';
import type { OrchestrationHandler } from '../task-hub/orchestration.ts';

/** After so many deployments the history begins anew. */
const IN_ONE_HISTORY = 50;

/**
 * Checks every deployment that succeeded for drift, one after the other (instance `drift-check`): a check is some thirty requests at once, and
 * Resource Manager counts those of a whole subscription.
 */
export const driftCheckOrchestrator: OrchestrationHandler = function* (context) {
  const { ids } = driftCheckSchema.parse(context.df.getInput());
  const all = ids ?? findDeployed.report.parse(yield context.df.callActivity(findDeployed.activity, {})).ids;
  for (const deploymentId of all.slice(0, IN_ONE_HISTORY)) {
    try {
      yield context.df.callActivity(checkDrift.activity, { deploymentId });
    } catch {
      // One that crashes is left for the next check; the others have their turn.
    }
  }
  const left = all.slice(IN_ONE_HISTORY);
  if (left.length > 0) context.df.continueAsNew({ ids: left });
  return undefined;
};
