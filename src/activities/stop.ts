import { stop } from '../deployment/contracts/undo-contracts.ts';
import { deploymentInstanceId } from '../deployment/names/instance-ids.ts';
import { runIdOf } from '../deployment/run/deployment-record.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import { stepActivity } from './step-activity.ts';

const ENDED = ['Completed', 'Failed', 'Terminated', 'Canceled'];

/** The checkpoint of the second call. */
const INSPECTED_ONCE = 'announced';

/** From the start of an undo on every POST is refused; one that was let in just before has started its run after so long. */
const STARTING_SECONDS = 60;

/** Waits for the end of the deployment that is to be undone; it has been asked to stop. */
export const stopActivity: TaskHubActivity = (hub) =>
  stepActivity(stop, async ({ deploymentId, run }, checkpoint) => {
    const instance = await hub.find(deploymentInstanceId(deploymentId));
    if (!instance) throw new Error(`The task hub does not know the deployment ${deploymentId}.`);
    if (run !== undefined && runIdOf(instance) !== run) {
      return { kind: 'done', value: { superseded: true }, change: 'unchanged' };
    }
    if (run !== undefined && checkpoint === undefined) {
      return { kind: 'running', usualSeconds: 5, pollAfterSeconds: STARTING_SECONDS, checkpoint: INSPECTED_ONCE };
    }
    if (ENDED.includes(instance.runtimeStatus)) return { kind: 'done', value: {}, change: 'unchanged' };
    return { kind: 'running', usualSeconds: 5 };
  });
