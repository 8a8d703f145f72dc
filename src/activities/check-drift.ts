import { type Exchange, recordExchange } from '../azure/exchange.ts';
import { toAzureFailure } from '../azure/failures/azure-failure.ts';
import { toStepError } from '../azure/failures/to-step-error.ts';
import { checkDrift } from '../deployment/contracts/drift-contracts.ts';
import { deploymentInstanceId, driftInstanceId } from '../deployment/names/instance-ids.ts';
import { runOf } from '../deployment/run/deployment-record.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus } from '../deployment/run/deployment-status.ts';
import type { DriftFound } from '../deployment/run/drift.ts';
import { findDrift } from '../plan/find-drift.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';

/** Checks whether everything is still as a deployment left it, and has the result kept. One that was started again meanwhile is left alone. */
export const checkDriftActivity: TaskHubActivity =
  (hub) =>
  async (data): Promise<void> => {
    const { deploymentId } = checkDrift.input.parse(data);
    const before = await findRun(hub, deploymentId);
    if (!before) return;
    const found = await findDriftOf(before);
    const after = await findRun(hub, deploymentId);
    if (after?.run !== before.run) return;
    await hub.start('driftReport', driftInstanceId(deploymentId), found);
  };

/** The deployment's last run, if it succeeded. */
const findRun = async (hub: TaskHub, deploymentId: string): Promise<DeploymentRun | undefined> => {
  const instance = await hub.find(deploymentInstanceId(deploymentId));
  return instance && deploymentStatus(instance) === 'Succeeded' ? runOf(instance) : undefined;
};

const findDriftOf = ({ run, deployment }: DeploymentRun): Promise<DriftFound> => {
  const exchange: Exchange = {};
  return recordExchange(exchange, async () => {
    try {
      return { run, steps: await findDrift(deployment) };
    } catch (thrown) {
      const { code, message, remedy } = toStepError(toAzureFailure(thrown, exchange));
      return { run, steps: [], error: { code, message, ...(remedy !== undefined && { remedy }) } };
    }
  });
};
