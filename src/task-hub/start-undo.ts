import { undoInstanceId } from '../deployment/names/instance-ids.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { SCHEMA_VERSION } from '../deployment/run/schema-version.ts';
import type { UndoRun } from '../deployment/run/stored-undo.ts';
import { requestCancel } from './request-cancel.ts';
import type { TaskHub } from './task-hub.ts';

/** Has a deployment undone; one that is running is cancelled first. One whose undo is under way already is left to it. */
export const startUndo = async (
  hub: TaskHub,
  { run, deployment, instance }: Pick<DeploymentRun, 'run' | 'deployment'> & { readonly instance: Instance },
  options: Pick<UndoRun, 'earlier' | 'purge' | 'expired' | 'requestedBy'>,
): Promise<void> => {
  const instanceId = undoInstanceId(deployment.id);
  const existing = await hub.find(instanceId);
  if (existing && !hasEnded(deploymentStatus(existing))) return;
  if (!hasEnded(deploymentStatus(instance))) await requestCancel(hub, { run, deployment }, options.requestedBy);
  const input: UndoRun = { schemaVersion: SCHEMA_VERSION, run, deployment, ...options };
  try {
    await hub.start('undo', instanceId, input);
  } catch (error) {
    // Another request of the same moment may have been first; then the undo is under way as was asked.
    const other = await hub.find(instanceId);
    if (!other || hasEnded(deploymentStatus(other))) throw error;
  }
};
