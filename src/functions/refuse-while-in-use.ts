import type { Deployment } from '../deployment/resolve-deployment.ts';
import { findGroupUser } from '../task-hub/group-users.ts';
import { deploymentUrls } from './deployment-urls.ts';
import type { Call } from './handle.ts';
import { ProblemError } from './problem.ts';

/** @throws ProblemError 409 while another deployment is at work in the resource group of this one. */
export const refuseWhileInUse = async ({ request, context }: Call, deployment: Deployment): Promise<void> => {
  const user = await findGroupUser(context, deployment);
  if (!user) return;
  const urls = deploymentUrls(request, user.id);
  throw new ProblemError(
    409,
    'resource-group-in-use',
    'Another deployment is at work in the resource group',
    `The deployment "${user.id}" is ${user.doing} in the resource group ${deployment.resourceGroupName}: nothing was started. Wait for its end and send the request again, or choose another resourceGroupName.`,
    { extensions: { id: deployment.id, urls }, headers: { 'Operation-Location': urls.status } },
  );
};
