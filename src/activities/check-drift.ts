import { withinReadBudget } from '../azure/read-budget.ts';
import { checkDrift } from '../deployment/contracts/drift-contracts.ts';
import { deploymentInstanceId, driftInstanceId } from '../deployment/names/instance-ids.ts';
import { type Deployed, unchangedRun } from '../deployment/run/deployed.ts';
import { recordOf } from '../deployment/run/deployment-record.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import { findDrift } from '../plan/find-drift.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import { findWhatExists } from '../task-hub/find-what-exists.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';

/** Checks whether everything is still as a deployment left it, and has the result kept. One that a run is at work on, or was meanwhile, is left alone. */
export const checkDriftActivity: TaskHubActivity =
  (hub) =>
  async (data): Promise<void> => {
    const { deploymentId } = checkDrift.input.parse(data);
    const before = await findDeployed(hub, deploymentId);
    if (!before) return;
    const found = { run: before.run, ...(await withinReadBudget(() => findDrift(before.deployment))) };
    const after = await findDeployed(hub, deploymentId);
    if (after?.run !== before.run) return;
    try {
      await hub.start('driftReport', driftInstanceId(deploymentId), found);
    } catch (error) {
      // This activity may run twice at once: then the other report of the same moment is kept.
      const report = await hub.find(driftInstanceId(deploymentId));
      if (!report || hasEnded(deploymentStatus(report))) throw error;
    }
  };

/** What exists of a deployment, if that is known and no run is at work on it. */
const findDeployed = async (hub: TaskHub, deploymentId: string): Promise<Deployed | undefined> => {
  const instance = await hub.find(deploymentInstanceId(deploymentId));
  if (!instance || deploymentStatus(instance) === 'Running') return undefined;
  const exists = await findWhatExists(hub, { record: recordOf(instance), instance });
  return unchangedRun(exists) === undefined ? undefined : exists.deployed;
};
