import { mayReach } from '../../../callers/may-reach.ts';
import { deploymentInstanceId } from '../../../deployment/names/instance-ids.ts';
import type { Deployment } from '../../../deployment/request/resolve-deployment.ts';
import { recordOf } from '../../../deployment/run/deployment-record.ts';
import { findGroupUser, type GroupUser } from '../../../task-hub/group-users.ts';
import { deploymentUrls } from '../deployment-urls.ts';
import type { Call } from '../handle.ts';
import { ProblemError } from '../problem.ts';

/** @throws ProblemError 409 while another deployment is at work in the resource group of this one. Only callers who may access that one learn which it is. */
export const refuseWhileInUse = async (call: Call, deployment: Deployment): Promise<void> => {
  const user = await findGroupUser(call.hub, deployment);
  if (!user) return;
  const isSeen = await isThereFor(call, user);
  const who = isSeen ? `The deployment "${user.id}" is ${user.doing}` : 'A deployment of somebody else is at work';
  const urls = isSeen ? deploymentUrls(call.request, user.id) : undefined;
  throw new ProblemError(
    409,
    'resource-group-in-use',
    'Another deployment is at work in the resource group',
    `${who} in the resource group ${deployment.resourceGroupName}: nothing was started. Wait for its end and send the request again, or choose another resourceGroupName.`,
    {
      extensions: { id: deployment.id, ...(urls && { urls }) },
      headers: urls ? { 'Operation-Location': urls.status } : { 'Retry-After': '60' },
    },
  );
};

/** Whose it is stands in the deployment's record alone, which its undo leaves in place. */
const isThereFor = async ({ hub, caller, needs }: Call, { id }: GroupUser): Promise<boolean> => {
  if (caller === undefined) return true;
  const instance = await hub.find(deploymentInstanceId(id));
  return mayReach(caller, needs, instance && recordOf(instance));
};
