import { mayReach } from '../../../callers/may-reach.ts';
import { groupOfExisting } from '../../../deployment/names/existing-resources.ts';
import { type Group, isSameGroup } from '../../../deployment/names/same-group.ts';
import type { Deployment } from '../../../deployment/request/resolve-deployment.ts';
import type { Present } from '../../../task-hub/find-present.ts';
import type { Call } from '../handle.ts';
import { ProblemError } from '../problem.ts';

/**
 * Keeps a caller from what others have: an id, a resource group, and what stands in one, belong to whoever's deployment has them until that is deleted.
 * Nothing is said of the other's but that there is something. Without callers that are told apart, nothing is refused.
 *
 * @param present - what findPresentTo found.
 * @throws ProblemError 409 when something is taken.
 */
export const refuseWhatIsTaken = (
  { caller, needs }: Call,
  deployment: Deployment,
  present: readonly Present[],
): void => {
  if (caller === undefined) return;
  const others = present.filter(({ record }) => !mayReach(caller, needs, record));
  if (others.some(({ record }) => record.id === deployment.id)) throw nameTaken('id', deployment.id);
  const isTheirs = (group: Group): boolean =>
    others.some(({ record }) => record.deployment && isSameGroup(record.deployment, group));
  if (isTheirs(deployment)) throw nameTaken('resourceGroupName', deployment.resourceGroupName);
  for (const [name, id] of Object.entries(deployment.existing ?? {})) {
    if (id !== undefined && isTheirs(groupOfExisting(id, deployment))) throw nameTaken(`existing.${name}`, id);
  }
};

/** Says that a name belongs to somebody else's deployment, and nothing about that. */
export const nameTaken = (field: string, value: string): ProblemError => {
  const message = `${value} is taken: a deployment of somebody else has it`;
  return new ProblemError(409, 'name-taken', 'The name is taken', `${field} ${message}. Choose another one.`, {
    extensions: { errors: [{ field, message }] },
  });
};
