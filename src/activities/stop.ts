import { stop } from '../deployment/contracts/undo-contracts.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { deploymentInstanceId } from '../deployment/names/instance-ids.ts';
import { recordOf, runIdOf } from '../deployment/run/deployment-record.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { isPastPreflight, waitsForDeletion } from '../deployment/run/waits-for-deletion.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import { requestCancel } from '../task-hub/request-cancel.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';
import { stepActivity } from './step-activity.ts';

const ENDED = ['Completed', 'Failed', 'Terminated', 'Canceled'];

/** The checkpoint of the second call. */
const INSPECTED_ONCE = 'announced';

/** From the start of an undo on every POST is refused; one that was let in just before has started its run after so long. */
const STARTING_SECONDS = 60;

/** Waits for the end of the deployment that is to be undone; it has been asked to stop. */
export const stopActivity: TaskHubActivity = (hub) =>
  stepActivity(stop, async ({ deploymentId, run, seen }, checkpoint) => {
    const instance = await hub.find(deploymentInstanceId(deploymentId));
    if (!instance) throw new Error(`The task hub does not know the deployment ${deploymentId}.`);
    if (run !== undefined && runIdOf(instance) !== run) {
      return { kind: 'done', value: { superseded: true }, change: 'unchanged' };
    }
    if (run !== undefined && checkpoint === undefined) {
      return { kind: 'running', usualSeconds: 5, pollAfterSeconds: STARTING_SECONDS, checkpoint: INSPECTED_ONCE };
    }
    if (seen !== undefined && runIdOf(instance) !== seen) return afterLaterRun(hub, instance);
    if (ENDED.includes(instance.runtimeStatus)) return { kind: 'done', value: {}, change: 'unchanged' };
    await cancelAgain(hub, instance);
    return { kind: 'running', usualSeconds: 5 };
  });

/** Branches that began after the first request to stop have not heard it. */
const cancelAgain = async (hub: TaskHub, instance: Instance): Promise<void> => {
  const { runId, run, deployment } = recordOf(instance);
  if (deployment) await requestCancel(hub, { run: runId, deployment, steps: run?.steps });
};

type Stopped = ReconcileResult<ReturnType<(typeof stop)['value']['parse']>>;

/**
 * A POST of the same moment as the DELETE has begun a run, which one of two things becomes of. When it has seen the deletion, it waits for it by itself: the
 * POST comes after the DELETE. When it is past that check, it is stopped and undone: the POST came before.
 */
const afterLaterRun = async (hub: TaskHub, instance: Instance): Promise<Stopped> => {
  const { runId, deployment } = recordOf(instance);
  const hasEnded = ENDED.includes(instance.runtimeStatus);
  if (!deployment || (waitsForDeletion(instance) && !hasEnded)) return { kind: 'done', value: {}, change: 'unchanged' };
  if (hasEnded) return { kind: 'done', value: { later: { run: runId, deployment } }, change: 'unchanged' };
  if (isPastPreflight(instance)) await cancelAgain(hub, instance);
  return { kind: 'running', usualSeconds: 5 };
};
