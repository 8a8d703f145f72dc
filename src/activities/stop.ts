import * as df from 'durable-functions';
import { deploymentInstanceId } from '../deployment/instance-ids.ts';
import { stop } from '../deployment/step-contracts.ts';
import { stepActivity } from './step-activity.ts';

const ENDED = ['Completed', 'Failed', 'Terminated', 'Canceled'];

/** Waits for the end of the deployment that is to be undone; it has been asked to stop. */
export const stopActivity = stepActivity(stop, async ({ deploymentId }, _, context) => {
  const { runtimeStatus } = await df.getClient(context).getStatus(deploymentInstanceId(deploymentId));
  if (ENDED.includes(runtimeStatus)) return { kind: 'done', value: {}, change: 'unchanged' };
  return { kind: 'running', usualSeconds: 5 };
});
