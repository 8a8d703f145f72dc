import type { InvocationContext, Timer } from '@azure/functions';
import { readSettings } from '../azure/settings/settings.ts';
import {
  branchIdentityOf,
  branchInstancePrefix,
  callbackIdentityOf,
  callbackInstancePrefix,
  deploymentIdOf,
  deploymentInstancePrefix,
  driftIdOf,
  driftInstancePrefix,
  expiryIdentityOf,
  expiryInstancePrefix,
  followIdentityOf,
  followInstancePrefix,
} from '../deployment/names/instance-ids.ts';
import { recordOf, UNKNOWN_RUN } from '../deployment/run/deployment-record.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { reportedRunOf } from '../deployment/run/stored/stored-drift.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';

const DAY_MS = 24 * 3600 * 1000;

/**
 * Purges, once a day, the branches, callbacks, expiries, reports on drift, and what followed cancelled operations, of runs that ended longer ago than the retention setting. The record of each deployment's last run stays, and of a
 * run that did not succeed the branches too, as they hold what its status shows. So do its callback, its expiry and its report on drift.
 */
export const purgeEndedRuns = async (
  { scheduleStatus }: Timer,
  hub: TaskHub,
  context: InvocationContext,
): Promise<void> => {
  const { RETENTION_DAYS } = readSettings();
  // The occurrence that this run is for (Azure/azure-functions-dotnet-worker#954): the time by the clock of whoever keeps the instances' times, which a
  // local host may let run faster than this process's.
  const now = Date.parse(scheduleStatus.next);
  const purged = await purgeParts(hub, now - RETENTION_DAYS * DAY_MS);
  context.info(`Purged ${purged} parts of runs that ended more than ${RETENTION_DAYS} days ago.`);
};

/** @returns how many instances were purged. */
export const purgeParts = async (hub: TaskHub, endedBefore: number): Promise<number> => {
  const deployments = new Map<string, Instance>();
  for (const instance of await hub.list(deploymentInstancePrefix, { showInput: true })) {
    deployments.set(deploymentIdOf(instance.instanceId) ?? '', instance);
  }
  let purged = 0;
  const branches = await hub.list(branchInstancePrefix);
  const callbacks = await hub.list(callbackInstancePrefix);
  const expiries = await hub.list(expiryInstancePrefix);
  const follows = await hub.list(followInstancePrefix);
  const drifts = await hub.list(driftInstancePrefix);
  for (const part of [...branches, ...callbacks, ...expiries, ...follows, ...drifts]) {
    const old = hasEnded(deploymentStatus(part)) && part.lastUpdatedTime.getTime() < endedBefore;
    if (!old || isShown(part, deployments)) continue;
    purged += await hub.purge(part.instanceId);
  }
  return purged;
};

/** Whether the status of a deployment is put together from this part: a branch of its latest run, which is under way or did not succeed; or what stands beside that run or the one that left what exists. */
const isShown = (instance: Instance, deployments: ReadonlyMap<string, Instance>): boolean => {
  const { instanceId } = instance;
  const checked = deployments.get(driftIdOf(instanceId) ?? '');
  if (checked) return shownRunsOf(checked).some((run) => run === reportedRunOf(instance));
  const beside = callbackIdentityOf(instanceId) ?? expiryIdentityOf(instanceId) ?? followIdentityOf(instanceId);
  const part = beside ?? branchIdentityOf(instanceId);
  const deployment = part && deployments.get(part.id);
  if (!deployment) return false;
  const [latest, deployed] = shownRunsOf(deployment);
  // Of one that does not say which run it is of all parts stay: another release may show them.
  const isOfLatest = latest === UNKNOWN_RUN || latest === part.run;
  if (beside) return isOfLatest || deployed === part.run;
  return isOfLatest && deploymentStatus(deployment) !== 'Succeeded';
};

/** The runs of which something is shown: the latest one, and the one that left what exists, as far as it is another. */
const shownRunsOf = (deployment: Instance): readonly (string | undefined)[] => {
  const { runId, inherited } = recordOf(deployment);
  return deploymentStatus(deployment) === 'Succeeded' ? [runId] : [runId, inherited.deployed?.run];
};
