import { checkExpiry, type ExpiryReport } from '../deployment/contracts/expiry-contract.ts';
import { deploymentInstanceId, undoInstanceId } from '../deployment/names/instance-ids.ts';
import { recordOf } from '../deployment/run/deployment-record.ts';
import { deploymentStatus, hasEnded, isUndoOf } from '../deployment/run/deployment-status.ts';
import { mayExpire } from '../deployment/run/expiring-run.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import { findGroupUser } from '../task-hub/group-users.ts';
import { startUndo } from '../task-hub/start-undo.ts';

/** Checks whether the run that is to expire is still the deployment's last and not undone; has it undone when its time has come. */
export const checkExpiryActivity: TaskHubActivity =
  (hub) =>
  async (data): Promise<ExpiryReport> => {
    const { deploymentId, run: expiring, due } = checkExpiry.input.parse(data);
    const instance = await hub.find(deploymentInstanceId(deploymentId));
    if (!instance) return { state: 'over' };
    const record = recordOf(instance);
    const { runId, deployment, inherited } = record;
    if (!mayExpire(expiring, record, instance)) return { state: 'over' };
    const found = await hub.find(undoInstanceId(deploymentId));
    const undo = found && isUndoOf(instance, found) ? found : undefined;
    const undoStatus = undo && deploymentStatus(undo);
    if (undoStatus === 'Succeeded') return { state: due ? 'undone' : 'over' };
    if (undoStatus && !hasEnded(undoStatus)) return { state: 'undoing' };
    if (!due) return { state: undo ? 'over' : 'waiting' };
    // A later run is at work: if it succeeds this one is history, else its end is waited for.
    const status = deploymentStatus(instance);
    if (runId !== expiring && (status === 'Running' || status === 'Pending')) return { state: 'undoing' };
    // Another deployment is at work in the group, or what to undo is unknown: the next check begins the undo.
    if (!deployment || (await findGroupUser(hub, deployment))) return { state: 'undoing' };
    const { earlier } = inherited;
    const options = { purge: false, expired: true, ...(earlier.length > 0 && { earlier }) };
    await startUndo(hub, { run: runId, deployment, instance }, options);
    return { state: 'undoing' };
  };
