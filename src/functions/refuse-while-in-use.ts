import { mayReach } from '../callers/may-reach.ts';
import { runOf } from '../deployment/deployment-view.ts';
import { deploymentInstanceId } from '../deployment/instance-ids.ts';
import type { Deployment } from '../deployment/resolve-deployment.ts';
import { findGroupUser } from '../task-hub/group-users.ts';
import { findInstance } from '../task-hub/instances.ts';
import { deploymentUrls } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';

/**
 * Of a deployment that does not exist for the caller only that it is there is told.
 *
 * @throws ProblemError 409 while another deployment is at work in the resource group of this one.
 */
export const refuseWhileInUse = async (call: Call, deployment: Deployment): Promise<void> => {
  const user = await findGroupUser(call.context, deployment);
  if (!user) return;
  const isThere = await isThereFor(call, user.id);
  const who = isThere ? `The deployment "${user.id}"` : 'A deployment of somebody else';
  const urls = isThere ? deploymentUrls(call.request, user.id) : undefined;
  throw new ProblemError(
    409,
    'resource-group-in-use',
    'Another deployment is at work in the resource group',
    `${who} is ${user.doing} in the resource group ${deployment.resourceGroupName}: nothing was started. Wait for its end and send the request again, or choose another resourceGroupName.`,
    {
      extensions: { id: deployment.id, ...(urls && { urls }) },
      ...(urls && { headers: { 'Operation-Location': urls.status } }),
    },
  );
};

const isThereFor = async ({ client, caller, needs }: Call, id: string): Promise<boolean> => {
  if (caller === undefined) return true;
  const instance = await findInstance(client, deploymentInstanceId(id));
  return mayReach(caller, needs, instance && runOf(instance));
};
