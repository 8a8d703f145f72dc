import { armClients } from '../../azure/arm-clients.ts';
import { findOrUndefined } from '../../azure/find-or-undefined.ts';
import { collectPages } from '../../azure/list-pages.ts';
import { apiVersionOf } from '../../azure/settings/api-versions.ts';
import { isWithin } from '../../deployment/names/management-lock.ts';
import { isOwnedBy } from '../../deployment/names/owner-tag.ts';
import type { Group } from '../../deployment/names/same-group.ts';
import type { TagsOfResource } from '../../deployment/names/tag-value.ts';
import { stepOfResource } from '../../steps/step-of-resource.ts';

/** A resource of a group, as it stands. */
export interface Standing {
  readonly id: string;
  readonly tags: TagsOfResource | undefined;
  readonly location: string | undefined;
}

/** A resource group, and what is in it. */
export interface Survey {
  readonly tags: TagsOfResource | undefined;
  readonly resources: readonly Standing[];
}

/**
 * Reads a resource group and what is in it.
 *
 * The list of a group names all that can carry tags, whatever it is called. It is asked without a filter, for the answer to one by tag shows no tags
 * (learn.microsoft.com/javascript/api/@azure/arm-resources/resourceslistbyresourcegroupoptionalparams). It comes from a cache of Resource Manager and may be
 * behind. So what is to be deleted, and what the deployment is known to have made, is read by itself.
 *
 * @param wanted - the ids of what the deployment is known to have made, or has names for.
 * @returns undefined when there is no such group.
 */
export const surveyGroup = async (
  deploymentId: string,
  { subscriptionId, resourceGroupName }: Group,
  wanted: readonly string[],
): Promise<Survey | undefined> => {
  const { resources } = armClients(subscriptionId);
  const group = await findOrUndefined(resources.resourceGroups.get(resourceGroupName));
  if (!group) return undefined;
  const items = await collectPages(resources.resources.listByResourceGroup(resourceGroupName));
  const listed = items.map(({ id = '', tags, location }): Standing => ({ id, tags, location }));
  const ownInList = listed.filter(({ tags }) => isOwnedBy(deploymentId, tags)).map(({ id }) => id);
  const toRead = distinct([...wanted, ...ownInList]).filter((id) => stepOfResource(id) !== undefined);
  const read = await Promise.all(toRead.map((id) => readResource(subscriptionId, id)));
  const unread = listed.filter(({ id }) => !toRead.some((each) => isSame(each, id)));
  const all = [...read.filter((resource) => resource !== undefined), ...unread];
  return { tags: group.tags, resources: all.filter((resource) => !isInside(resource, all)) };
};

const readResource = async (subscriptionId: string, id: string): Promise<Standing | undefined> => {
  const step = stepOfResource(id);
  if (!step) return undefined;
  const { resources } = armClients(subscriptionId).resources;
  const found = await findOrUndefined(resources.getById(id.slice(1), apiVersionOf(step.resource)));
  return found && { id, tags: found.tags, location: found.location };
};

/** What is in another resource goes, or stays, with that. */
const isInside = ({ id }: Standing, all: readonly Standing[]): boolean =>
  all.some((other) => !isSame(other.id, id) && isWithin(id, other.id));

/** Whether two ids name the same resource. Azure compares them without regard to case. */
export const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The ids without those that name the same resource again. */
export const distinct = (ids: readonly string[]): string[] =>
  [...new Map(ids.toReversed().map((id) => [id.toLowerCase(), id])).values()].toReversed();
