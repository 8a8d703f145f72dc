import { undoInstanceId } from '../deployment/names/instance-ids.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { SCHEMA_VERSION } from '../deployment/run/stored/schema-version.ts';
import type { UndoRun } from '../deployment/run/stored/stored-undo.ts';
import { requestCancel } from './request-cancel.ts';
import type { TaskHub } from './task-hub.ts';

/**
 * Has a deployment undone; one that is running is cancelled first. One whose undo is under way already is left to it.
 *
 * @returns the undo that the platform kept, which may be one that another request began.
 * @throws TaskHubUnavailableError when the task hub stores nothing now, Error when nothing was started for another reason.
 */
export const startUndo = async (
  hub: TaskHub,
  { run, deployment, instance }: Pick<DeploymentRun, 'run' | 'deployment'> & { readonly instance: Instance },
  options: Pick<UndoRun, 'earlier' | 'purge' | 'expired' | 'requestedBy'>,
): Promise<Instance> => {
  const instanceId = undoInstanceId(deployment.id);
  const existing = await hub.find(instanceId);
  if (existing && !hasEnded(deploymentStatus(existing))) return existing;
  if (!hasEnded(deploymentStatus(instance))) await requestCancel(hub, { run, deployment }, options.requestedBy);
  const input: UndoRun = { schemaVersion: SCHEMA_VERSION, run, deployment, ...options };
  let refusal: unknown;
  try {
    await hub.start('undo', instanceId, input);
  } catch (error) {
    refusal = error;
  }
  // Another request of the same moment may have been first, and its undo may even have ended: then it was undone as was asked.
  const kept = await hub.find(instanceId);
  if (kept && (refusal === undefined || !hasEnded(deploymentStatus(kept)) || isLater(kept, existing))) return kept;
  throw refusal ?? new Error('The orchestration could not be started.');
};

const isLater = (kept: Instance, existing: Instance | undefined): boolean =>
  kept.createdTime.getTime() !== existing?.createdTime.getTime();
