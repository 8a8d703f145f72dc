import * as df from 'durable-functions';
import { runOf } from '../deployment/deployment-view.ts';
import { deploymentInstanceId } from '../deployment/instance-ids.ts';
import { stop } from '../deployment/step-contracts.ts';
import { findInstance } from '../task-hub/instances.ts';
import { stepActivity } from './step-activity.ts';

const ENDED = ['Completed', 'Failed', 'Terminated', 'Canceled'];

/** What the second look is told. */
const LOOKED_ONCE = 'announced';

/** From the start of an undo on every POST is refused; one that was let in just before has started its run after so long. */
const STARTING_SECONDS = 60;

/** Waits for the end of the deployment that is to be undone; it has been asked to stop. */
export const stopActivity = stepActivity(stop, async ({ deploymentId, run }, resume, context) => {
  const instance = await findInstance(df.getClient(context), deploymentInstanceId(deploymentId));
  if (!instance) throw new Error(`The task hub does not know the deployment ${deploymentId}.`);
  if (run !== undefined && runOf(instance)?.run !== run) {
    return { kind: 'done', value: { superseded: true }, change: 'unchanged' };
  }
  if (run !== undefined && resume === undefined) {
    return { kind: 'running', usualSeconds: 5, pollAfterSeconds: STARTING_SECONDS, resume: LOOKED_ONCE };
  }
  if (ENDED.includes(instance.runtimeStatus)) return { kind: 'done', value: {}, change: 'unchanged' };
  return { kind: 'running', usualSeconds: 5 };
});
