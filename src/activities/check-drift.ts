import { withinReadBudget } from '../azure/read-budget.ts';
import { checkDrift } from '../deployment/contracts/drift-contracts.ts';
import { deploymentInstanceId, driftInstanceId } from '../deployment/names/instance-ids.ts';
import { runOf } from '../deployment/run/deployment-record.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
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
    const found = { run: before.run, ...(await withinReadBudget(() => findDrift(before.deployment))) };
    const after = await findRun(hub, deploymentId);
    if (after?.run !== before.run) return;
    try {
      await hub.start('driftReport', driftInstanceId(deploymentId), found);
    } catch (error) {
      // This activity may run twice at once: then the other report of the same moment is kept.
      const report = await hub.find(driftInstanceId(deploymentId));
      if (!report || hasEnded(deploymentStatus(report))) throw error;
    }
  };

/** The deployment's last run, if it succeeded. */
const findRun = async (hub: TaskHub, deploymentId: string): Promise<DeploymentRun | undefined> => {
  const instance = await hub.find(deploymentInstanceId(deploymentId));
  return instance && deploymentStatus(instance) === 'Succeeded' ? runOf(instance) : undefined;
};
