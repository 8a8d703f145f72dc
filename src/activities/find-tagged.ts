import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import type { OwnedResource } from '../deployment/contracts/owned-resource.ts';
import { isOwnedBy } from '../deployment/names/owner-tag.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { resourceGroup } from '../steps/resource-group.ts';
import type { StepCore } from '../steps/step.ts';
import { undoOrder } from '../steps/undo-order.ts';
import { toDelete } from './to-delete.ts';

/** The resources in the group that carry the deployment's tag, last created first; without the group itself. */
export const findTagged = async (deployment: Deployment): Promise<readonly OwnedResource[]> => {
  const found: OwnedResource[] = [];
  for (const step of undoOrder()) found.push(...(await findTaggedOf(step, deployment)));
  return found;
};

/** The resource of one step, if it is there and the deployment's own. */
export const findTaggedOf = async (step: StepCore, deployment: Deployment): Promise<readonly OwnedResource[]> => {
  if (step.name === resourceGroup.name || step.resource?.existingIn?.(deployment) !== undefined) return [];
  const [wanted] = toDelete(step, deployment);
  if (!wanted) return [];
  const { resources } = armClients(deployment.subscriptionId).resources;
  const found = await findOrUndefined(resources.getById(wanted.resourceId.slice(1), wanted.apiVersion));
  return isOwnedBy(deployment.id, found?.tags) ? [wanted] : [];
};
