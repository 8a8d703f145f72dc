import type { InvocationContext, Timer } from '@azure/functions';
import type { DurableClient } from 'durable-functions';
import { readSettings } from '../azure/settings.ts';
import { deploymentStatus, hasEnded, type Instance, runOf } from '../deployment/deployment-view.ts';
import {
  branchIdentityOf,
  branchInstancePrefix,
  deploymentIdOf,
  deploymentInstancePrefix,
} from '../deployment/instance-ids.ts';
import { listInstances } from '../task-hub/instances.ts';

const DAY_MS = 24 * 3600 * 1000;

/**
 * Purges, once a day, the branches of runs that ended longer ago than the retention setting. The record of each deployment's last run stays, and of a
 * run that did not succeed the branches too, as they hold what its status shows.
 */
export const purgeEndedRuns = async (
  { scheduleStatus }: Timer,
  client: DurableClient,
  context: InvocationContext,
): Promise<void> => {
  const { RETENTION_DAYS } = readSettings();
  // The occurrence that this run is for (Azure/azure-functions-dotnet-worker#954): the time by the clock of whoever keeps the instances' times, which a
  // stand-in may let run faster than this process's.
  const now = Date.parse(scheduleStatus.next);
  const purged = await purgeBranches(client, context, now - RETENTION_DAYS * DAY_MS);
  context.info(`Purged ${purged} branches of runs that ended more than ${RETENTION_DAYS} days ago.`);
};

/** @returns how many instances were purged. */
export const purgeBranches = async (
  client: DurableClient,
  context: InvocationContext,
  endedBefore: number,
): Promise<number> => {
  const deployments = new Map<string, Instance>();
  for (const instance of await listInstances(context, deploymentInstancePrefix, { showInput: true })) {
    deployments.set(deploymentIdOf(instance.instanceId) ?? '', instance);
  }
  let purged = 0;
  for (const branch of await listInstances(context, branchInstancePrefix)) {
    const old = hasEnded(deploymentStatus(branch)) && branch.lastUpdatedTime.getTime() < endedBefore;
    if (!old || isShown(branch, deployments)) continue;
    const { instancesDeleted } = await client.purgeInstanceHistory(branch.instanceId);
    purged += instancesDeleted;
  }
  return purged;
};

/** Whether the status of a deployment is put together from this branch: its last run is under way, or did not succeed. */
const isShown = ({ instanceId }: Instance, deployments: ReadonlyMap<string, Instance>): boolean => {
  const branch = branchIdentityOf(instanceId);
  const deployment = branch && deployments.get(branch.id);
  if (!deployment) return false;
  return runOf(deployment)?.run === branch.run && deploymentStatus(deployment) !== 'Succeeded';
};
