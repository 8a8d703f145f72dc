import { deleteCancelled } from '../deployment/contracts/follow-contracts.ts';
import { deploymentInstanceId } from '../deployment/names/instance-ids.ts';
import { recordOf } from '../deployment/run/deployment-record.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import { findGroupUser } from '../task-hub/group-users.ts';
import { startUndo } from '../task-hub/start-undo.ts';
import { stepActivity } from './step-activity.ts';

const WAIT_SECONDS = 60;

const DONE = { kind: 'done', value: {}, change: 'unchanged' } as const;

/** Begins the deletion of a cancelled run. A POST that has begun another run since has taken over: then nothing is deleted. */
export const deleteCancelledActivity: TaskHubActivity = (hub) =>
  stepActivity(deleteCancelled, async ({ deploymentId, run, requestedBy }) => {
    const instance = await hub.find(deploymentInstanceId(deploymentId));
    if (!instance) return DONE;
    const { runId, deployment, inherited } = recordOf(instance);
    if (!deployment || runId !== run) return DONE;
    if (await findGroupUser(hub, deployment)) {
      return { kind: 'running', usualSeconds: 0, pollAfterSeconds: WAIT_SECONDS };
    }
    const { earlier } = inherited;
    const options = { purge: false, ...(earlier.length > 0 && { earlier }), ...(requestedBy && { requestedBy }) };
    await startUndo(hub, { run, deployment, instance }, options);
    return DONE;
  });
