import { deploymentInstanceId } from '../deployment/names/instance-ids.ts';
import { runIdOf } from '../deployment/run/deployment-record.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import type { TaskHub } from './task-hub.ts';
import { TaskHubUnavailableError } from './task-hub-unavailable-error.ts';

/**
 * Starts a run and reads back what the platform kept: two starts at the same moment may both be accepted while only one input runs, and one that comes a
 * little later is refused.
 *
 * @param before - the instance as it was found before the start.
 * @returns the run that the platform kept; it may be another one, which may even have ended by now.
 * @throws TaskHubUnavailableError when the task hub stores nothing now, Error when nothing was started for another reason.
 */
export const startRun = async (hub: TaskHub, run: DeploymentRun, before: Instance | undefined): Promise<Instance> => {
  const instanceId = deploymentInstanceId(run.deployment.id);
  let refusal: unknown;
  try {
    await hub.start('deployment', instanceId, run);
  } catch (error) {
    refusal = error;
  }
  const kept = await hub.find(instanceId);
  // The answer may have been lost though the start was accepted, or another start was first.
  if (kept && (refusal === undefined || !hasEnded(deploymentStatus(kept)) || !isSame(kept, before))) return kept;
  if (refusal instanceof TaskHubUnavailableError) throw refusal;
  throw new Error('The orchestration could not be started.', { cause: refusal });
};

const isSame = (kept: Instance, before: Instance | undefined): boolean =>
  before !== undefined && runIdOf(kept) === runIdOf(before);
