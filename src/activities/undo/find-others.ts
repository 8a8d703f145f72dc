import { deploymentInstanceId, undoInstanceId } from '../../deployment/names/instance-ids.ts';
import { type Group, isSameGroup } from '../../deployment/names/same-group.ts';
import { deploymentIdPattern } from '../../deployment/request/deployment-request.ts';
import { recordOf } from '../../deployment/run/deployment-record.ts';
import { isDeleted } from '../../task-hub/find-present.ts';
import type { TaskHub } from '../../task-hub/task-hub.ts';

/** Those of the ids that are deployments of this service in the group, and not deleted. Any other value of the owner tag was written by somebody else. */
export const findOthers = async (hub: TaskHub, group: Group, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  // The SDK writes an id into a URL as it stands, and anybody may have written the tag.
  const possible = [...new Set(ids)].filter((id) => deploymentIdPattern.test(id));
  const found = await Promise.all(possible.map(async (id) => ((await isHere(hub, group, id)) ? [id] : [])));
  return new Set(found.flat());
};

const isHere = async (hub: TaskHub, group: Group, id: string): Promise<boolean> => {
  const instance = await hub.find(deploymentInstanceId(id));
  if (!instance || isDeleted(instance, await hub.find(undoInstanceId(id)))) return false;
  const { deployment } = recordOf(instance);
  return deployment !== undefined && isSameGroup(deployment, group);
};
