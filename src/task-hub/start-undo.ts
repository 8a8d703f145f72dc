import { undoInstanceId } from '../deployment/names/instance-ids.ts';
import type { DeploymentRun } from '../deployment/run/deployment-run.ts';
import type { UndoRun } from '../deployment/run/undo-run.ts';
import { deploymentStatus, hasEnded, type Instance } from '../status/deployment-response.ts';
import { requestCancel } from './request-cancel.ts';
import type { TaskHub } from './task-hub.ts';

/** Has a deployment undone; one that is running is cancelled first. One whose undo is under way already is left to it. */
export const startUndo = async (
  hub: TaskHub,
  { run, instance }: { readonly run: DeploymentRun; readonly instance: Instance },
  options: Pick<UndoRun, 'purge' | 'expired' | 'requestedBy'>,
): Promise<void> => {
  const { deployment } = run;
  const instanceId = undoInstanceId(deployment.id);
  const existing = await hub.find(instanceId);
  if (existing && !hasEnded(deploymentStatus(existing))) return;
  if (!hasEnded(deploymentStatus(instance))) await requestCancel(hub, run, options.requestedBy);
  const input: UndoRun = { run: run.run, deployment, ...options };
  try {
    await hub.start('undo', instanceId, input);
  } catch (error) {
    // Another request of the same moment may have been first; then the undo is under way as was asked.
    const other = await hub.find(instanceId);
    if (!other || hasEnded(deploymentStatus(other))) throw error;
  }
};
